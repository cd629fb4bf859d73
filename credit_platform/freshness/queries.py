"""The number under which a page may be stored, and asked for again."""

from __future__ import annotations

from django.db import connections

NUMBER = """
SELECT (SELECT total FROM freshness_changecount) + (SELECT count(*) FROM freshness_changemark), pg_current_xact_id_if_assigned() IS NULL
"""


def number(server: str) -> int | None:
    """How many changes were committed to what pages are made of, as a server sees it (`server`: a key of DATABASES).

    None inside a transaction that has itself written: what it sees is nobody else's.
    """
    with connections[server].cursor() as cursor:
        cursor.execute(NUMBER)
        count, others_see_the_same = cursor.fetchone()
    return count if others_see_the_same else None
