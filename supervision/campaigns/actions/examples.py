"""Example texts: written by one, published by another, withdrawn when they should not have been."""

from __future__ import annotations

from django.utils import timezone

from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Forbidden, refuse, required
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from supervision.campaigns import rules
from supervision.campaigns.models import CampaignCase, Example
from supervision.campaigns.queries.names import names_of
from supervision.campaigns.rules import EXAMPLE_LABELS, EXAMPLE_MOVES, ExampleState


def write(case: Case, *, title: str, text: str, by: User) -> Example:
    """Write an example of a campaign. Clerks and reviewers of the lead. Refused when it names a target or holds numbers of persons."""
    with acting(by):
        policy.require(by, rules.HANDLE, case.department)
        refuse([
            *required(title, "title", "请填写标题。", rule="campaign.title", most=100),
            *required(text, "text", "请填写正文。", rule="campaign.text", most=3000),
            *_unmasked(case.own, title, text),
        ])  # fmt: skip
        row = Example.objects.create(
            campaign=case.own, title=title.strip(), text=text.strip(), written_by=by, written_on=timezone.localdate()
        )
        audit.record("campaigns.write", row, by=by, after={"title": row.title}, unit_id=case.department_id)
        return row


def publish(row: Example, *, by: User, version: str | None = None) -> Example:
    """Show an example to the public. Reviewers of the lead, never who wrote it. From DRAFT. Read again for names before it is shown."""
    with acting(by):
        row = _locked(row, version)
        policy.require(by, rules.APPROVE, row.campaign.case.department)
        state = next_state(EXAMPLE_MOVES, EXAMPLE_LABELS, ExampleState(row.state), "publish", code="campaign.example")
        if row.written_by_id == by.pk:
            raise Forbidden("campaign.two_people", "撰写人不能审核自己的案例。", mend="请由本单位另一名审核员审核。")
        refuse(_unmasked(row.campaign, row.title, row.text))
        row.state, row.published_by, row.published_on = state, by, timezone.localdate()
        row.save(update_fields=["state", "published_by", "published_on", "updated_at"])
        audit.record("campaigns.publish", row, by=by, after={"state": state}, unit_id=row.campaign.case.department_id)
        return row


def withdraw(row: Example, *, reason: str, by: User, version: str | None = None) -> Example:
    """Take an example from the public page, with a reason. Reviewers of the lead, the credit office. From PUBLIC."""
    with acting(by):
        row = _locked(row, version)
        policy.require(by, rules.WITHDRAW, row.campaign.case.department)
        state = next_state(EXAMPLE_MOVES, EXAMPLE_LABELS, ExampleState(row.state), "withdraw", code="campaign.example")
        refuse(required(reason, "reason", "请写明撤下的原因。", rule="campaign.reason", most=300))
        row.state, row.withdrawn_why = state, reason.strip()
        row.save(update_fields=["state", "withdrawn_why", "updated_at"])
        unit = row.campaign.case.department_id
        audit.record("campaigns.withdraw", row, by=by, reason=row.withdrawn_why, after={"state": state}, unit_id=unit)
        return row


def _locked(row: Example, version: str | None) -> Example:
    found = Example.objects.select_for_update(of=("self",)).select_related("campaign__case__department").get(pk=row.pk)
    if version is not None:
        require_version(found, version)
    return found


def _unmasked(campaign: CampaignCase, title: str, text: str) -> list[Finding]:
    named = rules.against_names(f"{title}\n{text}", names_of(campaign))
    return [*named, *scanned(title=title, text=text)]
