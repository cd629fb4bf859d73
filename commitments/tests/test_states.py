"""Every pair of state and verb is a move or a refusal, in all the tables of moves."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from casework.tests import kit
from commitments import breaches
from commitments.breaches.rules import BREACH, BreachState
from commitments.lists.rules import states as texts
from commitments.rules import states
from credit_platform.errors import Conflict

ROOM = Path(breaches.__file__).parent
TABLES = {
    "template": (texts.TEMPLATE_MOVES, texts.TEMPLATE_LABELS, texts.TemplateState),
    "letter": (states.LETTER_MOVES, states.FULFILMENT_LABELS, states.Fulfilment),
    "review": (states.REVIEW_MOVES, states.REVIEW_LABELS, states.ReviewState),
    "breach": (BREACH.moves, BREACH.labels, BreachState),
}
PAIRS = [
    (name, state, verb)
    for name, (moves, _, kind) in TABLES.items()
    for state, verb in product(kind, sorted({verb for _, verb in moves}))
]


@pytest.mark.parametrize(("name", "state", "verb"), PAIRS)
def test_every_pair_is_a_move_or_a_refusal(name, state, verb):
    moves, labels, _ = TABLES[name]
    if (state, verb) in moves:
        assert states.next_state(moves, labels, state, verb) is moves[state, verb]
    else:
        with pytest.raises(Conflict) as refused:
            states.next_state(moves, labels, state, verb)
        assert labels[state] in refused.value.text


@pytest.mark.parametrize("name", TABLES)
def test_every_state_has_a_word_and_can_be_reached_or_is_a_beginning(name):
    moves, labels, kind = TABLES[name]
    assert set(labels) == set(kind)
    reached = set(moves.values())
    assert len(set(kind) - reached) <= 1, "only the first state is not the end of a move"


test_the_diagram_of_a_breach = kit.diagram(BREACH, (ROOM / "README.md").read_text(encoding="utf-8"))
