"""Filling empty tables fast: indexes and foreign keys aside, COPY by a thread and connection of its own, then everything back.

The history triggers are off while the city is poured in: a generated past has no older versions. Check constraints stay on, and
foreign keys, unique constraints and indexes are built anew afterwards, so PostgreSQL itself checks every row.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from django.db import models

CHUNK_ROWS = 10_000
AHEAD = 6

ASIDE = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid), c.contype
FROM pg_constraint c
WHERE (c.contype = 'f' AND (c.conrelid = ANY(%(tables)s::regclass[]) OR c.confrelid = ANY(%(tables)s::regclass[])))
   OR (c.contype IN ('u', 'p') AND c.conrelid = ANY(%(tables)s::regclass[]))
ORDER BY c.contype = 'f' DESC, c.conname
"""
INDEXES = """
SELECT i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text FROM pg_index i
WHERE i.indrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid
    AND c.contype IN ('u', 'p', 'x'))
"""


@dataclass(slots=True)
class Aside:
    """What was taken off the tables, and how it comes back."""

    keys: list[tuple[str, str]] = field(default_factory=list)
    indexes: list[tuple[str, str]] = field(default_factory=list)
    foreign: list[tuple[str, str]] = field(default_factory=list)


def connect() -> Any:
    """A connection of its own to the database of the settings."""
    return psycopg2.connect(os.environ["DATABASE_URL"])


def lay_aside(tables: Sequence[str]) -> Aside:
    """Drop foreign keys, keys and indexes of the tables, remembering them."""
    aside = Aside()
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(ASIDE, {"tables": list(tables)})
        for table, name, definition, kind in cursor.fetchall():
            entry = (table, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
            (aside.foreign if kind == "f" else aside.keys).append(entry)
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(INDEXES, {"tables": list(tables)})
        for table, definition, name in cursor.fetchall():
            aside.indexes.append((table, definition))
            cursor.execute(f"DROP INDEX {name}")
    connection.close()
    return aside


def put_back(aside: Aside, workers: int = 2) -> None:
    """Build everything again, table by table on two connections; foreign keys last. A row that breaks one stops the load."""
    by_table: dict[str, list[str]] = {}
    for table, statement in [*aside.keys, *aside.indexes]:
        by_table.setdefault(table, []).append(statement)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(_run, sorted(by_table.values(), key=len, reverse=True)))
    foreign: dict[str, list[str]] = {}
    for table, statement in aside.foreign:
        foreign.setdefault(table, []).append(statement)
    for statements in foreign.values():
        _run(statements)


def _run(statements: Sequence[str]) -> None:
    connection = connect()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for statement in statements:
            cursor.execute(statement)
    connection.close()


class Writer:
    """COPY into one table by a thread of its own. Columns that are not named get the model's default."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        self.table = model._meta.db_table
        rest = [each for each in model._meta.concrete_fields if each.column not in columns and not each.null]
        self.columns: list[str] = [*columns, *(str(each.column) for each in rest)]
        self.tail = "".join("\t" + _default(each) for each in rest)
        self.rows = 0
        self._lines: list[str] = []
        self._queue: queue.Queue[list[str] | None] = queue.Queue(AHEAD)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name=self.table, daemon=True)
        self._thread.start()

    def add(self, line: str) -> None:
        """One row, its named columns joined by tabs; `\\N` is NULL."""
        self._lines.append(line)
        if len(self._lines) >= CHUNK_ROWS:
            self._flush()

    def close(self) -> int:
        """Wait until everything is in; how many rows."""
        self._flush()
        self._queue.put(None)
        self._thread.join()
        if self._error:
            raise self._error
        return self.rows

    def _flush(self) -> None:
        if self._error:
            raise self._error
        if self._lines:
            self.rows += len(self._lines)
            self._queue.put(self._lines)
            self._lines = []

    def _work(self) -> None:
        try:
            self._pour()
        except BaseException as error:  # noqa: BLE001 - told to whoever feeds us
            self._error = error
            while self._queue.get() is not None:
                pass

    def _pour(self) -> None:
        connection = connect()
        with connection, connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {self.table}")
            names = ", ".join(self.columns)
            cursor.execute("SET LOCAL synchronous_commit = off")
            while (lines := self._queue.get()) is not None:
                text = (self.tail + "\n").join(lines) + self.tail + "\n"
                cursor.copy_expert(f"COPY {self.table} ({names}) FROM STDIN WITH (FREEZE)", _Text(text))
            cursor.execute(f"ALTER TABLE {self.table} ENABLE TRIGGER USER")
        connection.close()


class _Text:
    """A string that COPY can read as UTF-8, without a copy of it all."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode()
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        part = self._bytes[self._at : self._at + size] if size >= 0 else self._bytes[self._at :]
        self._at += len(part)
        return part


def _default(field_: Any) -> str:
    if field_.get_internal_type() == "JSONField":
        return "{}" if field_.default is dict else "[]"
    if field_.get_internal_type() == "ArrayField":
        return "{}"
    value = field_.get_default() if field_.has_default() else ""
    if isinstance(value, bool):
        return "t" if value else "f"
    return "now" if hasattr(value, "isoformat") else str(value)


def after_load(tables: Sequence[str]) -> None:
    """Sequences behind the last key, statistics for the planner, visibility for index-only scans."""
    connection = connect()
    connection.autocommit = True
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, 'id') FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id'",
                [table, table],
            )
            for (sequence,) in cursor.fetchall():
                cursor.execute(f"SELECT setval('{sequence}', coalesce(max(id), 1)) FROM {table}")
        for table in tables:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    connection.close()
