"""What becomes of a wish to use a report: its moves, what stands against it, its last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from credit_platform.errors import Conflict
from reports.uses.rules import (
    MOVES,
    USE_LABELS,
    Need,
    UseState,
    against,
    answer_by,
    next_state,
    use_number,
    word_on,
)
from tests.diagrams import drawn, readme

TODAY = date(2026, 11, 23)


def need(**more) -> Need:
    words = {"matter": "资质核准", "case_number": "示办〔2026〕7号", "reason": "需要了解信用状况。"}
    return Need(**words | {"until": TODAY + timedelta(days=30)} | more)


def test_the_diagram_is_the_table_of_moves():
    assert drawn(readme("reports/uses/README.md")) == {
        (state.value, verb): end.value for (state, verb), end in MOVES.items()
    }


@pytest.mark.parametrize("state", UseState)
@pytest.mark.parametrize("verb", sorted({verb for _, verb in MOVES}))
def test_every_state_takes_its_verbs_and_no_other(state, verb):
    if (state, verb) in MOVES:
        assert next_state(state.value, verb) is MOVES[state, verb]
    else:
        with pytest.raises(Conflict, match=USE_LABELS[state]):
            next_state(state.value, verb)


@pytest.mark.parametrize(
    ("more", "offered", "fields"),
    [
        ({}, True, []),
        ({"until": TODAY}, True, []),
        ({"until": TODAY + timedelta(days=90)}, True, []),
        ({"until": TODAY + timedelta(days=91)}, True, ["until"]),
        ({"until": TODAY - timedelta(days=1)}, True, ["until"]),
        ({"matter": " ", "case_number": "", "reason": ""}, True, ["matter", "case_number", "reason"]),
        ({}, False, ["purpose"]),
    ],
)
def test_what_stands_against_asking(more, offered, fields):
    assert [each.field for each in against(need(**more), offered=offered, on=TODAY)] == fields


def test_the_last_day_is_still_one_of_use():
    assert word_on("consented", TODAY, TODAY)[0] == "已同意"
    assert word_on("consented", TODAY, TODAY + timedelta(days=1))[0] == "使用期限已过"


def test_fifteen_days_to_answer_and_a_number_that_shows_a_slip():
    assert answer_by(TODAY) == date(2026, 12, 8)
    assert use_number(TODAY, b"\0\0\0\0\1") == "SY20261123100000I"
