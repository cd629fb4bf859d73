"""A large sheet read piece by piece: its XML is cut between rows, and each piece is given to the parser as a small workbook of its own.

The parser lays out a sheet as a whole, some 2 to 3 kB for a row of 30 columns. A piece has the head, the styles and the settings of its
workbook, so that it is read as it would be among the others; texts of the shared table stand in it as marks (`strings`). What is cut here
has passed the gate and is plain (`guard.Checked.plain`): no comments, no unusual ways of writing a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

from credit_platform.gate import guard
from credit_platform.gate.lines import NO_RESULT, Line, is_blank
from credit_platform.gate.package import Package, broken
from credit_platform.gate.strings import MARK, SharedStrings

PIECE = 1024 * 1024
"""Bytes of XML in a piece: some hundred rows. Larger ones cost memory, smaller ones time for the parts that each needs."""
_LONGEST_ROW = 64 * 1024 * 1024
_OPEN = re.compile(rb"<sheetData(?:\s[^>]*)?>|<sheetData\s*/>")
_END, _ROW = b"</sheetData>", b"<row "
_CLOSED = b"</sheetData></worksheet>"
_NUMBERED = re.compile(rb'<row [^<>]*?\br="([0-9]+)"')
_GAP = 1_000
_NUMBER = re.compile(rb'\sr="([0-9]+)"')
# What Excel, WPS, openpyxl and XlsxWriter write, at one look; then with the attributes in another order.
_SHARED, _MARKED = b' t="s"><v>', b' t="str"><v>' + MARK.encode()
# A cell that holds an error is read as a text; so is a formula that nobody calculated (one with an empty text as its result has a type).
_ERROR = re.compile(rb"""(<c\s[^<>]*?\bt=["'])e(["'])""")
_UNCALCULATED = re.compile(rb"""<c((?:\s[^<>]*)?)>(?:<f[^<>]*/>|<f(?:\s[^<>]*)?>[^<]*</f>)(?:<v></v>|<v\s*/>)?</c>""")
_TYPED = re.compile(rb"""\bt=["'](?:str|s|inlineStr)["']""")
_TYPE = re.compile(rb"""\st=["'][^"'<>]*["']""")
_SHARED_ODDLY = re.compile(rb"""\st=["']s["']([^<>]*)><v>""")


def lines_of(package: Package, sheet: tuple[str, str], strings: SharedStrings) -> Iterator[Line]:
    """The rows of a sheet (name, part) that hold something.

    FileRefused where the XML is damaged, where rows are out of order, and beyond the limits of the gate.
    """
    reached = 0
    for head, xml in _close_together(pieces(package.stream(sheet[1]))):
        before, reached = reached, _last_number(xml, reached)
        found = _read(package, sheet, head + _counted(before), xml)
        if found.start is None:
            continue
        top, left = found.start
        if top < before or top + found.height > reached:
            raise broken()
        if left + found.width > guard.MAX_COLUMNS:
            raise guard.too_many_columns(sheet[0])
        margin = [""] * left
        for number, raw in enumerate(found.to_python(skip_empty_area=True), start=top + 1):
            cells = margin + _values(raw, strings)
            if cells.count("") == len(cells):
                continue
            if number > guard.MAX_ROWS and not is_blank(cells):
                raise guard.too_many_rows()
            yield Line(number, cells)


def pieces(stream: Iterator[bytes], size: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """The XML of a sheet as (head, some whole rows); FileRefused when it ends before its rows do."""
    head, waiting = b"", b""
    for step in stream:
        waiting += step
        if not head:
            found = _OPEN.search(waiting)
            if found is None:
                continue
            head, waiting = waiting[: found.end()], waiting[found.end() :]
            if head.endswith(b"/>"):
                return
        end = waiting.find(_END)
        if end >= 0:
            yield head, waiting[:end]
            return
        border = waiting.rfind(_ROW) if len(waiting) >= (size or PIECE) else 0
        if border > 0:
            yield head, waiting[:border]
            waiting = waiting[border:]
        if len(waiting) > _LONGEST_ROW:
            break
    raise broken()


def _close_together(cut: Iterator[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The same pieces, cut once more where rows are far apart: the parser lays out what is between them too."""
    reached = 0
    for head, xml in cut:
        before, reached = reached, _last_number(xml, reached)
        if reached - before <= xml.count(_ROW) + _GAP:
            yield head, xml
            continue
        start, last = 0, before
        for row in _NUMBERED.finditer(xml):
            number = int(row[1])
            if number - last > _GAP and row.start() > start:
                yield head, xml[start : row.start()]
                start = row.start()
            last = number
        yield head, xml[start:]


def _read(package: Package, sheet: tuple[str, str], head: bytes, xml: bytes) -> Any:
    """The piece as the parser reads it."""
    marked = _faults_told(xml).replace(_SHARED, _MARKED)
    if _points(marked):
        marked = _SHARED_ODDLY.sub(rb' t="str"\1><v>' + MARK.encode(), marked)
    whole_table = _points(marked)
    book = package.small_workbook({sheet[1]: head + marked + _CLOSED}, with_strings=whole_table)
    try:
        return calamine.CalamineWorkbook.from_filelike(book).get_sheet_by_name(sheet[0])
    except Exception as error:  # noqa: BLE001 - a parser of foreign bytes may fail in any way
        raise broken() from error


def _faults_told(xml: bytes) -> bytes:
    """The piece with the words for what has no value in the places of the values."""
    if b't="e"' in xml or b"t='e'" in xml:
        xml = _ERROR.sub(rb"\1str\2", xml)
    if b"<f>" in xml or b"<f " in xml or b"<f/>" in xml:
        xml = _UNCALCULATED.sub(_without_result, xml)
    return xml


def _without_result(cell: re.Match[bytes]) -> bytes:
    if _TYPED.search(cell[1]):
        return cell[0]
    return b"<c" + _TYPE.sub(b"", cell[1]) + b' t="str"><v>' + NO_RESULT.encode() + b"</v></c>"


def _points(xml: bytes) -> bool:
    """Whether some cell may still point into the shared table. A quick look: `s` as the whole of a value, or of a quoted word."""
    return b'"s"' in xml or b"'s'" in xml


def _counted(before: int) -> bytes:
    """An empty row in front, from which the parser goes on to count rows that have no number."""
    return b'<row r="%d"/>' % before if before else b""


def _last_number(xml: bytes, before: int) -> int:
    """The number of the last row: its own, else counted on from the last that has one, as the parser counts."""
    at, unnumbered = len(xml), 0
    while (at := xml.rfind(_ROW, 0, at)) >= 0:
        found = _NUMBER.search(xml, at, xml.find(b">", at))
        if found:
            return int(found[1]) + unnumbered
        unnumbered += 1
    return before + unnumbered


def _values(cells: list[Any], strings: SharedStrings) -> list[Any]:
    """Marks exchanged for their texts; numbers as float, whatever the format of the file."""
    known, text = strings.known.get, strings.text
    return [
        ((known(cell) or text(cell)) if cell[:1] == MARK else cell)
        if type(cell) is str
        else (float(cell) if type(cell) is int else cell)
        for cell in cells
    ]
