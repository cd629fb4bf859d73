"""The rows that migrations bring, kept beside a test that empties the tables."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from django.db import connection

MADE_BY_DJANGO = ("django_migrations", "django_content_type", "auth_permission")
"""Never emptied, or filled by Django itself whenever the tables have been emptied."""

COLUMNS = """
    SELECT c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> ALL (%s)
     GROUP BY c.oid ORDER BY c.oid
"""


def copied() -> dict[str, bytes]:
    """What stands in every table that has a row, by table with its columns, as COPY writes it."""
    rows = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(MADE_BY_DJANGO)])
        for table, columns in cursor.fetchall():
            content = BytesIO()
            cursor.copy_expert(f"COPY (SELECT {columns} FROM {table}) TO STDOUT", content)
            if content.tell():
                rows[f"{table} ({columns})"] = content.getvalue()
    return rows


def restore(rows: Mapping[str, bytes]) -> None:
    """Put them back, as they were: nothing is told to triggers, nothing gets a new key."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            for place, content in rows.items():
                cursor.execute(f"DELETE FROM {place.split(' ')[0]}")  # what an app fills whenever it finds nothing
                cursor.copy_expert(f"COPY {place} FROM STDIN", BytesIO(content))
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")
