"""COPY into PostgreSQL behind one function: the fastest way in, and the only place that knows the driver's cursor."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

_CHUNK = 4 * 1024 * 1024
_NULL = "\x00"  # while a line is made: no text holds it
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, texts: Sequence[str] = ()
) -> int:
    """Put rows into a table with COPY; how many there were.

    None is NULL; "" is NULL too except in the columns named in `texts`. Names come from our own code only. Texts must not hold NUL.
    """
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    empty = ["" if name in texts else _NULL for name in columns]
    count, size, lines = 0, 0, list[str]()
    with connection.cursor() as cursor:
        for row in rows:
            line = _line(row, empty)
            lines.append(line)
            count += 1
            size += len(line)
            if size > _CHUNK:
                _send(cursor, statement, lines)
                size = 0
        if lines:
            _send(cursor, statement, lines)
    return count


def _line(row: Sequence[object], empty: Sequence[str]) -> str:
    """A row in the text format of COPY. Few hold a sign that must be escaped: the finished line tells that at one look."""
    cells = [cell if type(cell) is str and cell else _text(cell, blank) for cell, blank in zip(row, empty, strict=True)]
    line = "\t".join(cells)
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") != len(cells) - 1:
        line = "\t".join(cell.translate(_ESCAPES) for cell in cells)
    return line.replace(_NULL, "\\N") + "\n"


def _text(cell: object, blank: str) -> str:
    return _NULL if cell is None else str(cell) or blank


def _send(cursor: Any, statement: str, lines: list[str]) -> None:
    cursor.copy_expert(statement, io.BytesIO("".join(lines).encode()))
    lines.clear()


def execute(sql: str, params: Any = ()) -> int:
    """Run one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def query(sql: str, params: Any = ()) -> list[tuple[object, ...]]:
    """Run one question; all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def without_nul(text: str) -> str:
    """PostgreSQL has no NUL character."""
    return text.replace("\x00", "") if "\x00" in text else text
