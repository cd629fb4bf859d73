"""Everything sealed, and how it is sealed anew: each app declares its places, `manage.py reencrypt` passes over them in batches.

What is left to do is read from the tokens themselves (their head names the key), so a pass that was killed is simply begun again, and
two passes at once share the work: a batch takes the rows that nobody holds. History does not keep a row for a change of nothing but
tokens (`app.reseal`), and lets its own tokens be renewed: audit.migrations.0007.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection

from credit_platform import pg, sealing

_SEALED = re.compile(r'\{"hash": "([^"]*)", "masked": ("(?:[^"\\]|\\.)*"), "sealed": "([^"]*)"\}')
"""A sealed number as jsonb writes it: shorter keys first. Everything around it stays letter for letter."""
Hashed = Callable[[dict[str, Any]], str]


@dataclass(slots=True)
class Batch:
    """What one batch did: how far it came, how many values are new, and what could not be opened or placed, in Chinese."""

    last: int | str
    done: int = 0
    troubles: list[str] = field(default_factory=list)
    more: bool = True


class Place(Protocol):
    """One kind of place where tokens lie."""

    @property
    def label(self) -> str: ...

    @property
    def start(self) -> int | str: ...

    def left(self) -> int:
        """How many rows (or files) hold a token of another key, or of the first format."""

    def again(self, last: int | str, most: int) -> Batch:
        """Seal up to `most` rows behind `last` anew, inside the caller's transaction."""


_places: list[Place] = []


@contextmanager
def only_tokens() -> Iterator[None]:
    """Inside a transaction: what is written changes tokens alone, and history need not keep the rows (anything else it keeps)."""
    pg.query("SELECT set_config('app.reseal', 'on', true)")
    yield
    pg.query("SELECT set_config('app.reseal', '', true)")


def register(*places: Place) -> None:
    """An app names where its tokens lie; called in AppConfig.ready()."""
    _places.extend(places)


