"""Prototype for a hundred times more: the disclosures in ranges of years, beside the same rows in one table with the same indexes.

Both tables are copies of the first rows of the city (BENCH_PARTITION_ROWS), and both answer the statements that the platform itself
sends, with nothing changed but the name of the table. They are dropped at the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.measure import Book, Do, Figure, once, rows_of, side_by_side, undone
from credit_platform.web.keyset import KeysetPage
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures

PLAIN, PARTED = "bench_plain", "bench_parted"
REAL = "disclosure_disclosure"
ROWS = 1_000_000
SWEPT = 20_000
ROUNDS = 30
INDEXES = """
SELECT pg_get_indexdef(i.indexrelid), c.relname, i.indisunique FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = 'disclosure_disclosure'::regclass ORDER BY 2
"""
END = """
UPDATE {table} t SET state = 'ended', ended_at = now(), version = version + 1
FROM (SELECT id, decided_on FROM {table} WHERE state IN ('published', 'suspended') AND ends_on < %s AND NOT waits_for_performance
    ORDER BY ends_on LIMIT {rows}) due
WHERE t.id = due.id{pruned}
"""


def run(book: Book) -> None:
    """Build both, ask both, take an old year off both."""
    records = rows_of(f"SELECT max(id) FROM {REAL}")[0][0]
    rows = int(os.environ.get("BENCH_PARTITION_ROWS") or min(ROWS, records // 6))
    drop()
    try:
        count = _copies(rows)
        for title, statements in questions().items():
            works = [_ask(statement, values, PARTED) for statement, values in statements]
            yards = [_ask(statement, values, PLAIN) for statement, values in statements]
            found = side_by_side(works, yards, rounds=ROUNDS)
            book.add(Figure("partition", f"{title}, {count:,} rows", **found, yard="the same rows in one table"))
        _sweep(book)
        _old_year(book)
    finally:
        drop()


def drop() -> None:
    """Take both copies away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {PLAIN}, {PARTED} CASCADE")


