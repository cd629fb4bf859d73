"""The states of a message, and the order in which messages go: of a key always the first that is not done, withdrawals first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.tests.kit import moves_of
from credit_platform.errors import Conflict
from credit_platform.moves import next_state
from exchange.rules.messages import (
    HOLDS_BACK,
    MOVES,
    RANK,
    STATE_LABELS,
    TONES,
    VERB_OF,
    Result,
    State,
    Verb,
    Waiting,
    digest,
    idempotency_key,
    next_to_send,
    parsed_key,
)
from exchange.rules.timing import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, is_to_park, rows_at_once, wait_after

VERBS = sorted({verb for _, verb in MOVES})


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", VERBS)
def test_every_step_is_allowed_or_refused(state, verb):
    if (state, verb) in MOVES:
        assert next_state(MOVES, STATE_LABELS, state, verb, code="x") == MOVES[state, verb]
    else:
        with pytest.raises(Conflict, match=STATE_LABELS[state]):
            next_state(MOVES, STATE_LABELS, state, verb, code="x")


def test_the_diagram_of_the_readme_is_the_table_of_moves():
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    part = text.partition("## Status diagram of a message")[2].partition("| verb")[0]
    assert moves_of(part) == {(state, verb, after) for (state, verb), after in MOVES.items()}


def test_every_state_has_a_word_and_a_tone_and_every_answer_a_step():
    assert set(STATE_LABELS) == set(TONES) == set(State)
    assert set(VERB_OF) == set(Result)
    assert {VERB_OF[each] for each in Result} <= set(VERBS)


rows = st.lists(
    st.builds(
        lambda key, version, verb, state: (key, version, verb, state),
        st.sampled_from("abcd"),
        st.integers(1, 5),
        st.sampled_from(Verb),
        st.sampled_from(State),
    ),
    unique_by=lambda row: row[:2],
    max_size=20,
)


@given(rows, st.integers(1, 20), st.randoms())
def test_nothing_overtakes_an_earlier_version_of_its_key(raw, limit, random):
    numbers = random.sample(range(1, 100), len(raw))
    waiting = [Waiting(*row[:3], number, row[3]) for row, number in zip(raw, numbers, strict=True)]
    chosen = next_to_send(waiting, limit)
    assert len(chosen) <= limit
    assert len({each.key for each in chosen}) == len(chosen)
    for each in chosen:
        assert each.state is State.QUEUED
        assert not [o for o in waiting if o.key == each.key and o.version < each.version and o.state in HOLDS_BACK]
    places = [(RANK[each.verb], each.number) for each in chosen]
    assert places == sorted(places), "withdrawals first, then by number"
    if len(chosen) < limit:
        for each in waiting:
            held = [o for o in waiting if o.key == each.key and o.version < each.version and o.state in HOLDS_BACK]
            assert each in chosen or each.state is not State.QUEUED or held, "nothing that may go is left out"


def test_a_parked_message_holds_back_its_own_key_alone():
    parked = Waiting("a", 1, Verb.UPSERT, 1, State.PARKED)
    behind = Waiting("a", 2, Verb.UPSERT, 2, State.QUEUED)
    other = Waiting("b", 1, Verb.UPSERT, 3, State.QUEUED)
    assert next_to_send([parked, behind, other], 10) == [other]


@given(st.text("abc:123", min_size=1, max_size=12), st.integers(0, 10**6))
def test_an_idempotency_key_is_read_back(key, version):
    assert parsed_key(idempotency_key(key, version)) == (key, version)


@pytest.mark.parametrize("text", ["", "HRB", "HRB:a", "HRB::1", "HRB:a:", "HRB:a:x", "SY:a:1", "HRB:a:-1", "HRB:a:１"])
def test_what_is_no_key_of_ours_is_none(text):
    assert parsed_key(text) is None


def test_parts_of_a_digest_do_not_run_together():
    assert digest("a", 11, "upsert", "{}") != digest("a1", 1, "upsert", "{}")


def test_waits_double_up_to_two_hours_and_the_fifth_try_is_the_last():
    assert [wait_after(n) / FIRST_WAIT for n in (1, 2, 3, 4, 5)] == [1, 2, 4, 8, 16]
    assert wait_after(8) == wait_after(10_000) == LONGEST_WAIT
    with pytest.raises(ValueError, match="a wait comes after a try"):
        wait_after(0)
    assert [is_to_park(n) for n in (MOST_TRIES - 1, MOST_TRIES)] == [False, True]


def test_parcels_of_what_failed_shrink_to_one():
    assert [rows_at_once(500, n) for n in range(5)] == [500, 62, 7, 1, 1]
    assert rows_at_once(1, 9) == 1
