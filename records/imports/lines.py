"""What every reader of tables gives: sheets of numbered lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: `number` counts from 1 as the spreadsheet shows it; the cells begin with column A."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, its rows in order without gaps; `name` is "" for files without sheets."""

    name: str
    lines: Iterator[Line]
