"""A campaign begins, and it ends: done, or cancelled."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils import timezone

from casework.actions import open_case, step, verbs
from casework.actions.hearing import close as end_case
from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import at_field, refuse, required
from supervision.campaigns import rules
from supervision.campaigns.models import CampaignField
from supervision.campaigns.rules import CAMPAIGN


def open_campaign(
    field: CampaignField,
    *,
    name: str,
    measures: str,
    starts_on: date,
    ends_on: date,
    department: Department,
    by: User,
    on: date | None = None,
) -> Case:
    """Begin a campaign in a field, led by `department`. Clerks and reviewers of it. Refused without a name or measures, with days out of order,
    and in a field that does not hold on the day."""
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.HANDLE, department)
        found = list(rules.against_opening(name, measures, starts_on=starts_on, ends_on=ends_on, on=on))
        if not CampaignField.objects.in_force(on).filter(pk=field.pk).exists():
            found.append(at_field("campaign.field", "field", "该领域现在不在施行中。", article=rules.ARTICLE))
        refuse([*found, *scanned(name=name, measures=measures)])
        own = {
            "field": field,
            "name": name.strip(),
            "measures": measures.strip(),
            "starts_on": starts_on,
            "ends_on": ends_on,
        }
        return open_case(CAMPAIGN, subject=None, department=department, by=by, on=on, own=own)


def close(
    case: Case, *, outcome: str, lasting: str, by: User, on: date | None = None, version: str | None = None
) -> Case:
    """A campaign is done: what it brought, and what lasts of it. Reviewers, never who began it. From RUNNING.

    Its figures stay computed, through this day."""
    with step(CAMPAIGN, case, "close", by=by, on=on, version=version) as at:
        brought = required(outcome, "outcome", "请写明治理成效。", rule="campaign.outcome", most=3000)
        lasts = required(lasting, "lasting", "请写明长效机制。", rule="campaign.lasting", most=3000)
        at.refuse([*brought, *lasts, *scanned(outcome=outcome, lasting=lasting)])
        at.own.outcome, at.own.lasting = outcome.strip(), lasting.strip()
        end_case(at, reason="专项治理完成。")
    return at.case


cancel = partial(verbs.close, CAMPAIGN, "cancel", "请写明取消的原因。")
"""A campaign that does not take place; its lists stay. Clerks and reviewers of the lead, from DRAFTED and FROZEN."""
