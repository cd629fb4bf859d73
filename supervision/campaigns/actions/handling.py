"""What was done about a target and the platform cannot know by itself; and the looks at a list, which are registered."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.actions.attachments import attach
from casework.actions.hearing import scanned
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, refuse, required
from supervision.campaigns import rules
from supervision.campaigns.models import Handling, Target, TargetList
from supervision.campaigns.rules import CAMPAIGN, CampaignState


def enter(
    target: Target,
    *,
    progress: str,
    document: str,
    paper: AttachedFile | None,
    by: User,
    on: date,
    receiver: Department | None = None,
) -> Handling:
    """Enter that a target was told by other means than an order, or transferred to `receiver`, with the paper that shows it.

    Clerks and reviewers of the lead, while the campaign runs. Refused without a paper or a number, for what the platform knows itself, and on a
    day outside the campaign; Conflict when it was entered before.
    """
    with acting(by):
        case = _running(target)
        policy.require(by, rules.HANDLE, case.department)
        campaign, today = case.own, timezone.localdate()
        found = [
            *rules.against_entry(progress, on=on, since=campaign.starts_on, today=today, receiver=receiver),
            *required(document, "document", "请填写文书号。", rule="campaign.document", most=128),
            *([] if paper else [at_field("campaign.paper", "paper", "请上传证明材料。")]),
        ]
        refuse([*found, *scanned(document=document)])
        if target.handlings.counted().filter(progress=progress).exists():
            raise Conflict("campaign.entered", "这一项已经登记。", mend="登记有误的，请先撤回。")
        kept = attach(case, [paper] if paper else [], role="handling", by=by)[0]
        row = Handling.objects.create(
            target=target, progress=progress, on=on, document=document.strip(), receiver=receiver, paper=kept, entered_by=by
        )  # fmt: skip
        audit.record("campaigns.enter", row, by=by, after={"progress": progress, "on": on}, unit_id=case.department_id)
        return row


def take_back(row: Handling, *, reason: str, by: User) -> Handling:
    """An entry that was wrong no longer counts; it stays with the reason. Clerks and reviewers of the lead, while the campaign runs."""
    with acting(by):
        case = _running(row.target)
        policy.require(by, rules.HANDLE, case.department)
        row = Handling.objects.select_for_update().get(pk=row.pk)
        refuse(required(reason, "reason", "请写明撤回的原因。", rule="campaign.reason", most=300))
        if row.taken_back_on is not None:
            raise Conflict("campaign.taken-back", "该登记已经撤回。")
        row.taken_back_on, row.taken_back_why = timezone.localdate(), reason.strip()
        row.save(update_fields=["taken_back_on", "taken_back_why"])
        audit.record("campaigns.take_back", row, by=by, reason=reason.strip(), unit_id=case.department_id)
        return row


def look_at(listing: TargetList, *, by: User) -> None:
    """Register that somebody looks at a target list, before it is shown: the campaign is the purpose."""
    case = listing.campaign.case
    with acting(by):
        policy.require(by, rules.VIEW, case.department)
        purpose = f"{CAMPAIGN.label} {case.number}"
        audit.look(
            "campaigns.targets",
            by=by,
            subject_ref=case.number,
            purpose=purpose,
            fields="治理清单",
            results=listing.size,
            unit_id=case.department_id,
        )


def _running(target: Target) -> Case:
    """The campaign's case, locked; Conflict when it does not run, or the target is of a list that was sent back."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("department", "campaigncase")
    case = rows.get(pk=target.target_list.campaign_id)
    if case.state != CampaignState.RUNNING or target.target_list.approved_on is None:
        raise Conflict("campaign.state", "专项治理不在治理中，不能登记。")
    return case
