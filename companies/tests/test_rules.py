"""Every pair of state and verb of an account is a move or a refusal."""

from __future__ import annotations

from itertools import product

import pytest

from companies.rules import LABELS, MOVES, AccountState, next_state
from credit_platform.errors import Conflict


@pytest.mark.parametrize(("state", "verb"), list(product(AccountState, sorted({verb for _, verb in MOVES}))))
def test_every_pair_is_a_move_or_a_refusal(state, verb):
    if (state, verb) in MOVES:
        assert next_state(state, verb) is MOVES[state, verb]
    else:
        with pytest.raises(Conflict) as refused:
            next_state(state, verb)
        assert LABELS[state] in refused.value.text
