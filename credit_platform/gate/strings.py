"""The table of texts that the cells of a workbook point into, kept as one block of bytes.

The parser would make an object of every text, and a piece of a sheet cannot be read without the table. So pieces are read with
marks instead (`MARK` and the number of the text), and the mark is exchanged here. The parser itself reads the texts, some thousands at
a time, so that blanks, line ends and formatted runs come out as it would have them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

import python_calamine as calamine

from credit_platform.gate.package import SHARED, Package, broken

MARK = "\ufdd0"
"""In front of the number of a text; Unicode promises that no text holds it."""
_PIECE = 512 * 1024
_LONGEST = 64 * 1024 * 1024
_MOST_KEPT = 16_384
_HEAD = re.compile(rb"<sst(?:\s[^>]*)?>")


class OddStrings(Exception):  # noqa: N818 - a signal to read the workbook whole
    """The table is not written in the usual form."""


class SharedStrings:
    """The texts of a workbook by their number, decoded when they are asked for; `known`: those that were, by their mark."""

    def __init__(self, package: Package, sheet: tuple[str, str]) -> None:
        """Read the table; `sheet`: name and part of any sheet. OddStrings when it is not in the usual form."""
        self._block = bytearray()
        self._ends = array("Q", [0])
        self.known: dict[str, str] = {}
        for piece in _pieces(package.stream(SHARED)) if package.size(SHARED) else ():
            self._add(_texts(package, sheet, piece))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def text(self, mark: str) -> str:
        """The text behind a mark, decoded anew; FileRefused when the table has no such number."""
        if len(self.known) >= _MOST_KEPT:
            self.known.clear()
        found = self.known[mark] = self._decoded(mark[1:].strip())
        return found

    def _decoded(self, number: str) -> str:
        if not number:
            return ""
        try:
            place = int(number)
            start, end = self._ends[place], self._ends[place + 1]
        except (ValueError, IndexError) as error:
            raise broken() from error
        if place < 0:
            raise broken()
        return self._block[start:end].decode()

    def _add(self, texts: Iterator[bytes]) -> None:
        end = len(self._block)
        for text in texts:
            self._block += text
            end += len(text)
            self._ends.append(end)


def _pieces(stream: Iterator[bytes]) -> Iterator[bytes]:
    """The table in pieces that are tables themselves."""
    head, waiting = b"", b""
    for step in stream:
        waiting += step
        if not head:
            found = _HEAD.search(waiting)
            if found is None or waiting[: found.end()].endswith(b"/>"):
                raise OddStrings
            head, waiting = waiting[: found.end()], waiting[found.end() :]
        if b"<!" in waiting or b":si>" in waiting or len(waiting) > _LONGEST:
            raise OddStrings
        border = waiting.rfind(b"<si")
        if len(waiting) >= _PIECE and border > 0:
            yield head + waiting[:border] + b"</sst>"
            waiting = waiting[border:]
    if b"</sst>" not in waiting:
        raise OddStrings
    yield head + waiting


def _texts(package: Package, sheet: tuple[str, str], piece: bytes) -> Iterator[bytes]:
    """The texts of a piece, read by the parser through a sheet that names each of them once."""
    count = piece.count(b"<si>") + piece.count(b"<si ") + piece.count(b"<si/>")
    if not count:
        return
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in range(count))
    listing = b"<worksheet><sheetData>" + rows.encode() + b"</sheetData></worksheet>"
    try:
        book = calamine.CalamineWorkbook.from_filelike(package.small_workbook({sheet[1]: listing, SHARED: piece}))
        found = book.get_sheet_by_name(sheet[0]).to_python(skip_empty_area=False)
    except calamine.CalamineError as error:
        raise OddStrings from error
    texts = [cells[0].encode() for cells in found if isinstance(cells[0], str)]
    if len(texts) != count:
        raise OddStrings
    yield from texts
