"""COPY into a temporary table: how a hundred thousand verdicts reach PostgreSQL in seconds."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})


def cell(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


def copy_rows(table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """Create the temporary table `table` (dropped on commit) with (name, type) columns and COPY the rows into it.

    Names and types are constants of the calling module, never input. None is NULL.
    """
    copy_lines(table, columns, ("\t".join(map(cell, row)) for row in rows))


def copy_lines(table: str, columns: Sequence[tuple[str, str]], lines: Iterable[str]) -> None:
    """The same for rows that are text already: values as `cell` writes them, with tabs between."""
    shape = ", ".join(f"{name} {kind}" for name, kind in columns)
    names = ", ".join(name for name, _ in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMP TABLE {table} ({shape}) ON COMMIT DROP")
        text = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
        cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", text)
        cursor.execute(f"ANALYZE {table}")


def update_rows(model_table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """UPDATE … FROM a copied stage: the first column is the key `id`, the others are set; version and moment move on."""
    stage = f"stage_update_{model_table}"
    copy_rows(stage, columns, rows)
    sets = ", ".join(f"{name} = s.{name}" for name, _ in columns[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model_table} t SET {sets}, version = t.version + 1, updated_at = now() FROM {stage} s WHERE t.id = s.id"  # noqa: S608
        )
