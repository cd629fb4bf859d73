"""Statistics of commitments, for the public and for the desk: the same figures, another list behind each of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.rules.states import Fulfilment
from commitments.statistics import queries as statistics
from commitments.statistics.queries import Line, Year
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Role
from credit_platform.accounts.queries import own_department_ids
from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import Cell, Figures, asked_year, months_chart, ranking_chart
from credit_platform.web.parameters import require_known

FIRST_YEAR = 2020
"""The first list of matters is of October 2020 (哈政办规〔2020〕12号 no. 1)."""
COLUMNS = [
    Column("受理单位", "label", 34),
    Column("承诺书（份）", "made", 14),
    Column("已认定履约（份）", "settled", 14),
    Column("全部履行（份）", "fulfilled", 16),
    Column("未履行（份）", "unfulfilled", 14),
    Column("全部履行率", "fulfilled_rate", 14),
]
HEADERS = ["承诺书", "已认定", "全部履行", "未履行", "全部履行率"]
PARTS = {
    "全部履行": lambda line: line.fulfilled,
    "其他状态": lambda line: line.made - line.fulfilled - line.unfulfilled,
    "未履行": lambda line: line.unfulfilled,
}
GROUPS = (
    ("by_type", "承诺类型", "type"),
    ("by_department", "受理单位", "department"),
    ("by_district", "区县", "district"),
)


@require_safe
def public_statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures of one year; `export=csv|xlsx` gives the departments' table."""
    year = _year(request)
    found = statistics.public_figures(year, timezone.localdate())
    if export := asked_export(request):
        return export_response(export, [*found.by_department, found.total], COLUMNS, f"{year}年信用承诺统计")
    context = shown(found, reverse("commitments-public:letters")) | {"share": statistics.share()}
    return render(request, "commitments/statistics/public.html", context)


@require_safe
@login_required
def desk_statistics(request: HttpRequest) -> HttpResponseBase:
    """The same for the department's own letters; the credit office sees the whole city."""
    user = staff_of(request, "commitments.view")
    year, on = _year(request), timezone.localdate()
    city = Role.CREDIT_OFFICE in user.roles
    own = None if city else own_department_ids(user.department_id, on) if user.department_id else []
    found = statistics.figures(year, on, own)
    if export := asked_export(request):
        policy.require(user, "exports.make")
        return export_response(export, [*found.by_department, found.total], COLUMNS, f"{year}年信用承诺统计")
    context = shown(found, reverse("commitments:letters")) | {
        "share": statistics.share() if city else None,
        "overdue_url": f"{reverse('commitments:reviews')}?scope=late",
    }
    return render(request, "commitments/statistics/desk.html", context)


def asked_export(request: HttpRequest) -> str:
    """The form of the file that was asked for, "" for the page. BadRequest for a file with an unknown parameter."""
    export = request.GET.get("export", "")
    if export:
        require_known(request.GET, ("year", "export"))
    return export


def _year(request: HttpRequest) -> int:
    return asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=timezone.localdate().year)


def shown(found: Year, address: str) -> dict[str, Any]:
    """What the templates draw: tables whose figures lead to the list at `address`, and the charts beside them."""
    return {
        "found": found,
        "breached": f"{found.breaches:,} 份已决定违诺",
        "year": found.year,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "months_chart": months_chart(found.by_month, PARTS),
        "headers": ["月份", *HEADERS],
        "month_rows": [(line.label, *_figures(line)) for line in found.by_month],
        "month_links": [
            (line.label, _address(line, address, "month", found.year)) for line in found.by_month if line.made
        ],
        "departments_chart": ranking_chart(found.by_department, PARTS, size=_made),
        "types_chart": ranking_chart(found.by_type, PARTS, size=_made),
        "districts": {line.key: line.made for line in found.by_district if line.key},
        "tables": [
            (title, [_linked(line, address, name, found.year) for line in getattr(found, group)])
            for group, title, name in GROUPS
        ],
    }


def _made(line: Line) -> int:
    return line.made


def _figures(line: Line) -> tuple[int | str, ...]:
    return line.made, line.settled, line.fulfilled, line.unfulfilled, line.fulfilled_rate


def _address(line: Line, address: str, name: str, year: int) -> str:
    """The list of a line's letters."""
    query = {name: line.key} if line.key else {}
    return f"{address}?{urlencode(query if name == 'month' else query | {'year': str(year)})}"


def _linked(line: Line, address: str, name: str, year: int) -> Figures:
    """A line whose figures lead to its letters, and to those that were not kept."""
    every = _address(line, address, name, year)
    links = {
        "承诺书": (every, f"份：{line.label}的承诺书"),
        "未履行": (f"{every}&fulfilment={Fulfilment.UNFULFILLED}", f"份：{line.label}未履行的承诺书"),
    }
    cells = [
        Cell(head, figure, *(links.get(head, ()) if line.key and figure else ()))
        for head, figure in zip(HEADERS, _figures(line), strict=True)
    ]
    return Figures(line.label, cells)
