"""Letters, reviews, texts and breaches move as the READMEs draw them, written down a second time where the drawing is short."""

import pytest

from commitments.breaches.rules import BREACH, MOVES, SOURCE_LABELS, BreachState, Source
from commitments.lists.rules.states import TEMPLATE_LABELS, TEMPLATE_MOVES, TemplateState
from commitments.lists.rules.states import next_state as next_template
from commitments.rules import kinds
from commitments.rules.states import (
    FULFILMENT_LABELS,
    LETTER_MOVES,
    REVIEW_LABELS,
    REVIEW_MOVES,
    Fulfilment,
    ReviewState,
    next_state,
)
from credit_platform.errors import Conflict
from tests.diagrams import drawn, line_with, readme

ASSESSED = ("performing", "fulfilled", "partly", "unfulfilled", "unverifiable")


def test_the_tables_are_the_diagrams():
    assert drawn(readme("commitments/breaches/README.md")) == MOVES
    assert drawn(line_with(readme("commitments/reviews/README.md"), "open ──complete")) == REVIEW_MOVES
    text = line_with(readme("commitments/lists/README.md"), "text of a letter")
    assert drawn(text.replace("text of a letter", "")) == TEMPLATE_MOVES


def test_any_outcome_may_follow_any_other_until_a_letter_is_withdrawn():
    assessed = {(old, f"assess-{new}"): new for old in ASSESSED for new in ASSESSED}
    withdrawn = {(old, "withdraw"): "withdrawn" for old in ASSESSED}
    assert assessed | withdrawn | {("withdrawn", "revive"): "performing"} == LETTER_MOVES


@pytest.mark.parametrize(
    ("states", "labels"),
    [
        (Fulfilment, FULFILMENT_LABELS),
        (ReviewState, REVIEW_LABELS),
        (TemplateState, TEMPLATE_LABELS),
        (BreachState, BREACH.labels),
        (BreachState, BREACH.tones),
        (Source, SOURCE_LABELS),
        (kinds.CommitmentType, kinds.TYPE_LABELS),
        (kinds.MatterKind, kinds.MATTER_KIND_LABELS),
        (kinds.Channel, kinds.CHANNEL_LABELS),
        (kinds.ReviewKind, kinds.REVIEW_KIND_LABELS),
        (kinds.BreachKind, kinds.BREACH_KIND_LABELS),
        (kinds.MeasureKind, kinds.MEASURE_KIND_LABELS),
        (kinds.Unit, kinds.UNIT_LABELS),
    ],
)
def test_every_value_has_a_word(states, labels):
    assert set(labels) == set(states)


def test_what_is_not_drawn_is_refused():
    with pytest.raises(Conflict, match="已停用") as refused:
        next_template("retired", "issue")
    assert refused.value.code == "template.state"
    assert next_template("draft", "issue") is TemplateState.ISSUED
    with pytest.raises(Conflict, match="已复核"):
        next_state(REVIEW_MOVES, REVIEW_LABELS, ReviewState.DONE, "complete")


def test_types_of_the_list():
    assert set(kinds.LISTED) == {"approval", "shortfall", "proof"}


def test_what_the_subject_sees_and_when_a_case_is_closed():
    assert BREACH.closed == {"decided", "dismissed", "annulled"}
    assert BREACH.shown_to_subject == {"served", "determined", "decided"}
    assert BREACH.first_locks == ("letter",)


def test_the_steps_that_want_a_second_person_and_a_hearing():
    second = {step.verb for step in BREACH.steps if step.second_person}
    assert second == {"determine", "decide", "dismiss", "annul"}
    assert {step.verb for step in BREACH.steps if step.after_hearing} == {"determine"}
    assert {step.verb for step in BREACH.steps if step.serious} == {"annul"}
    assert {step.verb for step in BREACH.steps} == {verb for _, verb in MOVES}


def test_what_waits_at_the_desk_is_every_open_state_in_its_order():
    assert [(work.state, work.verb) for work in BREACH.works] == [
        ("candidate", "notify"),
        ("notified", "serve"),
        ("served", "determine"),
        ("determined", "decide"),
    ]
    assert [work.order for work in BREACH.works] == [36, 37, 38, 39]
