"""Which column of which sheet is which field: by the words of the header, then by what the department mapped by hand before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from credit_platform.gate.lines import Cells, Line, Sheet, column_letters
from credit_platform.gate.table import Table
from records.identifiers.personal import removed
from records.imports.reading.epochs import day_fields, since_1900
from records.standards import headers, units
from records.standards.declaration import Standard
from records.standards.headers import HeaderMatch, UnmatchedHeader

_PLAINLY = 0.6
"""A header row that fits a standard so well (0 to 1) is its own."""
SKIPPED_HEADERS = frozenset({"退回原因", "错误原因", "原因", "校验结果", "序号", "行号", "原行号", "原工作表"})
"""Columns of our own workbook of bad rows and of everybody's running numbers: left out without a word."""


class UnitFrom(StrEnum):
    """Where the unit of a column of amounts is known from."""

    HEADER = "header"
    NOTE = "note"
    ANSWER = "answer"
    STANDARD = "standard"
    NOWHERE = ""


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """A column of amounts: its field, its header, and its unit ("" while nobody has said it)."""

    code: str
    header: str
    unit: str
    source: UnitFrom


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
    amounts: tuple[AmountColumn, ...] = ()
    factors: dict[str, Decimal] = field(default_factory=dict)
    since_1904: frozenset[str] = frozenset()
    """The date fields whose plain numbers count days from 1904."""

    def raw(self, cells: Cells) -> dict[str, object]:
        """A data row as field code → cell; amounts in the unit of their field."""
        length = len(cells)
        found = {code: cells[index] for index, code in self.columns.items() if index < length}
        for code in self.since_1904:
            if code in found:
                found[code] = since_1900(found[code])
        for code, factor in self.factors.items():
            if code in found:
                found[code] = units.scaled(found[code], factor)
        return found

    @property
    def shown(self) -> str:
        """The name of the sheet as it is kept and told."""
        return removed(self.sheet)

    def letters(self) -> dict[str, str]:
        """Field code → column letters as the spreadsheet shows them."""
        return {code: column_letters(index) for index, code in self.columns.items()}


@dataclass(slots=True)
class Plan:
    """How a whole file is read; `skipped` sheets have no header of this standard; `other` is a standard that fits better."""

    sheets: list[SheetPlan] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    other: Standard | None = None

    @property
    def open(self) -> list[tuple[str, UnmatchedHeader]]:
        """Unexplained headers of all sheets."""
        return [(sheet.sheet, header) for sheet in self.sheets for header in sheet.open]

    @property
    def without_unit(self) -> list[tuple[str, AmountColumn]]:
        """Columns of amounts of which nobody has said whether they are in 元 or in 万元."""
        return [(sheet.sheet, each) for sheet in self.sheets for each in sheet.amounts if not each.unit]

    @property
    def missing(self) -> list[str]:
        """Labels of required fields that some sheet has no column for."""
        return list(dict.fromkeys(label for sheet in self.sheets for label in sheet.missing))


@dataclass(frozen=True, slots=True)
class Known:
    """What people have said before: `fields` normal header → field code, "" = leave the column out; `units` normal header → 元 or 万元,
    under EVERY for the whole file."""

    fields: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


EVERY = "*"


def make(table: Table, standard: Standard, known: Known, *, least: int = headers.LEAST_COLUMNS) -> Plan:
    """Look at the first rows of every sheet. `known`: what was explained before; `least`: how many columns must be known to make a row
    the header."""
    plan = Plan()
    for sheet in table.heads(headers.SEARCHED_ROWS):
        rows = [line.cells for line in sheet.lines]
        found = headers.find_header_row(rows, standard, least=least)
        if found is None:
            plan.skipped.append(sheet.name)
            plan.other = plan.other or _other(rows, standard, None)
            continue
        planned = _of_sheet(sheet, found, rows[found.row], standard, known.fields)
        _settle_units(planned, rows[: found.data_from], found.row, standard, known.units)
        plan.sheets.append(planned)
        if planned.missing:
            plan.other = plan.other or _other(rows, standard, found.match)
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
    """A header as it is remembered: without blanks and citizens' numbers (a row of data taken for one), at most 200 characters."""
    return removed("".join(text.split()))[:200]


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
        since_1904=day_fields(columns, standard) if sheet.since_1904 else frozenset(),
    )


def _settle_units(
    sheet: SheetPlan, head: Sequence[Cells], header_row: int, standard: Standard, answered: Mapping[str, str]
) -> None:
    """The unit of every column of amounts: of its header, else of a line above the table, else what somebody said, else of our own
    template, which has the unit of the standard."""
    mark = f"{standard.code}/{standard.version}"
    above = [_texts(row) for row in head[:header_row]]
    ours = any(mark in text for row in above for text in row)
    found = []
    for index, code in sheet.columns.items():
        each = standard.field(code)
        if each.type not in units.AMOUNTS:
            continue
        texts = [str(row[index]) for row in head[header_row:] if index < len(row) and isinstance(row[index], str)]
        header = next(filter(None, texts), each.label)
        said = answered.get(header_key(header)) or answered.get(EVERY, "")
        ways = (
            (next(filter(None, (units.written(text, each) for text in texts)), ""), UnitFrom.HEADER),
            (units.noted(above), UnitFrom.NOTE),
            (said, UnitFrom.ANSWER),
            (units.own_unit(each) if ours else "", UnitFrom.STANDARD),
        )
        unit, source = next((way for way in ways if way[0]), ("", UnitFrom.NOWHERE))
        found.append(AmountColumn(code, header.strip(), unit, source))
        if unit and (factor := units.factor(unit, each)) != 1:
            sheet.factors[code] = factor
    sheet.amounts = tuple(found)


def _texts(row: Cells) -> list[str]:
    return [cell for cell in row if isinstance(cell, str)]


def _width(cells: Cells) -> int:
    filled = [index for index, cell in enumerate(cells) if cell not in (None, "")]
    return max(filled, default=-1) + 1


def _other(rows: Sequence[Cells], standard: Standard, mine: HeaderMatch | None) -> Standard | None:
    """The standard that a sheet plainly follows instead of the chosen one: more of its columns are known there, and fewer are missing."""
    best = headers.detect(rows)
    if not best or best[0].standard.code == standard.code or best[0].score <= _PLAINLY:
        return None
    theirs = best[0].found.match
    if mine is None or (len(theirs.columns) > len(mine.columns) and len(theirs.missing) < len(mine.missing)):
        return best[0].standard
    return None
