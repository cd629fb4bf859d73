"""What waits for the credit office: lists whose standard is to be evaluated again."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from sanctions.lists.models import CreditList

SHOWN = 5
SOON = timedelta(days=60)


def work(user: User, on: date) -> list[WorkSection]:
    """The sections of the desk's home."""
    if not policy.allows(user, "sanctions.list.watch"):
        return []
    return [_evaluations(on)]


def _evaluations(on: date) -> WorkSection:
    due = CreditList.objects.in_force(on).filter(review_due__lte=on + SOON).order_by("review_due")
    rows = [WorkRow(row.name, reverse("lists:lists"), due=row.review_due) for row in due[:SHOWN]]
    return WorkSection("名单认定标准待评估", rows, due.count(), severity=Severity.WARN, order=80)
