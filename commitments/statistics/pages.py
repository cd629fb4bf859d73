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
from commitments.statistics.charts import months_chart, ranking_chart
from commitments.statistics.queries import Line, Year
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Role
from credit_platform.accounts.queries import own_department_ids
from credit_platform.web.export import Column, export_response
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
GROUPS = (
    ("by_type", "承诺类型", "type"),
    ("by_department", "受理单位", "department"),
    ("by_district", "区县", "district"),
)


@require_safe
def public_statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures of one year; `export=csv|xlsx` gives the departments' table."""
    year = asked_year(request)
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
    year, on = asked_year(request), timezone.localdate()
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


def asked_year(request: HttpRequest) -> int:
    """The year of the address; what nobody offers falls back to this year."""
    year, this_year = request.GET.get("year", ""), timezone.localdate().year
    known = len(year) == 4 and year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= this_year
    return int(year) if known else this_year


def shown(found: Year, address: str) -> dict[str, Any]:
    """What the templates draw: tables whose figures lead to the list at `address`, and the charts beside them."""
    return {
        "found": found,
        "breached": f"{found.breaches:,} 份已决定违诺",
        "year": found.year,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "months_chart": months_chart(found.by_month),
        "headers": ["月份", *HEADERS],
        "month_rows": [_cells(line) for line in found.by_month],
        "month_links": [_linked(line, address, "month", found.year) for line in found.by_month if line.made],
        "departments_chart": ranking_chart(found.by_department),
        "types_chart": ranking_chart(found.by_type),
        "districts": {line.key: line.made for line in found.by_district if line.key},
        "tables": [
            (title, [_linked(line, address, name, found.year) for line in getattr(found, group)])
            for group, title, name in GROUPS
        ],
    }


def _cells(line: Line) -> tuple[object, ...]:
    return (line.label, line.made, line.settled, line.fulfilled, line.unfulfilled, line.fulfilled_rate)


def _linked(line: Line, address: str, name: str, year: int) -> dict[str, Any]:
    """A line with the addresses of its letters, and of those that were not kept."""
    query = {name: line.key} if line.key else {}
    if name != "month":
        query["year"] = str(year)
    every = f"{address}?{urlencode(query)}"
    return {"line": line, "url": every, "unfulfilled_url": f"{every}&fulfilment={Fulfilment.UNFULFILLED}"}
