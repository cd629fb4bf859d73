"""What runs in the limited process: the gate, then the readers of tables and of JSON. Loads no Django.

Asked by `table`; the methods give plain values in portions, for every one of them goes through a pipe.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from credit_platform.gate import guard, readers
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import FAULTS, Line, Sheet, is_blank
from credit_platform.gate.sheets import Book

PORTION = 256
"""Rows of a message: more cost memory on both sides, fewer time."""
MOST_KEY_SETS = 5_000
Rows = tuple[list[int], list[Any], dict[int, dict[int, str]]]
"""Numbers, cells, and the faults of a row by its place among them."""


class Opened:
    """A file that passed the gate."""

    def __init__(self, data: bytes, name: str, kinds: list[str]) -> None:
        self._data = data
        self._checked = guard.check(data, name, kinds=[Kind(each) for each in kinds])
        self._book = Book(data, self._checked) if self._checked.kind in (Kind.XLSX, Kind.XLS) else None
        self._objects: list[tuple[int, dict[str, object]]] | None = None

    def kind(self) -> Iterator[tuple[str, int]]:
        """What it is, and how many rows it has at most when that is easily told, else 0."""
        yield str(self._checked.kind), self._data.count(b"\n") if self._checked.kind is Kind.CSV else 0

    def heads(self, count: int) -> Iterator[tuple[str, bool, Rows]]:
        """The rows among the first `count` of every sheet."""
        for sheet in self._sheets():
            near = itertools.takewhile(lambda line: line.number <= count, sheet.lines)
            yield sheet.name, sheet.since_1904, _portion(near)

    def lines(self, names: list[str] | None) -> Iterator[tuple[str, bool, Rows]]:
        """The rows of the sheets with these names (None: of all) that hold something, in order."""
        for sheet in self._sheets():
            if names is not None and sheet.name not in names:
                continue
            filled = (line for line in sheet.lines if not is_blank(line.cells))
            while (rows := _portion(itertools.islice(filled, PORTION)))[0]:
                yield sheet.name, sheet.since_1904, rows

    def hidden(self) -> Iterator[tuple[list[str], dict[str, list[int]]]]:
        """The hidden sheets, and the hidden rows of the others."""
        yield self._book.hidden() if self._book is not None else ([], {})

    def key_sets(self) -> Iterator[list[tuple[str, ...]]]:
        """The different lists of keys that objects have, in portions. FileRefused when there are absurdly many."""
        found = dict.fromkeys(tuple(each) for _, each in self._json())
        if len(found) > MOST_KEY_SETS:
            raise guard.too_many_key_sets(len(found))
        yield from _batched(found)

    def objects(self) -> Iterator[list[tuple[int, dict[str, object]]]]:
        """The objects with their numbers, in portions."""
        yield from _batched(self._json())

    def count(self) -> Iterator[int]:
        """How many objects there are."""
        yield len(self._json())

    def _json(self) -> list[tuple[int, dict[str, object]]]:
        if self._objects is None:
            self._objects = list(readers.json_objects(self._data))
            self._data = b""
        return self._objects

    def _sheets(self) -> Iterator[Sheet]:
        if self._book is not None:
            return self._book.sheets()
        return iter([Sheet("", readers.csv_lines(self._data))])


def _batched(values: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(values)
    while portion := list(itertools.islice(iterator, PORTION)):
        yield portion


def _portion(lines: Iterable[Line]) -> Rows:
    numbers: list[int] = []
    rows: list[Any] = []
    faults: dict[int, dict[int, str]] = {}
    for line in lines:
        cells = line.cells
        if not FAULTS.isdisjoint(cells):
            faults[len(rows)] = found = {place: str(cell) for place, cell in enumerate(cells) if cell in FAULTS}
            cells = ["" if place in found else cell for place, cell in enumerate(cells)]
        numbers.append(line.number)
        rows.append(cells)
    return numbers, rows, faults
