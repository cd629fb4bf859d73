"""The way of a front database (前置库, GB/T 39443-2020 5.6): two tables that both sides reach, ours to write and the partner's to answer in.

Which database a partner has is a setting, never a row: EXCHANGE_DATABASES, code → address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from psycopg2.extras import execute_values

from exchange.rules.statements import Copy, Month, months
from exchange.ways.base import Answer, Link, NoAnswer, Row, Said, parsed_copies, parsed_said

SECONDS = 10
TABLES = """
CREATE TABLE IF NOT EXISTS credit_exchange_row (
    idempotency_key text PRIMARY KEY, parcel text NOT NULL, kind text NOT NULL, version integer NOT NULL, verb text NOT NULL,
    digest text NOT NULL, body text NOT NULL, month text NOT NULL, put_at timestamptz NOT NULL DEFAULT now(),
    result text, rule text, field text, text text);
CREATE INDEX IF NOT EXISTS credit_exchange_row_parcel ON credit_exchange_row (parcel);
CREATE TABLE IF NOT EXISTS credit_exchange_copy (
    kind text NOT NULL, key text NOT NULL, version integer NOT NULL, digest text NOT NULL, month text NOT NULL, PRIMARY KEY (kind, key));
"""
PUT = """
INSERT INTO credit_exchange_row (idempotency_key, parcel, kind, version, verb, digest, body, month) VALUES %s
ON CONFLICT (idempotency_key) DO UPDATE SET parcel = excluded.parcel, result = NULL
"""


class DatabaseWay:
    """Rows go into `credit_exchange_row`; the partner fills the columns of the result, and keeps what it has in `credit_exchange_copy`."""

    def send(self, link: Link, name: str, rows: Sequence[Row]) -> Answer:
        values = [
            (row["key"], name, link.kind, row["version"], row["verb"], row["digest"], row["body"], row["month"])
            for row in rows
        ]
        with _front(link) as cursor:
            cursor.execute(TABLES)
            execute_values(cursor, PUT, values, page_size=1000)
        return Answer([], is_whole=False)

    def collect(self, link: Link, name: str) -> Answer | None:
        with _front(link) as cursor:
            cursor.execute(
                "SELECT idempotency_key, result, rule, field, text FROM credit_exchange_row WHERE parcel = %s", [name]
            )
            rows = cursor.fetchall()
        said = _said(row for row in rows if row[1] is not None)
        return Answer(said, is_whole=len(said) == len(rows)) if said else None

    def ask(self, link: Link, keys: Sequence[str]) -> list[Said]:
        """What was put there and not answered is on its way; what is not there was never put."""
        with _front(link) as cursor:
            cursor.execute(
                "SELECT idempotency_key, result, rule, field, text FROM credit_exchange_row WHERE idempotency_key = ANY(%s)",
                [list(keys)],
            )
            rows = {str(row[0]): row for row in cursor.fetchall()}
        said = _said(row for row in rows.values() if row[1] is not None)
        return said + _said((key, "absent", "", "", "") for key in keys if key not in rows)

    def months(self, link: Link) -> dict[str, Month]:
        return months(self._copies(link))

    def copies(self, link: Link, months: Sequence[str]) -> list[Copy]:
        wanted = set(months)
        return [each for each in self._copies(link) if each.month in wanted]

    def _copies(self, link: Link) -> list[Copy]:
        with _front(link) as cursor:
            cursor.execute(TABLES)
            cursor.execute("SELECT key, version, digest, month FROM credit_exchange_copy WHERE kind = %s", [link.kind])
            names = ("key", "version", "digest", "month")
            return parsed_copies([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])


def _said(rows: Any) -> list[Said]:
    names = ("key", "result", "rule", "field", "text")
    return parsed_said([dict(zip(names, row, strict=True)) for row in rows])


@contextmanager
def _front(link: Link) -> Iterator[Any]:
    """A cursor in the partner's front database, in one transaction."""
    address = settings.EXCHANGE_DATABASES.get(link.partner)
    if not address:
        raise NoAnswer("没有在设置中写明该交换对象的前置库（EXCHANGE_DATABASES）。")
    try:
        with closing(psycopg2.connect(address, connect_timeout=SECONDS)) as front, front, front.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [f"{SECONDS * 6}s"])
            yield cursor
    except psycopg2.Error as error:
        raise NoAnswer(f"前置库不可用（{type(error).__name__}）。") from error
