import pytest

from credit_platform.celery import app
from credit_platform.timetable import TIMETABLE


@pytest.mark.parametrize("line", sorted(TIMETABLE))
def test_what_the_clock_calls_is_there(line):
    app.loader.import_default_modules()
    assert TIMETABLE[line]["task"] in app.tasks
