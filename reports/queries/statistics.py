"""Where reports were used in a year: by purpose, by department, by month, each by the way it was asked for. One grouped query each."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth

from reports.models import Report
from reports.rules.channels import CHANNEL_LABELS, Channel


@dataclass(frozen=True, slots=True)
class Line:
    """The reports of one purpose, department or month; `narrows` are the parameters of the list behind them."""

    label: str
    narrows: dict[str, str]
    public: int
    company: int
    window: int
    desk: int
    consent: int

    @property
    def issued(self) -> int:
        """All of them."""
        return self.public + self.company + self.window + self.desk + self.consent

    def of(self, channel: Channel) -> int:
        """Those of one way."""
        return int(getattr(self, channel.value))


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a year."""

    year: int
    total: Line
    by_purpose: Sequence[Line]
    by_department: Sequence[Line]
    by_month: Sequence[Line]


WAYS = {channel: CHANNEL_LABELS[channel] for channel in Channel}
FIGURES = {channel.value: Count("pk", filter=Q(channel=channel.value)) for channel in Channel}


def year_of(year: int, rows: QuerySet[Report]) -> Year:
    """The figures of these reports that were issued in a year; what the public asked for has no department and is in no line of one."""
    rows = rows.filter(as_of__year=year).order_by()
    purposes = rows.values("purpose_id", "purpose__name").annotate(**FIGURES)
    departments = rows.filter(department__isnull=False).values("department_id", "department__name").annotate(**FIGURES)
    months = {
        row["month"]: row for row in rows.annotate(month=ExtractMonth("as_of")).values("month").annotate(**FIGURES)
    }
    return Year(
        year,
        _line("合计", {}, rows.aggregate(**FIGURES)),
        _sorted(_line(row["purpose__name"], {"purpose": str(row["purpose_id"])}, row) for row in purposes),
        _sorted(_line(row["department__name"], {"department": str(row["department_id"])}, row) for row in departments),
        [_line(f"{month}月", _days(year, month), months.get(month, {})) for month in range(1, 13)],
    )


def _line(label: str, narrows: dict[str, str], row: Mapping[str, Any]) -> Line:
    return Line(label, narrows, *(row.get(channel.value, 0) for channel in Channel))


def _days(year: int, month: int) -> dict[str, str]:
    return {
        "since": date(year, month, 1).isoformat(),
        "until": date(year, month, monthrange(year, month)[1]).isoformat(),
    }


def _sorted(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.issued, line.label))
