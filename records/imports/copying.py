"""COPY into PostgreSQL behind one function: the fastest way in, and the only place that knows the driver's cursor."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

_CHUNK = 8 * 1024 * 1024


def copy_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, texts: Sequence[str] = ()
) -> int:
    """Put rows into a table with COPY; how many there were.

    None is NULL; "" is NULL too except in the columns named in `texts`. Names come from our own code only. Texts must not hold NUL.
    """
    not_null = f", FORCE_NOT_NULL ({', '.join(texts)})" if texts else ""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv{not_null})"
    count = 0
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, lineterminator="\r\n"
    )  # the writer quotes what holds a sign of it: a lone \r must be quoted too
    with connection.cursor() as cursor:
        for row in rows:
            writer.writerow(row)
            count += 1
            if buffer.tell() > _CHUNK:
                _send(cursor, statement, buffer)
        if buffer.tell():
            _send(cursor, statement, buffer)
    return count


def _send(cursor: object, statement: str, buffer: io.StringIO) -> None:
    buffer.seek(0)
    cursor.copy_expert(statement, buffer)  # type: ignore[attr-defined]
    buffer.seek(0)
    buffer.truncate()


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
