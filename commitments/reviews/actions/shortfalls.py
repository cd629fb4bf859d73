"""容缺: the missing papers have come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.rules.attachments import AttachedFile
from commitments.letters.actions import attachments as files
from commitments.models import CommitmentLetter
from commitments.rules.states import Fulfilment
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused


def settle_shortfall(
    letter: CommitmentLetter, *, by: Actor, on: date, attachments: Sequence[AttachedFile] = ()
) -> CommitmentLetter:
    """The missing papers of a 容缺 letter came on a day, in time or late; a candidate that is already open stays to be dismissed.

    Clerks and reviewers of the accepting department. Conflict when nothing is missing any more; Refused for a day before the
    commitment or in the future.
    """
    with acting(by):
        row = CommitmentLetter.objects.select_for_update(of=("self",)).select_related("department").get(pk=letter.pk)
        policy.require(by, "commitments.review", row.department)
        if row.fulfilment == Fulfilment.WITHDRAWN:
            raise Conflict("letter.withdrawn", "承诺书已撤回，不能登记补正。")
        if row.shortfall_due_on is None or row.shortfall_settled_on is not None:
            raise Conflict("letter.no-shortfall", "该承诺没有待补正的材料。", mend="请刷新页面查看最新状态。")
        if not row.made_on <= on <= timezone.localdate():
            raise Refused("letter.settled-day", "补正日期应在承诺日期与今天之间。")
        row.shortfall_settled_on = on
        row.updated_at = timezone.now()
        row.save(update_fields=["shortfall_settled_on", "updated_at"])
        kept = files.attach(row, attachments, role="shortfall", by=by)
        audit.record(
            "commitments.shortfall.settle",
            row,
            by=by,
            before={"shortfall_settled_on": None},
            after={"shortfall_settled_on": on},
            unit_id=row.department_id,
            detail={"due_on": row.shortfall_due_on, "late": on > row.shortfall_due_on, "attachments": len(kept)},
        )
    return row
