"""上报、合规率、迟报率 by department, month or kind (the bulletin of the national platform). An empty denominator is “—”, never 100 % (trap 46)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import successors
from credit_platform.web.figures import rate
from disclosure import kinds
from disclosure.models import TimelinessTally
from disclosure.models.tallies import TallyView
from records.models import RefusedRow

COUNTERS = ("reported", "compliant", "late", "published_late")
Line = tuple[int, str, date, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """One line: `key` is a department id, a month's first day or a kind; rates are percentages with two decimals."""

    key: Any
    label: str
    reported: int = 0
    compliant: int = 0
    late: int = 0
    published_late: int = 0

    @property
    def compliance_rate(self) -> str:
        """合规率 = 合规数 ÷ 上报数."""
        return rate(self.compliant, self.reported)

    @property
    def late_rate(self) -> str:
        """迟报率 = 迟报数 ÷ 上报数."""
        return rate(self.late, self.reported)

    @property
    def timely_rate(self) -> str:
        """及时率 = 1 − 迟报率."""
        return rate(self.reported - self.late, self.reported)


def timeliness(
    year: int,
    *,
    by: str = "department",
    view: str = TallyView.BY_ARRIVAL,
    kind: str = "",
    department_id: int | None = None,
    on: date | None = None,
) -> list[Timeliness]:
    """The lines of a year, by "department" (the one that answers today, trap 49), "month" (all twelve) or "kind".

    `view`: months by arrival or by decision; `department_id` narrows to a department and what it succeeded. Reads the kept
    counts only, a few thousand rows at most.
    """
    heirs = successors(on or timezone.localdate())
    rows = TimelinessTally.objects.filter(view=view, month__year=year)
    if kind:
        rows = rows.filter(kind=kind)
    sums: Any = rows.values("department_id", "kind", "month").annotate(**{f"n_{name}": Sum(name) for name in COUNTERS})
    found = [
        (row["department_id"], row["kind"], row["month"], {name: row[f"n_{name}"] for name in COUNTERS})
        for row in sums.order_by()
    ]
    if view == TallyView.BY_ARRIVAL:
        found = _with_refused(found, year, kind)
    totals: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTERS, 0))
    for own, of_kind, month, counts in found:
        department = heirs.get(own, own)
        if department_id is not None and department != heirs.get(department_id, department_id):
            continue
        key = {"department": department, "month": month, "kind": of_kind}[by]
        for name in COUNTERS:
            totals[key][name] += counts[name]
    if by == "month":
        for month in range(1, 13):
            totals[date(year, month, 1)]  # noqa: B018  an empty month is a line of its own
    labels = _labels(by, totals)
    return [
        Timeliness(key=key, label=labels[key], **totals[key])
        for key in sorted(totals, key=lambda key: labels[key] if by != "month" else key)
    ]


def _with_refused(found: list[Line], year: int, kind: str) -> list[Line]:
    """Add to what was reported the decisions that were refused and are no record yet: each once, by the month of its first arrival."""
    refused = _refused(year, kind)
    answer = []
    for department, of_kind, month, counts in found:
        open_rows = refused.pop((department, of_kind, month), 0)
        answer.append((department, of_kind, month, counts | {"reported": counts["reported"] + open_rows}))
    nothing = dict.fromkeys(COUNTERS, 0)
    return answer + [(*key, nothing | {"reported": count}) for key, count in refused.items()]


def _refused(year: int, kind: str) -> dict[tuple[int, str, date], int]:
    """Decisions that were reported, refused and not mended, by department, kind and month of arrival."""
    rows = RefusedRow.objects.filter(first_at__year=year).filter(kind__in=list(kinds.TIMED))
    if kind:
        rows = rows.filter(kind=kind)
    counted = rows.annotate(month=TruncMonth("first_at")).values("department_id", "kind", "month")
    return {
        (row["department_id"], row["kind"], row["month"].date()): row["n"]
        for row in counted.annotate(n=Count("pk")).order_by()
    }


def total(lines: list[Timeliness]) -> Timeliness:
    """The sum of lines."""
    sums = {name: sum(getattr(line, name) for line in lines) for name in COUNTERS}
    return Timeliness(key=None, label="合计", **sums)


def _labels(by: str, totals: dict[Any, dict[str, int]]) -> dict[Any, str]:
    if by == "department":
        names = dict(Department.objects.filter(pk__in=list(totals)).values_list("pk", "name"))
        return {key: names.get(key, str(key)) for key in totals}
    if by == "month":
        return {key: f"{key.year}年{key.month}月" for key in totals}
    return {key: kinds.label(key) for key in totals}
