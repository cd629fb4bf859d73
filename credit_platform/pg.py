"""COPY into PostgreSQL, and plain questions: the fastest way in, and the only place that knows the driver's cursor."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils import timezone

_CHUNK = 4 * 1024 * 1024
_NULL = "\x00"  # while a line is made: no text holds it
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, texts: Sequence[str] = ()
) -> int:
    """Put rows into a table with COPY; how many there were.

    None is NULL; "" is NULL too except in the columns named in `texts`. Names come from our own code only. Texts must not hold NUL.
    """
    empty = ["" if name in texts else _NULL for name in columns]
    return _copy(table, columns, (_line(row, empty) for row in rows))


def copy_into_new(table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """Create the temporary table `table` (dropped on commit) with (name, type) columns and COPY the rows into it.

    Names and types are constants of the calling module, never input. None is NULL, "" stays a text.
    """
    copy_lines_into_new(table, columns, ("\t".join(map(cell, row)) for row in rows))


def copy_lines_into_new(table: str, columns: Sequence[tuple[str, str]], lines: Iterable[str]) -> None:
    """The same for rows that are text already: values as `cell` writes them, with tabs between."""
    shape = ", ".join(f"{name} {kind}" for name, kind in columns)
    execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    execute(f"CREATE TEMP TABLE {table} ({shape}) ON COMMIT DROP")
    _copy(table, [name for name, _ in columns], (f"{line}\n" for line in lines))
    execute(f"ANALYZE {table}")


def update_rows(table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """UPDATE … FROM a copied stage: the first column is the key `id`, the others are set; version and moment move on."""
    stage = f"stage_update_{table}"
    copy_into_new(stage, columns, rows)
    sets = ", ".join(f"{name} = s.{name}" for name, _ in columns[1:])
    execute(
        f"UPDATE {table} t SET {sets}, version = t.version + 1, updated_at = %s FROM {stage} s WHERE t.id = s.id",  # noqa: S608
        [timezone.now()],
    )


def cell(value: Any) -> str:
    """One value as COPY reads it; a NUL, which PostgreSQL does not have, is left out."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    return text if text.isprintable() and "\\" not in text else without_nul(text).translate(_ESCAPES)


def _copy(table: str, columns: Sequence[str], lines: Iterable[str]) -> int:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    count, size, waiting = 0, 0, list[str]()
    with connection.cursor() as cursor:
        for line in lines:
            waiting.append(line)
            count += 1
            size += len(line)
            if size > _CHUNK:
                _send(cursor, statement, waiting)
                size = 0
        if waiting:
            _send(cursor, statement, waiting)
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


def _send(cursor: CursorWrapper, statement: str, lines: list[str]) -> None:
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


def array(numbers: Iterable[int]) -> str:
    """Many numbers as one parameter, `%s::bigint[]`: the driver's own ARRAY[…] is planned constant by constant."""
    return f"{{{','.join(map(str, numbers))}}}"


@contextmanager
def alone(what: int, number: int = 0) -> Iterator[bool]:
    """Whether this session is the only one at it: a lock of the database, of a class `what` and a number; a session that dies lets go."""
    mine = bool(query("SELECT pg_try_advisory_lock(%s, %s)", [what, number])[0][0])
    try:
        yield mine
    finally:
        if mine and not connection.needs_rollback:
            query("SELECT pg_advisory_unlock(%s, %s)", [what, number])


def next_id(model: type[Model]) -> int:
    """A fresh key of a table, for a row that must know its key before it is written."""
    return int(str(query("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])[0][0]))


def without_nul(text: str) -> str:
    """PostgreSQL has no NUL character."""
    return text.replace("\x00", "") if "\x00" in text else text
