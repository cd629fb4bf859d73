"""`python -m benchmarks.rereading ROWS`: how long it takes to hold so many records and public faces against their hashes.

One true record and its published item are multiplied in SQL, in a database of their own (bench_rereading), without the indexes that the
re-reading does not use; the hashes are those that PostgreSQL makes of each row. Then one pass, to its end, as the clock does it.
"""

from __future__ import annotations

import resource
import sys
import time
from importlib import import_module
from typing import Any

from benchmarks import environment

DATABASE = "bench_rereading"
PIECE = 250_000
TABLES = ("records_creditrecord", "disclosure_disclosure", "disclosure_face")
USED = ("face_of_disclosure", "face_of_entry")
BARE = """
SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I CASCADE', conrelid::regclass, conname) FROM pg_constraint
WHERE (conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f', 'c')) OR (confrelid = ANY(%s::regclass[]) AND contype = 'f')
UNION ALL SELECT format('DROP INDEX IF EXISTS %%I', indexrelid::regclass) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary AND NOT indexrelid::regclass::text = ANY(%s)
"""


def main(rows: int) -> None:
    """Build, read, tell."""
    environment.use(0)
    environment.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    environment.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
    _point()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    _build(rows)
    print(f"{rows:,} records with their faces built in {time.perf_counter() - began:.0f} s", flush=True)
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.audit.rereading import go_on

    began = time.perf_counter()
    run = go_on(by=SYSTEM)
    took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    read = sum(run.done.values())
    print(
        f"{run.done}: {took:.0f} s, {read / took:,.0f} rows a second, {memory} MB, altered {run.altered}; {environment.machine()}"
    )


def _point() -> None:
    import os
    from urllib.parse import urlsplit

    os.environ["DATABASE_URL"] = urlsplit(environment.server())._replace(path=f"/{DATABASE}").geturl()


def _build(rows: int) -> None:
    factories: Any = import_module("disclosure.tests.factories")  # of the tests, whose types nobody checks
    shown = factories.PublishedFactory()
    record = shown.record
    tables = list(TABLES)
    for (statement,) in _rows(BARE, [tables, tables, tables, list(USED)]):
        _run(statement, None)
    for table in TABLES:
        _run(f"ALTER TABLE {table} SET UNLOGGED", None)
    _run("SET session_replication_role = replica", None)
    for first in range(1, rows + 1, PIECE):
        _piece(record.pk, shown.pk, 1_000_000 + first, min(PIECE, rows - first + 1))
    for table in TABLES:
        _run(f"VACUUM ANALYZE {table}", None)


def _piece(record: int, shown: int, first: int, count: int) -> None:
    """The next records, their items, their faces under one entry of the trail."""
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.audit.actions import record as noted
    from disclosure.queries.faces import COMPUTED, DIGEST
    from records.rereading import BY_HASH, canonical_sql

    text = "c.content || jsonb_build_object('CF_NR', 'n ' || n)"
    own = {"id": "n", "document_number": "'示' || n", "document_key": "'示' || n", "content": "made.content",
           "content_hash": f"md5({canonical_sql('made.content', BY_HASH)})"}  # fmt: skip
    _multiply("records_creditrecord", record, own, first, count, f"CROSS JOIN LATERAL (SELECT {text} AS content) made")
    item = {"id": "n", "record_id": "n", "public_id": "'G' || n", "document_number": "'示' || n",
            "shown_record_version": "greatest(c.shown_record_version, 1)"}  # fmt: skip
    _multiply("disclosure_disclosure", shown, item, first, count)
    entry = noted("disclosure.publish", by=SYSTEM).pk
    ids = list(range(first, first + count))
    _run(
        f"INSERT INTO disclosure_face (disclosure_id, entry_id, hash, record_version, record_hash) "  # noqa: S608
        f"SELECT disclosure_id, {entry}, hash, record_version, record_hash FROM ({COMPUTED}) made",
        [ids],
    )
    told = f"(SELECT {DIGEST} FROM disclosure_face f WHERE f.entry_id = {entry})"
    _run(
        f"UPDATE audit_entry SET detail = jsonb_build_object('faces', jsonb_build_object('count', {count}, 'sha256', {told})) "  # noqa: S608
        f"WHERE id = {entry}",
        None,
    )


def _multiply(table: str, template: int, own: dict[str, str], first: int, count: int, more: str = "") -> None:
    columns = [name for (name,) in _rows("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
                                         "AND NOT attisdropped AND attgenerated = ''", [table])]  # fmt: skip
    values = ", ".join(own.get(name, f"c.{name}") for name in columns)
    _run(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} c "  # noqa: S608
        f"CROSS JOIN generate_series({first}, {first + count - 1}) n {more} WHERE c.id = {template}",
        None,
    )


def _run(statement: str, given: list[Any] | None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def _rows(statement: str, given: list[Any]) -> list[tuple[Any, ...]]:
    from credit_platform.pg import query

    return query(statement, given)


if __name__ == "__main__":
    main(int(sys.argv[1].replace("_", "").replace(",", "")))
