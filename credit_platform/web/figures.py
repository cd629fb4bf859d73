"""Figures of a year: which year is asked for, shares in words, stacked bars by month and by rank, cells that lead to their list. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol, TypeVar

NOTHING = "—"
MOST = 15
"""Lines of a ranking; its table has them all."""
CITY = "哈尔滨市"
BAR = {"type": "bar", "stack": "all", "barMaxWidth": 28}


class Labelled(Protocol):
    """A line of a statistic."""

    @property
    def label(self) -> str: ...


L = TypeVar("L", bound=Labelled)
Parts = Mapping[str, Callable[[L], int]]
"""What a bar is made of, from the bottom up: the word of the legend → its number of a line."""


def asked_year(given: str, *, first: int, this_year: int) -> int:
    """The year of an address; what nobody offers falls back to this year."""
    known = len(given) == 4 and given.isascii() and given.isdigit() and first <= int(given) <= this_year
    return int(given) if known else this_year


def rate(part: int, whole: int, *, decimals: int = 2) -> str:
    """A share as a percentage, half up; “—” when there is nothing to divide by, never 100 %."""
    if not whole:
        return NOTHING
    exact = Decimal(part) * 100 / Decimal(whole)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)}%"


def short_name(name: str) -> str:
    """The name of a body of the city without the city in front."""
    return name.removeprefix(CITY) or name


def months_chart(lines: Sequence[L], parts: Parts[L]) -> dict[str, Any]:
    """A bar a month, in the order of the lines."""
    months = {"type": "category", "data": [line.label for line in lines]}
    return _chart(lines, parts) | {"xAxis": months, "yAxis": _numbers()}


def ranking_chart(lines: Sequence[L], parts: Parts[L], *, size: Callable[[L], int]) -> dict[str, Any]:
    """The largest lines by `size`, the first one on top."""
    largest = sorted(lines, key=size, reverse=True)[:MOST][::-1]
    names = {"type": "category", "data": [short_name(line.label) for line in largest]}
    return _chart(largest, parts) | {"xAxis": _numbers(), "yAxis": names}


def _numbers() -> dict[str, Any]:
    return {"type": "value", "minInterval": 1}


def _chart(lines: Sequence[L], parts: Parts[L]) -> dict[str, Any]:
    series = [{"name": name, **BAR, "data": [number(line) for line in lines]} for name, number in parts.items()]
    return {"legend": {"data": list(parts)}, "series": series}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table under its head; `url` leads to a list of as many, `words` say to whoever hears the link what it counts."""

    head: str
    value: int | str
    url: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of a table: for `kit/figures_table.html`."""

    label: str
    cells: Sequence[Cell]
    is_total: bool = False
