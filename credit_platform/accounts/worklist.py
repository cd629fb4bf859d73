"""What an administrator finds at the desk: account matters that wait for a second person."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import AccountProposal, User
from credit_platform.web.worklists import Severity, WorkRow, WorkSection

SHOWN = 10


def proposals_to_decide(user: User, on: date) -> list[WorkSection]:
    """Proposals of others, about others, that nobody decided; nothing for who may not decide."""
    if not policy.allows(user, "accounts.confirm"):
        return []
    waiting = AccountProposal.objects.for_decision(user).order_by("proposed_at")
    rows = [
        WorkRow(
            str(row),
            reverse("admin:accounts_accountproposal_change", args=[row.pk]),
            due=timezone.localdate(row.stands_until),
            note=f"{row.proposer.full_name}提出",
        )
        for row in waiting.select_related("proposer")[:SHOWN]
    ]
    url = f"{reverse('admin:accounts_accountproposal_changelist')}?state__exact=waiting"
    return [WorkSection("待核准的账号事项", rows, count=waiting.count(), url=url, severity=Severity.SERIOUS, order=5)]
