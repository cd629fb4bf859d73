"""Statistics of objections: each figure leads to the list of as many."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import Cell, Figures, asked_year, ranking_chart
from credit_platform.web.parameters import require_known
from objections.queries.statistics import COUNTED, Line, year_of
from objections.rules.procedure import OBJECTION

FIRST_YEAR = 2020
HEADS = [each.label for each in COUNTED.values()]
COLUMNS = [
    Column("单位", "label", 34),
    *(Column(f"{each.label}（件）", name, 14) for name, each in COUNTED.items()),
    Column("异议成立率", "right_rate", 14),
]
PARTS = {"异议成立": lambda line: line.right, "其他": lambda line: line.filed - line.right}


@require_safe
@login_required
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures of one year, of one's department or of the city; `export=csv|xlsx` gives the departments' table."""
    user = staff_of(request, "objections.view")
    today = timezone.localdate()
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=today.year)
    found = year_of(year, Case.objects.of(OBJECTION).visible_to(user))
    if export := request.GET.get("export", ""):
        require_known(request.GET, ("year", "export"))
        policy.require(user, "exports.make")
        return export_response(export, [*found.by_department, found.total], COLUMNS, f"{year}年异议统计")
    context = {
        "found": found,
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "tables": [
            (title, [_linked(line, year) for line in lines])
            for title, lines in (("单位", found.by_department), ("异议事项", found.by_field))
        ],
        "chart": ranking_chart(found.by_department, PARTS, size=lambda line: line.filed),
        "headers": ["单位", *HEADS],
        "rows": [(line.label, line.filed, line.answered, line.right, line.silent) for line in found.by_department],
    }
    return render(request, "objections/statistics.html", context)


def _linked(line: Line, year: int) -> Figures:
    cells = [_cell(line, name, year) for name in COUNTED]
    return Figures(line.label, [*cells, Cell("异议成立率", line.right_rate)])


def _cell(line: Line, name: str, year: int) -> Cell:
    head, figure = COUNTED[name].label, getattr(line, name)
    query = {"scope": "all", "year": str(year), "counted": name} | line.narrows
    address = f"{reverse('objection:cases')}?{urlencode(query)}" if figure else ""
    return Cell(head, figure, address, f"件：{line.label}{head}的异议")
