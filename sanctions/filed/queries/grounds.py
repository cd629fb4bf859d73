"""A row of a published list that was taken in is a ground for an entry (`lists.queries.registers`): nobody is listed without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from sanctions.filed.models import FiledRow
from sanctions.filed.rules import RowState
from sanctions.lists.queries.registers import Ground

TAKEN: ContextVar[frozenset[tuple[str, str]]] = ContextVar("taken", default=frozenset())
"""(code of the list, number of the document) of the rows that are being taken in: a ground for entries before the rows are kept."""


@contextmanager
def taken(documents: frozenset[tuple[str, str]]) -> Iterator[None]:
    """Inside, these documents are grounds for entries: their rows are being taken in, in the same transaction."""
    token = TAKEN.set(documents)
    try:
        yield
    finally:
        TAKEN.reset(token)


def ground() -> Ground:
    """Whether a published list that was taken in names a document; asked of the database once for each document."""
    known: dict[tuple[str, str], bool] = {}

    def stands_behind(code: str, document: str, on: date) -> bool:
        asked = (code, document)
        if asked in TAKEN.get():
            return True
        if asked not in known:
            rows = FiledRow.objects.filter(list_code=code, document_number=document)
            known[asked] = rows.exclude(state=RowState.UNDONE.value).exists()
        return known[asked]

    return stands_behind
