"""Timeliness statistics: reported, compliance and lateness by month, district and department, pictures with their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts.models import Department
from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import Cell, Figures, asked_year, months_chart, ranking_chart
from disclosure.kinds import TIMED, list_address
from disclosure.models.tallies import TallyView
from disclosure.public.filters import FIRST_YEAR
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
PARTS = {"按时报送": lambda line: line.reported - line.late, "迟报": lambda line: line.late}
HEADERS = ["月份", "上报数", "合规率", "迟报数", "迟报率"]
MAIN_KINDS = ("permit", "penalty")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address chooses. A value that nobody offers falls back to the first."""

    year: int
    kind: str
    view: str


@dataclass(frozen=True, slots=True)
class Row:
    """One department's line, with the lists that show what it decided."""

    figures: Timeliness
    lists: list[tuple[str, str]]


@require_safe
def timeliness_page(request: HttpRequest) -> HttpResponseBase:
    """One year's figures; `year`, `kind` and `view` choose, `export=csv|xlsx` gives the departments' table."""
    asked = _asked(request)
    departments = timeliness(asked.year, by="department", view=asked.view, kind=asked.kind)
    if export := request.GET.get("export", ""):
        return export_response(export, [*departments, total(departments)], COLUMNS, f"{asked.year}年公示及时性统计")
    return render(request, "disclosure/public/statistics.html", _choices(asked) | _figures(asked, departments))


def _choices(asked: Asked) -> dict[str, Any]:
    return {
        "year": asked.year,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "kind": asked.kind,
        "kinds": TIMED,
        "kind_label": TIMED.get(asked.kind, ""),
        "view": asked.view,
        "views": TallyView.choices,
    }


def _figures(asked: Asked, departments: list[Timeliness]) -> dict[str, Any]:
    months = timeliness(asked.year, by="month", view=asked.view, kind=asked.kind)
    authorities = Department.objects.only("code", "district").in_bulk([line.key for line in departments])
    districts, city = _by_district(departments, authorities)
    departments = sorted(departments, key=lambda line: _rank(authorities.get(line.key)))
    return {
        "departments": [Row(line, _lists(authorities, line, asked)) for line in departments],
        "total": total(departments),
        "months_chart": months_chart(months, PARTS),
        "month_headers": HEADERS,
        "month_rows": [(m.label, m.reported, m.compliance_rate, m.late, m.late_rate) for m in months],
        "departments_chart": ranking_chart(departments, PARTS, size=lambda line: line.reported),
        "districts": districts,
        "city_reported": city,
        "by_kind": [] if asked.kind else [_kind(line) for line in _by_kind(asked)],
    }


def _by_kind(asked: Asked) -> list[Timeliness]:
    """The kinds in the order of the site's menu; what has no list comes last."""
    order = {kind: place for place, kind in enumerate(TIMED)}
    lines = timeliness(asked.year, by="kind", view=asked.view)
    return sorted(lines, key=lambda line: order.get(line.key, len(order)))


def _kind(line: Timeliness) -> Figures:
    cells = (Cell("上报数", line.reported), Cell("合规率", line.compliance_rate), Cell("迟报率", line.late_rate))
    return Figures(line.label, cells)


def _rank(authority: Department | None) -> tuple[bool, str]:
    """Departments of the city first, then those of the districts, each by code."""
    return (bool(authority and authority.district), authority.code if authority else "")


def _by_district(lines: Sequence[Timeliness], authorities: dict[int, Department]) -> tuple[dict[str, int], int]:
    """What was reported by the departments of each district, and by those of the city itself."""
    sums: Counter[str] = Counter()
    for line in lines:
        authority = authorities.get(line.key)
        sums[authority.district if authority else ""] += line.reported
    city = sums.pop("", 0)
    return dict(sums), city


def _lists(authorities: dict[int, Department], line: Timeliness, asked: Asked) -> list[tuple[str, str]]:
    authority = authorities.get(line.key)
    if authority is None:
        return []
    kinds = (asked.kind,) if asked.kind else MAIN_KINDS
    query = urlencode(
        {"authority": authority.code} | ({"year": asked.year} if asked.view == TallyView.BY_DECISION else {})
    )
    return [(TIMED[kind].removeprefix("行政"), f"{list_address(kind)}?{query}") for kind in kinds]


def _asked(request: HttpRequest) -> Asked:
    year, kind, view = (request.GET.get(name, "") for name in ("year", "kind", "view"))
    return Asked(
        year=asked_year(year, first=FIRST_YEAR, this_year=timezone.localdate().year),
        kind=kind if kind in TIMED else "",
        view=view if view in TallyView.values else TallyView.BY_ARRIVAL.value,
    )
