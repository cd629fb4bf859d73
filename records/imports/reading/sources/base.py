"""What the engine asks of an opened file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from records.imports.reading.checking import Checker, Chunk
from records.imports.reading.findings import PlacedFinding
from records.standards.declaration import Standard


class Row(Protocol):
    """One row that can put itself before the checker."""

    def check(self, checker: Checker) -> None:
        """Check it; the result goes into the checker's chunk."""

    def refused(self) -> tuple[str, int, bytes]:
        """Sheet, row and the cells as JSON."""


class Source(Protocol):
    """What the engine needs of a file."""

    standard: Standard

    @property
    def expected(self) -> int:
        """How many rows there are at most, when that is easily told, else 0."""

    @property
    def waits_for_mapping(self) -> bool:
        """Whether a person could explain unknown headers and required fields are missing."""

    def mapping_questions(self) -> list[dict[str, object]]:
        """The unknown headers with samples, for the page that asks."""

    def unit_questions(self) -> list[dict[str, object]]:
        """The columns of amounts whose unit nobody has said, with samples."""

    def require_columns(self) -> None:
        """FileRefused when required fields have no column, or nothing was recognised."""

    def codes(self) -> frozenset[str]:
        """The fields of the standard that the file has a place for."""

    def remarks(self) -> list[PlacedFinding]:
        """Findings about the file as a whole."""

    def rows(self) -> Iterator[Row]:
        """The data rows, the same every time."""

    def refused_rows(self, numbers: set[int]) -> Chunk:
        """The rows with these numbers (from 1, in the order of `rows`) as refused rows."""


def refused(rows: Iterator[Row], numbers: set[int]) -> Chunk:
    """The rows with these numbers, counted from 1, as refused rows."""
    chunk = Chunk()
    for number, row in enumerate(rows, start=1):
        if number in numbers:
            chunk.bad.append(row.refused())
    return chunk
