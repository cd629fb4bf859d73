"""Where reports were used: each figure leads to the list of as many."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import Cell, Figures, asked_year, months_chart
from credit_platform.web.parameters import require_known
from reports.queries.issued import reports_for
from reports.queries.statistics import WAYS, Line, year_of

FIRST_YEAR = 2020
COLUMNS = [
    Column("应用单位", "label", 34),
    *(Column(f"{label}（份）", channel.value, 14) for channel, label in WAYS.items()),
    Column("合计（份）", "issued", 14),
]
PARTS = {label: lambda line, channel=channel: line.of(channel) for channel, label in WAYS.items()}


@require_safe
@login_required
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures of one year, of one's department or of the city; `export=csv|xlsx` gives the departments' table."""
    user = staff_of(request, "reports.view")
    today = timezone.localdate()
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=today.year)
    found = year_of(year, reports_for(user))
    if export := request.GET.get("export", ""):
        require_known(request.GET, ("year", "export"))
        policy.require(user, "exports.make")
        return export_response(export, [*found.by_department, found.total], COLUMNS, f"{year}年信用报告应用统计")
    tables = (("用途", found.by_purpose), ("应用单位", found.by_department), ("月份", found.by_month))
    context = {
        "found": found,
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "tables": [(title, [_linked(line, year) for line in lines]) for title, lines in tables],
        "chart": months_chart(found.by_month, PARTS),
        "headers": ["月份", *WAYS.values()],
        "rows": [(line.label, *(line.of(channel) for channel in WAYS)) for line in found.by_month],
    }
    return render(request, "reports/statistics.html", context)


def _linked(line: Line, year: int) -> Figures:
    days = {"since": f"{year}-01-01", "until": f"{year}-12-31"} | line.narrows
    address = reverse("reports:list")
    cells = [
        Cell(
            label,
            line.of(channel),
            f"{address}?{urlencode(days | {'channel': channel.value})}" if line.of(channel) else "",
            f"份：{line.label}{label}的报告",
        )
        for channel, label in WAYS.items()
    ]
    cells.append(
        Cell("合计", line.issued, f"{address}?{urlencode(days)}" if line.issued else "", f"份：{line.label}的全部报告")
    )
    return Figures(line.label, cells)
