"""What waits for an auditor on the desk's home: rows that are not what their hash says, and a chain that does not hold."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import queries
from credit_platform.web.worklists import Severity, WorkSection


def work(user: User, on: date) -> list[WorkSection]:
    """Two sections for an auditor, nothing for anybody else."""
    if not policy.allows(user, "audit.read"):
        return []
    last = next(iter(queries.verifications(limit=1)), None)
    broken = int(last is not None and not (last.after or {}).get("ok"))
    return [
        WorkSection(
            "内容与校验值不符",
            count=queries.altered_now(),
            url=reverse("audit:rereading"),
            severity=Severity.SERIOUS,
            empty_text="最近一次核对没有发现不符。",
            order=5,
        ),
        WorkSection(
            "审计链复核未通过",
            count=broken,
            url=reverse("audit:chain"),
            severity=Severity.SERIOUS,
            empty_text="最近一次复核通过。",
            order=6,
        ),
    ]
