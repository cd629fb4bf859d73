"""The drawings of the public site: numbers in, plain values for a template or a chart out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.public.pages import YearLine

WIDTH, HEIGHT, FOOT = 40, 56, 18
"""Of one year's column and of the bars, in units of the drawing."""


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
