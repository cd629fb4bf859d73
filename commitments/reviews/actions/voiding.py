"""Reviews of letters that no longer stand become void: there is nothing left to look at."""

from __future__ import annotations

from collections.abc import Sequence

from commitments.models import Review
from commitments.reviews.actions.base import locked
from commitments.rules.states import REVIEW_LABELS, REVIEW_MOVES, Fulfilment, ReviewState, next_state
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused

CHUNK = 1000
GONE = "承诺书已撤回"


def void(review: Review, *, by: Actor, reason: str = GONE) -> Review:
    """Close a review without an outcome because its letter was withdrawn. From OPEN; Refused while the letter stands.

    The department's clerks and reviewers, and the clock.
    """
    with acting(by):
        row = locked(review)
        policy.require(by, "commitments.review.void", row.department)
        state = next_state(REVIEW_MOVES, REVIEW_LABELS, ReviewState(row.state), "void")
        if row.letter.fulfilment != Fulfilment.WITHDRAWN:
            raise Refused("review.letter-stands", "承诺书仍然有效，不能作废复核。", mend="请填写复核结果。")
        row.state = state.value
        row.version += 1
        row.save(update_fields=["state", "version"])
        audit.record(
            "commitments.review.void",
            row,
            by=by,
            before={"state": ReviewState.OPEN},
            after={"state": state},
            reason=reason,
            unit_id=row.department_id,
        )
    return row


def void_of_letters(letter_ids: Sequence[int], *, by: Actor, reason: str = GONE) -> int:
    """The open reviews of withdrawn letters, set-wise; how many. For the ledger's follower, inside its transaction and policy."""
    done = 0
    with acting(by):
        for start in range(0, len(letter_ids), CHUNK):
            rows = Review.objects.open().filter(
                letter_id__in=letter_ids[start : start + CHUNK], letter__fulfilment=Fulfilment.WITHDRAWN
            )
            ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
            if ids:
                Review.objects.filter(pk__in=ids).update(state=ReviewState.VOID)
                audit.record("commitments.review.void", by=by, members=ids, reason=reason)
            done += len(ids)
    return done


def void_withdrawn(*, by: Actor = SYSTEM) -> int:
    """The clock's: every open review whose letter was withdrawn; how many."""
    policy.require(by, "commitments.review.void")
    gone = Review.objects.open().filter(letter__fulfilment=Fulfilment.WITHDRAWN)
    return void_of_letters(list(gone.order_by("letter_id").values_list("letter_id", flat=True)), by=by)
