"""Records and merges move as the README draws them, and not otherwise."""

import pytest

from credit_platform.editions.rules import MOVES as EDITION_MOVES
from credit_platform.errors import Conflict
from records.rules import (
    MERGE_MOVES,
    MERGE_STATE_LABELS,
    RECORD_MOVES,
    RECORD_STATUS_LABELS,
    MergeState,
    RecordExists,
    RecordStatus,
    next_merge_state,
    next_record_status,
)
from tests.diagrams import drawn, line_with, readme

README = (
    readme("records/README.md")
    .replace("undo (batch)", "undo")
    .replace("revoked (", "revoked  (")
    .replace("revive (entered again)", "revive")
)


def diagram(name):
    return drawn(line_with(README, f"    {name} ").split(f"    {name} ")[1])


def test_the_tables_are_the_diagrams():
    assert diagram("record").items() <= RECORD_MOVES.items()
    assert RECORD_MOVES == {
        ("active", "edit"): "active",
        ("active", "revoke"): "revoked",
        ("active", "undo"): "undone",
        ("undone", "revive"): "active",
    }
    assert diagram("merge") == MERGE_MOVES
    assert diagram("catalogue").items() <= EDITION_MOVES.items()


@pytest.mark.parametrize(
    ("states", "labels"),
    [(RecordStatus, RECORD_STATUS_LABELS), (MergeState, MERGE_STATE_LABELS)],
)
def test_every_state_has_a_word(states, labels):
    assert set(labels) == set(states)


@pytest.mark.parametrize(
    ("ask", "state", "verb", "code", "words"),
    [
        (next_record_status, "revoked", "edit", "record.status", "该记录当前为“已撤销”"),
        (next_merge_state, "declined", "decide", "merge.state", "该合并当前为“未通过”"),
    ],
)
def test_what_is_not_drawn_is_refused(ask, state, verb, code, words):
    with pytest.raises(Conflict, match=words) as refused:
        ask(state, verb)
    assert refused.value.code == code


def test_what_is_drawn_is_done():
    assert next_record_status("undone", "revive") == "active"
    assert next_merge_state("merged", "reverse") == "reversed"


def test_a_taken_key_leads_to_its_record():
    taken = RecordExists(17)
    assert (taken.record_id, taken.code) == (17, "record.exists")
