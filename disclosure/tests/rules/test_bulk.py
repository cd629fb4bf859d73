"""How long a publication of many waits, to the minute; and the states of an order."""

from datetime import datetime

import pytest

from credit_platform.errors import Conflict
from disclosure.rules.bulk import (
    BULK_LABELS,
    BULK_MOVES,
    BULK_OPEN,
    BULK_TONES,
    TO_RUN,
    BulkState,
    held_until,
    next_bulk_state,
)
from tests.diagrams import drawn, line_with, readme

LINE = line_with(readme("disclosure/README.md"), "held ──release")


def at(hour, minute, second=0, day=23):
    return datetime(2026, 11, day, hour, minute, second)


def test_an_order_moves_as_the_readme_draws_it():
    assert "stop from the first three ──▶ stopped" in LINE
    chain = drawn(LINE.split("          ")[0])
    stops = {(state, "stop"): "stopped" for state in ("held", "waiting", "running")}
    assert chain | stops | {("running", "run"): "running"} == BULK_MOVES, "a worker takes up what another one left"
    assert len(chain) == 3


def test_every_state_has_a_word_and_those_that_go_on_are_named():
    assert set(BULK_LABELS) == set(BulkState)
    assert BULK_TONES == {"held": "warn", "done": "good", "stopped": "serious"}
    assert set(BULK_OPEN) == {state for state, _ in BULK_MOVES}
    assert set(TO_RUN) == {state for state, verb in BULK_MOVES if verb == "run"}


def test_what_is_done_goes_nowhere():
    with pytest.raises(Conflict, match="已办结") as refused:
        next_bulk_state("done", "stop")
    assert refused.value.code == "bulk.state"
    assert next_bulk_state("held", "release") == BulkState.WAITING


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(10, 0), at(10, 10)),
        (at(23, 48), at(23, 58)),
        (at(23, 49), at(23, 59)),
        (at(23, 50), at(23, 59)),
        (at(23, 58, 59), at(23, 59)),
        (at(23, 59), None),
        (at(23, 59, 1), None),
        (at(0, 0, day=24), at(0, 10, day=24)),
    ],
)
def test_a_hold_of_ten_minutes_ends_a_minute_before_midnight_at_the_latest(now, until):
    assert held_until(now, 10) == until


def test_the_last_minute_is_reckoned_without_the_seconds_of_the_present_one():
    assert held_until(datetime(2026, 11, 23, 23, 55, 30, 5), 10) == at(23, 59)


def test_without_a_hold_nothing_waits():
    assert held_until(at(10, 0), 0) is None
