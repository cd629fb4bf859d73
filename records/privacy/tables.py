"""Every text, JSON and list of texts in the database, read once, table by table.

PostgreSQL leaves out the rows without enough digits near one another; the others come through a cursor on the server, some thousands
at a time, so that memory does not grow with the table. Ciphers (bytea) hold nothing in clear and are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from credit_platform.pg import query
from records.privacy.kinds import counted

AT_ONCE = 2_000
_NUMERALS = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两"
ENOUGH = (
    r"(?:[0-9０-９][\s.\-_/·()－—​]{0,3}){10}[0-9０-９Xx]" + rf"|(?:[0-9{_NUMERALS}][ \-·]{{0,2}}){{14}}[0-9{_NUMERALS}]"
)
"""Eleven digits near one another, the length of the shortest number that is looked for; or fifteen with Chinese numerals among them."""
_COLUMNS = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
      AND n.nspname = current_schema()
      AND a.atttypid::regtype::text IN ('text', 'character varying', 'character', 'json', 'jsonb', 'text[]', 'character varying[]')
    GROUP BY c.relname ORDER BY c.relname"""


@dataclass(frozen=True, slots=True)
class InTable:
    """Numbers of one kind in one column."""

    table: str
    column: str
    kind: str
    count: int


def text_columns() -> dict[str, list[str]]:
    """The columns of every table in which a text can stand."""
    return {str(table): [str(name) for name in columns] for table, columns in query(_COLUMNS)}  # type: ignore[attr-defined]


def scan(table: str, columns: list[str]) -> list[InTable]:
    """The numbers in a table, by column and kind."""
    found: Counter[tuple[str, str]] = Counter()
    for row in suspects(table, columns):
        for column, text in zip(columns, row, strict=True):
            for kind, count in counted(str(text)).items() if text else ():
                found[column, kind] += count
    return [InTable(table, column, kind, count) for (column, kind), count in sorted(found.items())]


def suspects(table: str, columns: list[str]) -> Iterator[tuple[str | None, ...]]:
    """The rows, as texts, in which there are enough digits for a number."""
    quoted = [connection.ops.quote_name(name) for name in columns]
    texts = ", ".join(f"{name}::text" for name in quoted)
    statement = (
        f"SELECT {texts} FROM {connection.ops.quote_name(table)} "  # noqa: S608 - names from the catalogue of the database
        f"WHERE concat_ws(E'\\n', {texts}) ~ %s"
    )
    with transaction.atomic():
        connection.ensure_connection()
        with connection.connection.cursor(name="personal_scan") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(statement, [ENOUGH])
            yield from cursor
