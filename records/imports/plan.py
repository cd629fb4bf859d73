"""Which column of which sheet is which field: by the words of the header, then by what the department mapped by hand before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from records.imports.lines import Cells, Line, Sheet, column_letters
from records.imports.table import Table
from records.standards import headers
from records.standards.declaration import Standard
from records.standards.headers import UnmatchedHeader

SKIPPED_HEADERS = frozenset({"退回原因", "错误原因", "原因", "校验结果", "序号", "行号", "原行号", "原工作表"})
"""Columns of our own workbook of bad rows and of everybody's running numbers: left out without a word."""


@dataclass(slots=True, kw_only=True)
class SheetPlan:
    """How one sheet is read. `columns`: index of the cell → field code; `open` headers that nobody has explained yet."""

    sheet: str
    data_from: int = 0
    columns: dict[int, str] = field(default_factory=dict)
    open: tuple[UnmatchedHeader, ...] = ()
    missing: tuple[str, ...] = ()
    duplicates: tuple[tuple[int, str], ...] = ()
    width: int = 0

    def raw(self, cells: Cells) -> dict[str, object]:
        """A data row as field code → cell."""
        length = len(cells)
        return {code: cells[index] for index, code in self.columns.items() if index < length}

    def letters(self) -> dict[str, str]:
        """Field code → column letters as the spreadsheet shows them."""
        return {code: column_letters(index) for index, code in self.columns.items()}


@dataclass(slots=True)
class Plan:
    """How a whole file is read; `skipped` sheets have no header of this standard; `other` is a standard that fits better."""

    sheets: list[SheetPlan] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    other: str = ""

    @property
    def open(self) -> list[tuple[str, UnmatchedHeader]]:
        """Unexplained headers of all sheets."""
        return [(sheet.sheet, header) for sheet in self.sheets for header in sheet.open]

    @property
    def missing(self) -> list[str]:
        """Labels of required fields that some sheet has no column for."""
        return list(dict.fromkeys(label for sheet in self.sheets for label in sheet.missing))


def make(
    table: Table, standard: Standard, remembered: Mapping[str, str], *, least: int = headers.LEAST_COLUMNS
) -> Plan:
    """Look at the first rows of every sheet. `remembered`: normal header → field code, "" = leave the column out; `least`: how many
    columns must be known to make a row the header."""
    plan = Plan()
    for sheet in table.heads(headers.SEARCHED_ROWS):
        rows = [line.cells for line in sheet.lines]
        found = headers.find_header_row(rows, standard, least=least)
        if found is None:
            plan.skipped.append(sheet.name)
            plan.other = plan.other or _other(rows, standard)
            continue
        plan.sheets.append(_of_sheet(sheet, found, rows[found.row], standard, remembered))
    _leave_out_helpers(plan)
    return plan


def _leave_out_helpers(plan: Plan) -> None:
    """Sheets of code tables and instructions carry some field names too: a table of data knows at least half as many as the best."""
    best = max((len(each.columns) for each in plan.sheets), default=0)
    helpers = [each for each in plan.sheets if len(each.columns) * 2 < best]
    plan.sheets = [each for each in plan.sheets if each not in helpers]
    plan.skipped += [each.sheet for each in helpers]


def lines_of(table: Table, plan: Plan) -> Iterator[tuple[SheetPlan, Line]]:
    """The data rows of the planned sheets in order, without blank ones; the same every time it is called."""
    wanted = {each.sheet: each for each in plan.sheets}
    for sheet in table.sheets(list(wanted)):
        each = wanted[sheet.name]
        for line in sheet.lines:
            if line.number > each.data_from:
                yield each, line


def header_key(text: str) -> str:
    """A header as it is remembered: without blanks, at most 200 characters."""
    return "".join(text.split())[:200]


def _of_sheet(
    sheet: Sheet, found: headers.HeaderFound, cells: Cells, standard: Standard, remembered: Mapping[str, str]
) -> SheetPlan:
    columns = dict(found.match.columns)
    taken = set(columns.values())
    unexplained: list[UnmatchedHeader] = []
    for header in found.match.unmatched:
        key = header_key(header.text)
        code = remembered.get(key)
        if code and standard.has(code) and code not in taken:
            columns[header.column] = code
            taken.add(code)
        elif code is None and key not in SKIPPED_HEADERS:
            unexplained.append(header)
    missing = tuple(each.label for each in found.match.missing if each.code not in taken)
    return SheetPlan(
        sheet=sheet.name,
        data_from=found.data_from,
        columns=columns,
        open=tuple(unexplained),
        missing=missing,
        duplicates=found.match.duplicates,
        width=_width(cells),
    )


def _width(cells: Cells) -> int:
    filled = [index for index, cell in enumerate(cells) if cell not in (None, "")]
    return max(filled, default=-1) + 1


def _other(rows: Sequence[Cells], standard: Standard) -> str:
    best = headers.detect(rows)
    return best[0].standard.name if best and best[0].standard.code != standard.code and best[0].score > 0.5 else ""
