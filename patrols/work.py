"""What waits for the credit office: what an outsider can read and should not."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from patrols.models import PatrolFinding
from patrols.rules import HANDLE


def work(user: User, on: date) -> list[WorkSection]:
    """The section of the desk's home."""
    if not policy.allows(user, HANDLE):
        return []
    url = reverse("patrol:list")

    def line(row: PatrolFinding) -> WorkRow:
        return WorkRow(f"{row.public_id or '公开页面'}　{row.what}", url, note=row.address)

    rows = PatrolFinding.objects.open()
    return [section("公示巡查发现的问题", rows, line, url=url, severity=Severity.SERIOUS, order=20)]
