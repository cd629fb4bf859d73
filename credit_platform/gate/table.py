"""A foreign file as the platform sees it: opened and read by a process of its own (`inside`), heard here row by row."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from credit_platform.confined.limits import Limits
from credit_platform.confined.session import Session
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line, Sheet

READER = "credit_platform.gate.inside:Opened"
Objects = Iterator[tuple[int, dict[str, object]]]


class Table:
    """A table (xlsx, xls, csv) or an array of JSON objects. Everything can be gone through any number of times, one thing at a time.

    Every method raises FileRefused: for what the gate does not let pass, for damage, and when the reading takes more than it may.
    """

    def __init__(
        self,
        data: bytes,
        name: str,
        *,
        kinds: Sequence[Kind] = tuple(Kind),
        limits: Limits | None = None,
        pulse: Callable[[], None] | None = None,
    ) -> None:
        """`kinds`: what is accepted; `limits`: by default those of a page; `pulse`: called about every second while nothing comes."""
        wanted = [str(kind) for kind in kinds]
        self._session = Session(READER, data, name, wanted, limits=limits or Limits.of_page(), pulse=pulse)
        self._kind: tuple[Kind, int] | None = None

    @property
    def kind(self) -> Kind:
        """What the file really is."""
        return self._what()[0]

    @property
    def expected(self) -> int:
        """How many rows there are at most, when that is easily told, else 0."""
        return self._what()[1]

    def heads(self, count: int) -> list[Sheet]:
        """The first `count` rows of every sheet, blank ones too; hidden sheets are left out."""
        answer = self._session.ask("heads", count)
        return [Sheet(name, _without_gaps(_lines(rows)), since) for name, since, rows in answer]

    def sheets(self, names: list[str] | None = None) -> Iterator[Sheet]:
        """The sheets of these names (None: all) that hold something, in order, with the rows that hold something. The lines of one are
        heard before the next is asked for; what is left over of them is passed by."""
        answer = self._session.ask("lines", names)
        for (name, since), portions in itertools.groupby(answer, key=lambda portion: (portion[0], portion[1])):
            lines = (line for _, _, rows in portions for line in _lines(rows))
            yield Sheet(name, lines, since)

    def hidden(self) -> tuple[list[str], dict[str, list[int]]]:
        """The names of the hidden sheets, which are left out, and the hidden rows of the others, which are not."""
        ((sheets, rows),) = self._session.ask("hidden")
        return sheets, rows

    def key_sets(self) -> list[tuple[str, ...]]:
        """The different lists of keys that the objects of JSON have."""
        return [keys for portion in self._session.ask("key_sets") for keys in portion]

    def count(self) -> int:
        """How many objects there are."""
        return sum(self._session.ask("count"))

    def objects(self) -> Objects:
        """The objects of JSON, numbered from 1."""
        for portion in self._session.ask("objects"):
            yield from portion

    def close(self) -> None:
        """End the process; harmless when it has ended. Another question starts another."""
        self._session.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _what(self) -> tuple[Kind, int]:
        if self._kind is None:
            ((kind, expected),) = self._session.ask("kind")
            self._kind = Kind(kind), expected
        return self._kind


def _lines(rows: tuple[list[int], list[Any], dict[int, dict[int, str]]]) -> Iterator[Line]:
    numbers, cells, faults = rows
    if not faults:
        return map(Line, numbers, cells)
    return (
        Line(number, found, faults.get(place)) for place, (number, found) in enumerate(zip(numbers, cells, strict=True))
    )


def _without_gaps(lines: Iterator[Line]) -> Iterator[Line]:
    """The rows from the first on, with a blank one where the file has none: whoever looks for a header counts rows."""
    done = 0
    for line in lines:
        yield from (Line(number, ()) for number in range(done + 1, line.number))
        yield line
        done = line.number