def _copies(rows: int) -> int:
    first, last = rows_of(
        f"SELECT min(year), max(year) FROM (SELECT extract(year FROM decided_on)::int AS year FROM {REAL}) y"
    )[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(f"CREATE TABLE {PLAIN} (LIKE {REAL} INCLUDING DEFAULTS)")
        cursor.execute(f"CREATE TABLE {PARTED} (LIKE {REAL} INCLUDING DEFAULTS) PARTITION BY RANGE (decided_on)")
        opening = max(first, last - 9)  # registrations go back for decades: they share the oldest partition
        for year in range(opening, last + 1):
            begin = "MINVALUE" if year == opening else f"'{year}-01-01'"
            cursor.execute(
                f"CREATE TABLE {PARTED}_{year} PARTITION OF {PARTED} FOR VALUES FROM ({begin}) TO ('{year + 1}-01-01')"
            )
        cursor.execute(
            f"INSERT INTO {PLAIN} SELECT * FROM {REAL} WHERE subject_id <= (SELECT greatest(1, max(subject_id) * %s / max(id)) FROM {REAL})",
            [rows],
        )
        count = cursor.rowcount
        cursor.execute(f"INSERT INTO {PARTED} SELECT * FROM {PLAIN}")
        for statement in _indexes():
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {PLAIN}, {PARTED}")
    return int(count)


def _indexes() -> Iterator[str]:
    """The product's own indexes; a unique one of the partitioned table must hold the key of the partitions too."""
    for definition, name, unique in rows_of(INDEXES):
        for table in (PLAIN, PARTED):
            made = definition.replace(f"public.{REAL} ", f"{table} ").replace(f" ONLY {table} ", f" {table} ")
            made = made.replace(f" {name} ON", f' "{table}_{name[-40:]}" ON')
            if unique and table == PARTED:
                made = made.rstrip(")") + ", decided_on)"
            yield made


def questions() -> dict[str, list[tuple[str, Any]]]:
    """The platform's own statements by what they show."""
    today = timezone.localdate()
    shown = public_disclosures(today)
    lists = shown.filter(kind="permit").order_by("-published_on", "-id")
    page = KeysetPage(shown.filter(kind="permit"), ("-published_on", "-id"), size=20)
    deep = KeysetPage(shown.filter(kind="permit"), ("-published_on", "-id"), cursor=page.next_cursor, size=20)
    subjects = rows_of(f"SELECT DISTINCT subject_id FROM {PLAIN} ORDER BY 1 LIMIT 20")
    ids = rows_of(f"SELECT public_id FROM {PLAIN} WHERE state = 'published' ORDER BY id LIMIT 20")
    authority = rows_of(
        f"SELECT authority_id FROM {PLAIN} WHERE kind = 'permit' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )[0][0]
    year = today.year - 2
    asked: dict[str, list[Any]] = {
        "list, first page": [lists[:21]],
        "list, by key": [
            deep.queryset.filter(published_on__lt=today.replace(year=year)).order_by("-published_on", "-id")[:21]
        ],
        "list of a department": [lists.filter(authority_id=authority)[:21]],
        "list of one year of decision": [lists.filter(decided_on__year=year)[:21]],
        "subject page": [shown.filter(subject_id=pk).order_by("-decided_on", "-id")[:21] for (pk,) in subjects],
        "one disclosure by its public id": [shown.filter(public_id=public_id) for (public_id,) in ids],
    }
    return {title: [query.query.sql_with_params() for query in queries] for title, queries in asked.items()}


def _ask(statement: str, values: Any, table: str) -> Do:
    text = statement.replace(f'"{REAL}"', f'"{table}"')

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            cursor.fetchall()

    return run


def _sweep(book: Book) -> None:
    horizon = rows_of(
        f"SELECT ends_on FROM {PLAIN} WHERE state = 'published' AND ends_on IS NOT NULL AND NOT waits_for_performance "
        f"ORDER BY ends_on OFFSET {SWEPT} LIMIT 1"
    )
    day = horizon[0][0] if horizon else timezone.localdate()
    pruned = " AND t.decided_on = due.decided_on"
    plain, _, _ = once(partial(_undone, END.format(table=PLAIN, rows=SWEPT, pruned=""), day))
    for title, condition in (("expiry", pruned), ("expiry without the key of the partitions", "")):
        took, cpu, swept = once(partial(_undone, END.format(table=PARTED, rows=SWEPT, pruned=condition), day))
        book.add(
            Figure(
                "partition",
                f"{title}, {swept:,} rows due",
                took,
                took,
                1,
                cpu,
                "the same rows in one table",
                plain,
                plain,
                took / plain,
            )
        )


def _old_year(book: Book) -> None:
    """An old year leaves: DELETE from one table, DETACH from the other; both rolled back."""
    year = Disclosure.objects.order_by("-decided_on").values_list("decided_on", flat=True)[0].year - 8
    begin, end = f"{year}-01-01", f"{year + 1}-01-01"
    rows = rows_of(f"SELECT count(*) FROM {PLAIN} WHERE decided_on >= %s AND decided_on < %s", [begin, end])[0][0]
    with undone(), connection.cursor() as cursor:
        gone, _, _ = once(
            partial(cursor.execute, f"DELETE FROM {PLAIN} WHERE decided_on >= %s AND decided_on < %s", [begin, end])
        )
    with undone(), connection.cursor() as cursor:
        took, cpu, _ = once(partial(cursor.execute, f"ALTER TABLE {PARTED} DETACH PARTITION {PARTED}_{year}"))
    book.add(
        Figure(
            "partition", f"{year} leaves, {rows:,} rows", took, took, 1, cpu, "DELETE, before its VACUUM", gone, gone, took / gone,
            note="DETACH PARTITION",
        )
    )  # fmt: skip


def _undone(statement: str, day: Any) -> int:
    with undone(), connection.cursor() as cursor:
        cursor.execute(statement, [day])
        return int(cursor.rowcount)
    return 0
