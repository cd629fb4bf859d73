"""应查必查 by unit and window: how many cases were decided, how many of them with a check that held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from checks.models import CheckNotice, DecidedCase, DecidedCaseQuerySet
from checks.rules.coverage import Coverage
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Share:
    """A line of the board: a unit, or one of its windows ("" for cases without one)."""

    department: int
    name: str
    window: str
    coverage: Coverage


def decided_between(user: User, since: date, until: date) -> DecidedCaseQuerySet:
    """The cases that a user may see which were decided in matters for which must be checked, from one day to another."""
    rows = DecidedCase.objects.visible_to(user).filter(matter__required=True)
    return rows.filter(decided_on__gte=since, decided_on__lte=until)


def board(user: User, since: date, until: date) -> list[Share]:
    """By unit and window, the largest gap first. Counted in one question, never typed."""
    rows = decided_between(user, since, until).with_check()
    counted = rows.values("department_id", "department__name", "window").annotate(
        decided=Count("pk"), with_one=Count("pk", filter=Q(checked__isnull=False))
    )
    shares = [
        Share(row["department_id"], row["department__name"], row["window"], Coverage(row["decided"], row["with_one"]))
        for row in counted
    ]
    return sorted(shares, key=lambda each: (-each.coverage.missing, each.name, each.window))


def total(shares: list[Share]) -> Coverage:
    """All lines together."""
    return Coverage(sum(each.coverage.decided for each in shares), sum(each.coverage.checked for each in shares))


def work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: changes after one's checks that nobody has taken note of."""
    if not policy.allows(user, "checks.tell"):
        return []
    rows = CheckNotice.objects.visible_to(user).unread().select_related("of_check__matter").order_by("-pk")
    shown = [
        WorkRow(
            f"{row.of_check.case_number}　{row.of_check.matter.name}",
            f"/desk/checks/{row.of_check.number}/",
            note=f"现在的结论：{row.get_verdict_display()}",
        )
        for row in rows[:SHOWN]
    ]
    return [
        WorkSection(
            "所查主体情况有变化",
            shown,
            capped_count(rows),
            "/desk/checks/notices/",
            Severity.WARN,
            "没有变化通知。",
            order=60,
        )
    ]
