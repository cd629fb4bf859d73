"""What the pages of statistics draw: tables and a chart of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from credit_platform.web.export import Column
from credit_platform.web.figures import Cell, Figures, months_chart
from supervision.complaints.queries.figures import Line, Year

FIRST_YEAR = 2020
"""Complaints were brought together by the end of November 2020 (哈政办规〔2020〕12号 no. 12)."""
COLUMNS = [
    Column("类别", "label", 30),
    Column("办结投诉（件）", lambda line: line.tally.n, 16),
    Column("达成和解（件）", lambda line: line.tally.agreed, 16),
    Column("成功率（按计入件数）", lambda line: line.tally.success_shown, 24),
    Column("诉转案（件）", lambda line: line.tally.cases, 14),
    Column("诉转案占比", lambda line: line.tally.case_rate, 14),
]
HEADERS = ["办结投诉", "达成和解", "成功率", "诉转案"]


def _figures(line: Line) -> tuple[int | str, ...]:
    tally = line.tally
    return tally.n, tally.agreed, tally.success_shown, f"{tally.cases}（{tally.case_rate}）"


def shown(found: Year, on: date) -> dict[str, Any]:
    """The context of a page of statistics."""
    parts = {
        "达成和解": lambda line: line.tally.agreed,
        "其他结果": lambda line: line.tally.n - line.tally.agreed,
    }
    return {
        "found": found,
        "year": found.year,
        "years": range(on.year, FIRST_YEAR - 1, -1),
        "headers": ["月份", *HEADERS],
        "month_rows": [(line.label, *_figures(line)) for line in found.months],
        "months_chart": months_chart(found.months, parts),
        "tables": [(title, [_line(each) for each in lines]) for title, lines in found.parts],
    }


def _line(line: Line) -> Figures:
    return Figures(line.label, [Cell(head, value) for head, value in zip(HEADERS, _figures(line), strict=True)])
