import pytest

from credit_platform.celery import app
from credit_platform.timetable import TIMETABLE


@pytest.mark.parametrize("line", sorted(TIMETABLE))
def test_what_the_clock_calls_is_there(line):
    app.loader.import_default_modules()
    assert TIMETABLE[line]["task"] in app.tasks


ORDERED = {
    "alerts.backtest",
    "checks.run_job",
    "disclosure.run_bulk",
    "grading.try",
    "records.run_import",
    "records.undo_import",
}
"""Tasks that a page orders; they have no time of their own."""


def test_what_nobody_orders_has_its_time():
    app.loader.import_default_modules()
    own = {name for name in app.tasks if not name.startswith(("celery.", "credit_platform.tests."))}
    assert own - {line["task"] for line in TIMETABLE.values()} == ORDERED
