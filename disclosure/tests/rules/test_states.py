"""The table of moves against the diagram, written down a second time: a row that is missing in the one stands in the other."""

import pytest

from credit_platform.errors import Conflict
from disclosure.rules.objections import OBJECTION_LABELS, OBJECTION_MOVES, OBJECTION_TONES, Objection, next_objection
from disclosure.rules.states import LABELS, MOVES, OPEN, TONES, State, next_state
from tests.diagrams import drawn, line_with, readme

README = readme("disclosure/README.md")

DIAGRAM = """
draft ──submit──► submitted       returned ──submit──► submitted
submitted ──return──► returned    approved ──return──► returned
submitted ──approve──► approved   approved ──publish──► published
draft ──exempt──► submitted       submitted ──exempt──► submitted     returned ──exempt──► submitted
submitted ──confirm──► exempt     submitted ──deny──► returned
draft ──set_aside──► exempt       submitted ──set_aside──► exempt     returned ──set_aside──► exempt
exempt ──hold──► submitted        exempt ──reopen──► draft            exempt ──reveal──► published
published ──correct──► published  suspended ──correct──► suspended
published ──suspend──► suspended  suspended ──resume──► published
published ──annul──► suspended    suspended ──annul──► suspended
suspended ──confirm──► withdrawn  suspended ──deny──► published
published ──end──► ended          suspended ──end──► ended
published ──repair──► repaired    suspended ──repair──► repaired      repaired ──restore──► published
withdrawn ──revive──► published   ended ──revive──► published
"""


def test_the_table_is_the_diagram():
    withdrawn = {(state, "withdraw"): "withdrawn" for state in set(LABELS) - {"withdrawn"}}
    assert drawn(DIAGRAM) | withdrawn == MOVES
    assert "withdraw► withdrawn  (from every state)" in README


def test_what_the_readme_draws_in_one_line_is_in_the_table():
    published = drawn(line_with(README, "record enters").replace("record enters ──prepare──► ", ""))
    assert published == {
        ("draft", "submit"): "submitted",
        ("submitted", "approve"): "approved",
        ("approved", "publish"): "published",
    }


def test_objections_move_as_the_readme_draws_them():
    assert drawn(line_with(README, "objection   raised")) == OBJECTION_MOVES


@pytest.mark.parametrize(("states", "labels"), [(State, LABELS), (Objection, OBJECTION_LABELS)])
def test_every_state_has_a_word_of_its_own(states, labels):
    assert set(labels) == set(states)
    assert len(set(labels.values())) == len(labels)


def test_colours():
    assert TONES == {
        "published": "good",
        "submitted": "info",
        "approved": "info",
        "suspended": "warn",
        "returned": "serious",
        "withdrawn": "serious",
    }
    assert OBJECTION_TONES == {"raised": "warn", "upheld": "serious"}


def test_the_seven_days_run_until_the_publication():
    before = {state for (state, _), then in MOVES.items() if then in ("submitted", "approved", "returned")} - {"exempt"}
    assert set(OPEN) == before == {"draft", "submitted", "returned", "approved"}


@pytest.mark.parametrize(("ask", "word"), [(next_state, "公示事项"), (next_objection, "异议")])
def test_what_is_not_drawn_is_refused_with_the_present_state(ask, word):
    state = "ended" if ask is next_state else "retracted"
    with pytest.raises(Conflict, match=f"该{word}当前为") as refused:
        ask(state, "publish")
    assert refused.value.code in ("disclosure.state", "objection.state")
