"""One look at a table of moves, one refusal."""

from enum import StrEnum

import pytest

from credit_platform.errors import Conflict
from credit_platform.moves import next_state


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"


MOVES = {(Door.OPEN, "shut"): Door.SHUT}
LABELS = {Door.OPEN: "开着", Door.SHUT: "关着"}


def test_a_move_of_the_table_is_made():
    assert next_state(MOVES, LABELS, Door.OPEN, "shut", code="door.state") is Door.SHUT


@pytest.mark.parametrize(("state", "verb"), [(Door.SHUT, "shut"), (Door.OPEN, "paint")])
def test_any_other_is_a_conflict_that_names_the_thing_and_its_state(state, verb):
    with pytest.raises(Conflict) as told:
        next_state(MOVES, LABELS, state, verb, code="door.state", what="门")
    assert told.value.code == "door.state"
    assert told.value.text == f"该门当前为“{LABELS[state]}”，不能进行此操作。"
    assert told.value.mend
