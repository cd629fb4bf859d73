"""A review is done: the letter's state, the day of the next one, and what goes into the record of the subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from casework.rules.attachments import AttachedFile
from commitments.letters.actions import attachments as files
from commitments.models import CommitmentLetter, Review
from commitments.reviews.actions.assessing import next_day
from commitments.reviews.actions.base import locked
from commitments.reviews.actions.record import enter_fulfilment
from commitments.reviews.rules import days as rules
from commitments.rules.kinds import ReviewKind
from commitments.rules.states import (
    FULFILMENT_LABELS,
    LETTER_MOVES,
    REVIEW_LABELS,
    REVIEW_MOVES,
    Fulfilment,
    ReviewState,
    next_state,
)
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import DomainError, Level, Refused, refuse
from credit_platform.workdays.queries import calendar
from records.identifiers import personal

MOST_AT_ONCE = 200
TOGETHER = (Fulfilment.FULFILLED, Fulfilment.PERFORMING)
"""Outcomes that several letters may be given at once: nothing has to be told apart. A breach is looked at one by one."""


def complete(
    review: Review,
    *,
    outcome: Fulfilment | str,
    method: str,
    finding: str = "",
    attachments: Sequence[AttachedFile] = (),
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Review:
    """Write down what a review found. From OPEN; clerks and reviewers of the accepting department.

    The letter takes the outcome as its state and gets its next review day by its entry of the list; what is settled or changed goes
    into the ledger under XYLY and so to the public. Refused with all findings (way of checking, facts, day, personal numbers in a text
    that others read); Conflict when somebody else was first (`version`).
    """
    today = timezone.localdate()
    on = on or today
    result = Fulfilment(outcome)
    with acting(by):
        row = locked(review, version)
        policy.require(by, "commitments.review", row.department)
        state = next_state(REVIEW_MOVES, REVIEW_LABELS, ReviewState(row.state), "complete")
        _check(row, result, method, finding, on, today)
        before = _assess(row.letter, result, on)
        row.state, row.outcome = state.value, result.value
        row.method, row.finding = method.strip(), finding.strip()
        row.reviewer, row.done_on = by, on
        row.version += 1
        row.save(update_fields=["state", "outcome", "method", "finding", "reviewer", "done_on", "version"])
        kept = files.attach(row, attachments, role="evidence", by=by)
        if rules.is_entered(result, before):
            enter_fulfilment(row, by=by)
        audit.record(
            "commitments.review.complete",
            row,
            by=by,
            before={"fulfilment": before},
            after={"fulfilment": result, "next_review_on": row.letter.next_review_on},
            reason=finding.strip(),
            unit_id=row.department_id,
            detail={"method": method.strip(), "attachments": len(kept)},
        )
    return row


def _check(row: Review, result: Fulfilment, method: str, finding: str, on: date, today: date) -> None:
    found = rules.completion(result, method=method, finding=finding, made_on=row.letter.made_on, on=on, today=today)
    scanned = [
        each
        for text, field in ((method, "method"), (finding, "finding"))
        for each in personal.findings(text, field=field)
        if each.level is Level.ERROR
    ]
    refuse([*found, *scanned])


def _assess(letter: CommitmentLetter, result: Fulfilment, on: date) -> Fulfilment:
    """Give the letter the outcome and its next day; what it was before."""
    before = Fulfilment(letter.fulfilment)
    letter.fulfilment = next_state(LETTER_MOVES, FULFILMENT_LABELS, before, f"assess-{result}").value
    following = next_day(letter, result, on, calendar())
    values: dict[str, Any] = {
        "assessed_on": on,
        "next_review_on": following.on,
        "next_review_kind": ReviewKind.PERIODIC.value if following.on else "",
        "review_provisional": following.provisional,
        "updated_at": timezone.now(),
    }
    for name, value in values.items():
        setattr(letter, name, value)
    letter.save(update_fields=["fulfilment", *values])
    return before


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one review of several."""

    pk: int
    label: str
    ok: bool
    text: str


def complete_many(ids: Sequence[int], *, outcome: Fulfilment | str, method: str, by: User) -> list[Outcome]:
    """Complete several reviews alike, in the order of their ids, each by itself: one that is refused leaves the others done.

    Only 全部履行 and 履行中: a breach is looked at one by one. Forbidden without the right at all; at most 200 at once.
    """
    policy.require(by, "commitments.review")
    result = Fulfilment(outcome)
    if result not in TOGETHER or len(ids) > MOST_AT_ONCE:
        words = "、".join(FULFILMENT_LABELS[each] for each in TOGETHER)
        raise Refused("review.bulk", f"批量办理只适用于“{words}”，一次最多{MOST_AT_ONCE}份。")
    done = []
    for row in Review.objects.filter(pk__in=ids).select_related("letter").order_by("pk"):
        try:
            complete(row, outcome=result, method=method, by=by)
            done.append(Outcome(row.pk, row.letter.code, True, f"已登记：{FULFILMENT_LABELS[result]}"))
        except DomainError as error:
            done.append(Outcome(row.pk, row.letter.code, False, error.text))
    return done
