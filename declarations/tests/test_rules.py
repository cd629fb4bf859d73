"""States and moves as the README draws them, and every pair that is none."""

from __future__ import annotations

from itertools import product

import pytest

from credit_platform.errors import Conflict
from declarations.rules import KIND_LABELS, LABELS, MOVES, Kind, State, next_state
from tests.diagrams import moves_of, readme

README = readme("declarations/README.md")


@pytest.mark.parametrize(("state", "verb"), list(product(State, sorted({verb for _, verb in MOVES}))))
def test_every_pair_is_a_move_or_a_refusal_that_names_the_state(state, verb):
    if (state, verb) in MOVES:
        assert next_state(state, verb) is MOVES[state, verb]
        return
    with pytest.raises(Conflict) as refused:
        next_state(state, verb)
    assert LABELS[state] in refused.value.text


def test_every_state_and_kind_has_a_word_and_every_state_but_the_first_is_reached():
    assert (set(LABELS), set(KIND_LABELS)) == (set(State), set(Kind))
    assert set(State) - set(MOVES.values()) == {State.DRAFT}


def test_the_diagram_tells_the_moves():
    assert moves_of(README) == {(state, verb, end) for (state, verb), end in MOVES.items()}