def places() -> list[Place]:
    """All places, in the order of registration."""
    return list(_places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Tokens in a bytea column. `purpose` and the columns `bound` of the row make the place that a token is bound to.

    `digest`: the column of the look-up hash, when the value is a number that is searched for; it changes with the token and is then what
    the token is bound to (`bound` names it). Two rows that agree in the columns `within` never have the same number.
    """

    label: str
    table: str
    column: str
    purpose: str
    bound: tuple[str, ...] = ("id",)
    key: str = "id"
    digest: str = ""
    within: tuple[str, ...] = ()
    start: int | str = 0

    def left(self) -> int:
        return _count(f"SELECT count(*) FROM {self.table} WHERE {self._stale()}", [sealing.head()])  # noqa: S608

    def again(self, last: int | str, most: int) -> Batch:
        found = pg.query(
            f"""SELECT {self.key}, {self.column}, {", ".join(self.bound)} FROM {self.table}
            WHERE {self.key} > %s AND {self._stale()} ORDER BY {self.key} LIMIT %s FOR UPDATE SKIP LOCKED""",  # noqa: S608
            [last, sealing.head(), most],
        )
        batch = Batch(last=found[-1][0] if found else last, more=len(found) == most)  # type: ignore[arg-type]
        made = [row for key, token, *bound in found if (row := self._renewed(batch, key, bytes(token), bound))]  # type: ignore[call-overload]
        pg.copy_into_new("resealed", [("key", "bigint"), ("token", "bytea"), ("digest", "text")], made)
        if self.digest:
            self._leave_doubles(batch)
        also = f", {self.digest} = s.digest" if self.digest else ""
        batch.done = pg.execute(
            f"UPDATE {self.table} t SET {self.column} = s.token{also} FROM resealed s WHERE t.{self.key} = s.key"  # noqa: S608
        )
        return batch

    def opens(self) -> bool | None:
        """Whether the first or the last token opens with the keys given; None when there is none."""
        columns = ", ".join((self.column, *self.bound))
        found = pg.query(
            f"""(SELECT {columns} FROM {self.table} WHERE {self.column} IS NOT NULL ORDER BY {self.key} LIMIT 1) UNION ALL
            (SELECT {columns} FROM {self.table} WHERE {self.column} IS NOT NULL ORDER BY {self.key} DESC LIMIT 1)"""  # noqa: S608
        )
        tried = [_opens(bytes(token), sealing.place(self.purpose, *bound)) for token, *bound in found]  # type: ignore[call-overload]
        return any(tried) if tried else None

    def _stale(self) -> str:
        return f"{self.column} IS NOT NULL AND substring({self.column} FROM 1 FOR {sealing.HEAD}) <> %s"

    def _renewed(self, batch: Batch, key: object, token: bytes, bound: list[object]) -> tuple[object, str, str] | None:
        try:
            plain = sealing.decrypt(token, sealing.place(self.purpose, *bound))
        except sealing.Unreadable as error:
            batch.troubles.append(f"{self.label} {key}：{error.text}")
            return None
        digest = sealing.number_hash(plain.decode()) if self.digest else ""
        where = sealing.place(self.purpose, *([digest] if self.digest else bound))
        return key, "\\x" + sealing.encrypt(plain, where).hex(), digest

    def _leave_doubles(self, batch: Batch) -> None:
        """A number that two rows have (two programs with different keys at once) stays as it is and is told: people must mend it."""
        same = "".join(f" AND t.{name} = o.{name}" for name in self.within)
        found = pg.query(
            f"""DELETE FROM resealed d USING (
                SELECT s.key, min(o.{self.key}) AS other FROM resealed s JOIN {self.table} t ON t.{self.key} = s.key
                JOIN (SELECT h.*, h.{self.digest} AS tried, 0 AS rank FROM {self.table} h JOIN resealed r ON r.digest = h.{self.digest}
                      UNION ALL
                      SELECT h.*, r.digest, r.key FROM {self.table} h JOIN resealed r ON r.key = h.{self.key}) o
                  ON o.tried = s.digest AND o.{self.key} <> s.key AND o.rank < s.key{same}
                GROUP BY s.key) f WHERE f.key = d.key RETURNING d.key, f.other"""  # noqa: S608
        )
        batch.troubles += [
            f"{self.label} {key} 与 {other} 是同一号码，请先合并或删除其中一个。" for key, other in found
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """Sealed numbers anywhere inside a jsonb column. `content_hash` holds the hash of the object that `hashed` makes, and follows it.

    With `inside` the numbers and their hash stand in the old rows that history keeps: {"content": {…}, "content_hash": …}.
    """

    label: str
    table: str
    column: str
    content_hash: str = ""
    hashed: Hashed | None = None
    inside: bool = False
    only: str = "true"
    start: int | str = 0

    def left(self) -> int:
        return _count(f"SELECT count(*) FROM {self.table} WHERE {self._stale()}", [_other_head()])  # noqa: S608

    def again(self, last: int | str, most: int) -> Batch:
        return self._some(last, most, "true", [], "FOR UPDATE SKIP LOCKED")

    def renew(self, which: str, params: list[Any], most: int = 500) -> None:
        """Seal the rows of a condition anew now, within the caller's transaction: they are about to be compared with new ones."""
        batch = Batch(last=self.start)
        with only_tokens():
            while batch.more:
                batch = self._some(batch.last, most, which, params, "FOR UPDATE")

    def _some(self, last: int | str, most: int, which: str, params: list[Any], lock: str) -> Batch:
        columns = f"id, {self.column}::text" + (f", {self.content_hash}" if self.content_hash else "")
        found = pg.query(
            f"SELECT {columns} FROM {self.table} WHERE id > %s AND {which} AND {self._stale()} ORDER BY id LIMIT %s {lock}",  # noqa: S608
            [last, *params, _other_head(), most],
        )
        batch = Batch(last=found[-1][0] if found else last, more=len(found) == most)  # type: ignore[arg-type]
        made = [row for row in (self._renewed(batch, *row) for row in found) if row]
        pg.copy_into_new("resealed", [("key", "bigint"), ("made", "text"), ("digest", "text")], made)
        also = f", {self.content_hash} = s.digest" if self.content_hash else ""
        batch.done = pg.execute(
            f"UPDATE {self.table} t SET {self.column} = s.made::jsonb{also} FROM resealed s WHERE t.id = s.key"  # noqa: S608
        )
        return batch

    def _stale(self) -> str:
        return f"""{self.only} AND {self.column}::text LIKE '%%"sealed": "%%' AND {self.column}::text ~ %s"""

    def _renewed(
        self, batch: Batch, key: object, before: object, digest: object = ""
    ) -> tuple[object, str, str] | None:
        text = str(before)
        try:
            made = _SEALED.sub(_again, text)
        except sealing.Unreadable as error:
            batch.troubles.append(f"{self.label} {key}：{error.text}")
            return None
        old, new = json.loads(text), json.loads(made)
        if not self.inside:
            return key, made, self._followed(old, new, digest)
        held = old.get("content_hash")
        digest = self._followed(old["content"], new["content"], held)
        return key, made.replace(f'"content_hash": "{held}"', f'"content_hash": "{digest}"'), ""

    def _followed(self, before: dict[str, Any], after: dict[str, Any], digest: object) -> str:
        """The hash of the new content; one that did not fit the old content is left, so that the mismatch stays to be seen."""
        if self.hashed is None or self.hashed(before) != digest:
            return str(digest)
        return self.hashed(after)


def _again(found: re.Match[str]) -> str:
    digest, masked, token = found.groups()
    value = sealing.reseal({"sealed": token, "hash": digest, "masked": json.loads(masked)})
    return f'{{"hash": "{value["hash"]}", "masked": {masked}, "sealed": "{value["sealed"]}"}}'


def _opens(token: bytes, where: str) -> bool:
    try:
        sealing.decrypt(token, where)
    except sealing.Unreadable:
        return False
    return True


def _other_head() -> str:
    """A regular expression for a sealed value that does not begin as the current key's do."""
    return f'"sealed": "(?!{re.escape(base64.b64encode(sealing.head()).decode())})'


def _count(sql: str, params: list[Any]) -> int:
    return int(str(pg.query(sql, params)[0][0]))


def unopened() -> Iterator[str]:
    """Labels of the places whose first and last token open with none of the keys given; places without tokens are not named."""
    tables = set(connection.introspection.table_names())  # a new database has none yet
    for each in _places:
        if isinstance(each, Column) and each.table in tables and each.opens() is False:
            yield each.label
