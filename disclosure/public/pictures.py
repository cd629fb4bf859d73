"""The drawings of the public site: numbers in, plain values for a template or a chart out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.public.pages import YearLine
from disclosure.queries.timeliness import Timeliness

WIDTH, HEIGHT, FOOT = 40, 56, 18
"""Of one year's column and of the bars, in units of the drawing."""
MOST_DEPARTMENTS = 15


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle of the drawing; `tone` names its colour in the sheet."""

    x: float
    y: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Column:
    """One year: its bars from the bottom up, and the same in words."""

    label: str
    words: str
    middle: float
    number_y: float
    number: int
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Years:
    """The drawing of a subject's years."""

    columns: list[Column]
    width: int
    height: int
    words: str


def years(lines: Sequence[YearLine]) -> Years | None:
    """A column for each year; None for fewer than two years, where a drawing says nothing."""
    if len(lines) < 2:
        return None
    most = max(line.total for line in lines)
    columns = [_column(place, line, most) for place, line in enumerate(lines)]
    words = "；".join(column.words for column in columns if column.number)
    return Years(columns, len(columns) * WIDTH, HEIGHT + FOOT + 16, words)


def _column(place: int, line: YearLine, most: int) -> Column:
    named = [
        ("行政许可", "permit", line.permits),
        ("行政处罚", "penalty", line.penalties),
        ("其他", "other", line.others),
    ]
    bars, bottom = [], float(HEIGHT + 14)
    for _, tone, number in named:
        if number:
            height = round(max(3.0, HEIGHT * number / most), 1)
            bottom = round(bottom - height, 1)
            bars.append(Bar(place * WIDTH + 9, bottom, height, tone))
    told = "，".join(f"{label}{number}条" for label, _, number in named if number) or "没有"
    middle = place * WIDTH + WIDTH / 2
    return Column(str(line.year), f"{line.year}年{told}", middle, bottom - 4, line.total, bars)


def months_chart(months: Sequence[Timeliness]) -> dict[str, Any]:
    """Bars of what was reported in time and late, month by month."""
    return {
        "legend": {"data": ["按时报送", "迟报"]},
        "xAxis": {"type": "category", "data": [f"{month.key.month}月" for month in months]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": _stacked(months),
    }


def departments_chart(departments: Sequence[Timeliness]) -> dict[str, Any]:
    """The departments that reported most, the largest on top, in time and late."""
    largest = sorted(departments, key=lambda line: line.reported, reverse=True)[:MOST_DEPARTMENTS][::-1]
    return {
        "legend": {"data": ["按时报送", "迟报"]},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": [short_name(line.label) for line in largest]},
        "series": _stacked(largest),
    }


def short_name(name: str) -> str:
    """The name of an organ of the city without the city in front."""
    return name.removeprefix("哈尔滨市") or name


def _stacked(lines: Sequence[Timeliness]) -> list[dict[str, Any]]:
    shared = {"type": "bar", "stack": "all", "barMaxWidth": 28}
    return [
        {"name": "按时报送", **shared, "data": [line.reported - line.late for line in lines]},
        {"name": "迟报", **shared, "data": [line.late for line in lines]},
    ]
