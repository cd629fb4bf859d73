"""How far education reaches: by course and by month of a year, who began, who passed, how many certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractMonth

from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from education.models import Attempt

FIRST_YEAR = 2020
"""The year of the plan."""


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one course, or of one month: learners are counted once, whatever the number of their attempts."""

    label: str
    learners: int = 0
    companies: int = 0
    succeeded: int = 0
    failed: int = 0
    narrows: dict[str, str] = field(default_factory=dict)


def attempts_for(user: User) -> QuerySet[Attempt]:
    """Ended tests of courses of one's department, of all for the credit office."""
    rows = Attempt.objects.filter(ended_at__isnull=False)
    return within(rows, user, through="course_version__course__department")


def by_course(rows: QuerySet[Attempt], year: int) -> list[Line]:
    """A line for each course that somebody was tested in that year, the most learners first."""
    names = {"code": F("course_version__course__code"), "title": F("course_version__course__title")}
    found: QuerySet[Any, Any] = rows.filter(ended_at__year=year).values(**names)
    lines = found.annotate(**_counts()).order_by("-learners", "code")
    return [_line(each["title"], each, {"course": each["code"]}) for each in lines]


def by_month(rows: QuerySet[Attempt], year: int) -> list[Line]:
    """Twelve lines."""
    found: QuerySet[Any, Any] = rows.filter(ended_at__year=year).values(month=ExtractMonth("ended_at"))
    known = {each["month"]: each for each in found.annotate(**_counts()).order_by("month")}
    return [_line(f"{month}月", known.get(month, {}), {}) for month in range(1, 13)]


def total(rows: QuerySet[Attempt], year: int) -> Line:
    """The year as a whole: somebody who learned twice is one learner."""
    return _line("合计", rows.filter(ended_at__year=year).aggregate(**_counts()), {})


def _line(label: str, row: Mapping[str, Any], narrows: dict[str, str]) -> Line:
    return Line(label, narrows=narrows, **{name: row.get(name, 0) for name in _counts()})


def _counts() -> dict[str, Count]:
    company = Q(learner__account__isnull=False)
    return {
        "learners": Count("learner__identity", distinct=True),
        "companies": Count("learner__subject", distinct=True, filter=company),
        "succeeded": Count("pk", filter=Q(passed=True)),
        "failed": Count("pk", filter=Q(passed=False)),
    }
