"""The sheets of a workbook: small workbooks laid out whole by the parser, large ones read piece by piece (`cutting`).

Both give the same lines: those that hold something, numbered as the spreadsheet numbers them, cells from column A on. Runs in the limited
process.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import ParseError

import python_calamine as calamine

from credit_platform.confined.refusals import refuse
from credit_platform.gate import compound, cutting, guard, hidden
from credit_platform.gate.guard import Checked
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line, Sheet
from credit_platform.gate.package import SHARED, Package, broken
from credit_platform.gate.strings import OddStrings, SharedStrings

MOST_SHEETS = 100
LARGE = 8 * 1024 * 1024
"""From so many bytes of XML (sheets and their table of texts) on a workbook is read piece by piece."""


class Book:
    """An opened workbook; its sheets can be gone through any number of times."""

    def __init__(self, data: bytes, checked: Checked) -> None:
        self._data = data
        self._checked = checked
        self._whole: list[tuple[int, str, Any]] | None = None
        self._faults: dict[int, dict[tuple[int, int], str]] = {}
        self._pieces: _Pieces | None = None

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that hold something, in order; hidden ones are left out. FileRefused when the file cannot be read."""
        if self._pieces is None and self._whole is None:
            self._pieces = _in_pieces(self._data, self._checked)
        if self._pieces is not None:
            yield from self._pieces.sheets()
            return
        if self._whole is None:
            self._faults = compound.faults(compound.workbook(self._data)) if self._checked.kind is Kind.XLS else {}
            self._whole = list(_laid_out(self._data))
        for place, name, sheet in self._whole:
            lines = _numbered(sheet, self._faults.get(place, {}))
            yield Sheet(name, lines, self._checked.since_1904)

    def hidden(self) -> tuple[list[str], dict[str, list[int]]]:
        """The hidden sheets, and the hidden rows of the others."""
        if self._checked.kind is Kind.XLS:
            book = _parsed(io.BytesIO(self._data))
            return _hidden(book), hidden.rows_of_compound(self._data, [meta.name for meta in book.sheets_metadata])
        book = _parsed(Package(self._data).small_workbook({}))
        return _hidden(book), hidden.rows_of_package(self._data, _visible(book))


def _laid_out(data: bytes) -> Iterator[tuple[int, str, Any]]:
    """Place, name and cells of every visible sheet that holds something, in memory as a whole."""
    book = _parsed(io.BytesIO(data))
    places = {meta.name: place for place, meta in enumerate(book.sheets_metadata)}
    for name in _visible(book):
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception as error:  # noqa: BLE001 - a parser of foreign bytes may fail in any way
            raise broken() from error
        if sheet.width > guard.MAX_COLUMNS:
            raise guard.too_many_columns(name)
        if sheet.height > guard.MAX_ROWS:
            raise guard.too_many_rows()
        if sheet.start is not None:
            yield places[name], name, sheet


def _parsed(file: io.BytesIO) -> Any:
    try:
        return calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError as error:
        raise refuse("encrypted", "文件已加密，不能读取。", "请去掉打开密码后重新上传。") from error
    except Exception as error:  # noqa: BLE001
        raise broken() from error


def _visible(book: Any) -> list[str]:
    names = [
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == calamine.SheetVisibleEnum.Visible and meta.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if not names:
        raise refuse("no-sheet", "工作簿里没有可见的数据工作表。", "请取消隐藏后重新上传。")
    if len(names) > MOST_SHEETS:
        raise refuse(
            "sheets",
            f"工作簿有 {len(names)} 个工作表，超过 {MOST_SHEETS} 个。",
            "请只保留数据所在的工作表，或分成几个文件上传。",
        )
    return names


def _hidden(book: Any) -> list[str]:
    return [
        meta.name
        for meta in book.sheets_metadata
        if meta.visible != calamine.SheetVisibleEnum.Visible and meta.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _numbered(sheet: Any, faults: Mapping[tuple[int, int], str]) -> Iterator[Line]:
    """Numbers come as float whatever the format of the file, so that the same check of damaged codes works for xls and xlsx."""
    margin = [""] * sheet.start[1]
    rows = {row for row, _ in faults}
    for number, found in enumerate(sheet.iter_rows(), start=1):
        cells = found
        if int in map(type, cells):
            cells = [float(cell) if type(cell) is int else cell for cell in cells]
        if margin:
            cells = margin + cells
        if number - 1 in rows:
            cells = [faults.get((number - 1, place), cell) for place, cell in enumerate(cells)]
        if cells.count("") < len(cells):
            yield Line(number, cells)


# --- large workbooks


class _Pieces:
    """A large workbook: nothing of it is kept but the table of its texts."""

    def __init__(self, package: Package, names: list[str], parts: dict[str, str], *, since_1904: bool) -> None:
        self._package, self._since_1904 = package, since_1904
        self._sheets = [(name, parts[name]) for name in names]
        self._strings = SharedStrings(package, self._sheets[0])

    def sheets(self) -> Iterator[Sheet]:
        for sheet in self._sheets:
            lines = cutting.lines_of(self._package, sheet, self._strings)
            first = next(lines, None)
            if first is not None:
                yield Sheet(sheet[0], itertools.chain([first], lines), self._since_1904)


def _in_pieces(data: bytes, checked: Checked) -> _Pieces | None:
    """The workbook to be read piece by piece; None when it is small, or put together in a way that cannot be cut."""
    if checked.kind is not Kind.XLSX or not checked.plain:
        return None
    package = Package(data)
    if not checked.closely and sum(map(package.size, {*checked.plain, SHARED})) < LARGE:
        return None
    try:
        parts = package.sheet_parts()
        names = _visible(_parsed(package.small_workbook({})))
        if all(parts.get(name) in checked.plain for name in names):
            return _Pieces(package, names, parts, since_1904=checked.since_1904)
    except (KeyError, StopIteration, ParseError, OddStrings):
        pass  # read whole, which tells what is wrong, if anything is
    return None
