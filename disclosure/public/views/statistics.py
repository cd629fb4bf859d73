"""Timeliness statistics: reported, compliance and lateness by month and department, charts with their tables."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.export import Column, export_response
from disclosure.models.tallies import TallyView
from disclosure.public.filters import FIRST_YEAR
from disclosure.public.kinds import KINDS
from disclosure.queries.timeliness import Timeliness, timeliness, total

COLUMNS = [
    Column("部门", "label", 34),
    Column("上报数（条）", "reported", 14),
    Column("合规数（条）", "compliant", 14),
    Column("合规率", "compliance_rate", 12),
    Column("迟报数（条）", "late", 14),
    Column("迟报率", "late_rate", 12),
    Column("及时率", "timely_rate", 12),
]
STATED = {kind: label for kind, label in KINDS.items() if kind != "registration"}


@require_safe
def timeliness_page(request: HttpRequest) -> HttpResponseBase:
    """One year's figures; `year`, `kind` and `view` choose, `export=csv|xlsx` gives the departments' table."""
    this_year = timezone.localdate().year
    year = _year(request.GET.get("year", ""), this_year)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in STATED else ""
    view = (
        request.GET.get("view", "") if request.GET.get("view", "") in TallyView.values else TallyView.BY_ARRIVAL.value
    )
    departments = timeliness(year, by="department", view=view, kind=kind)
    if export := request.GET.get("export", ""):
        return export_response(export, [*departments, total(departments)], COLUMNS, f"{year}年公示及时性统计")
    months = timeliness(year, by="month", view=view, kind=kind)
    context = {
        "year": year,
        "years": range(this_year, FIRST_YEAR - 1, -1),
        "kind": kind,
        "kinds": STATED,
        "view": view,
        "views": TallyView.choices,
        "departments": departments,
        "months": months,
        "by_kind": timeliness(year, by="kind", view=view, kind=kind),
        "total": total(departments),
        "month_chart": month_chart(months),
        "month_headers": ["月份", "上报数", "合规率", "迟报率"],
        "month_rows": [(m.label, m.reported, m.compliance_rate, m.late_rate) for m in months],
        "department_chart": department_chart(departments),
    }
    return render(request, "disclosure/public/statistics.html", context)


def month_chart(months: list[Timeliness]) -> dict[str, Any]:
    """Bars of what was reported and what was late, month by month."""
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"data": ["按时报送", "迟报"]},
        "xAxis": {"type": "category", "data": [f"{month.key.month}月" for month in months]},
        "yAxis": {"type": "value", "name": "条"},
        "series": [
            {
                "name": "按时报送",
                "type": "bar",
                "stack": "all",
                "data": [month.reported - month.late for month in months],
            },
            {"name": "迟报", "type": "bar", "stack": "all", "data": [month.late for month in months]},
        ],
    }


def department_chart(departments: list[Timeliness], most: int = 15) -> dict[str, Any]:
    """The departments that reported most, with the share that came in time."""
    largest = sorted(departments, key=lambda line: line.reported, reverse=True)[:most][::-1]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"data": ["按时报送", "迟报"]},
        "grid": {"left": 160},
        "xAxis": {"type": "value", "name": "条"},
        "yAxis": {"type": "category", "data": [line.label.removeprefix("哈尔滨市") or line.label for line in largest]},
        "series": [
            {
                "name": "按时报送",
                "type": "bar",
                "stack": "all",
                "data": [line.reported - line.late for line in largest],
            },
            {"name": "迟报", "type": "bar", "stack": "all", "data": [line.late for line in largest]},
        ],
    }


def _year(text: str, this_year: int) -> int:
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:4]) <= this_year:
        return int(text[:4])
    return this_year
