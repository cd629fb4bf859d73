"""Locks for old numbers. They have no unique constraint, so whoever may make a subject for one takes its lock first.

The numbers share a fixed number of locks: a file with many thousands of them takes no more than that from the lock table of the
database. Two transactions whose numbers fall on one lock wait for one another without need, which costs a moment and no answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

BUCKETS = 64
_CLASS, PERSONS = 0x4E554D, 0x504552


def lock_numbers(texts: Sequence[str]) -> None:
    """Take the locks of these numbers (“kind:value”) until the end of the transaction, in one order."""
    if texts:
        lock_query("SELECT unnest(%s::text[])", [list(texts)])


def lock_persons(hashes: Sequence[str]) -> None:
    """The same for natural persons, before they are looked for, while keys change: two programs whose current keys differ make different
    hashes of one number, and no unique constraint would tell. Each gives the least of its hashes under the keys that both know."""
    if hashes:
        lock_query("SELECT unnest(%s::text[])", [list(hashes)], kind=PERSONS)


def lock_query(texts: str, params: Sequence[list[str]] = (), *, kind: int = _CLASS) -> None:
    """The same for the only column of a query, without fetching it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT pg_advisory_xact_lock({kind}, bucket) FROM (
                  SELECT DISTINCT (hashtextextended(t, 0) & {BUCKETS - 1})::int AS bucket FROM ({texts}) AS q(t) ORDER BY 1
                ) AS buckets""",  # noqa: S608 - our own text and numbers
            params,
        )
