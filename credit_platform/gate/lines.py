"""What every reader of tables gives: sheets of numbered lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Cells = Sequence[object]
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What a spreadsheet shows where a formula failed."""
NO_RESULT = "\ufdd1"
"""A formula that was never calculated; Unicode promises that no text holds this sign."""
FAULTS = ERRORS | {NO_RESULT}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: `number` counts from 1 as the spreadsheet shows it; the cells begin with column A.

    `faults`: index of a cell → one of FAULTS, where there is no value to be had; the cell itself is blank then.
    """

    number: int
    cells: Cells
    faults: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, those of its rows that hold something in order; `name` is "" for files without sheets. `since_1904`: plain numbers
    that are meant as days count from 1904, as old programs of Apple's did."""

    name: str
    lines: Iterator[Line]
    since_1904: bool = False


def is_blank(cells: Cells) -> bool:
    """Whether a row holds nothing at all."""
    return all(cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def column_letters(index: int) -> str:
    """0 → A, 27 → AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
