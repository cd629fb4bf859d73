"""Numbers that were stored in clear before they were sealed on arrival: sealed now, in pieces, with history, safe to run twice.

Codes of subjects and of records are sealed and found again by their keyed hash; everywhere else the number alone is taken out of the
text. Old rows that history keeps are cleaned last, for what is changed here leaves its former self there. The chained entries of the
audit stand as they are: to change one is what the chain is there to find.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection

from credit_platform import pg, sealing
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from records.identifiers import docnumber, names
from records.identifiers.idcard import mask_id
from records.identifiers.personal import hidden, identities, personal_code, removed
from records.ledger_rules import content_hash
from records.numbers import REG_NO, of_person
from records.privacy import tables
from records.standards import registry
from records.standards.private import SEALED_ROLES

AT_ONCE = 1_000
CHAINED = frozenset({"audit_entry", "audit_seal"})
HISTORY = "audit_history"
Row = tuple[Any, ...]
Change = tuple[Any, ...]
Counts = Counter[str]


def seal_numbers(*, by: Actor) -> Counts:
    """The old numbers of subjects. One that its subject has sealed already falls away."""
    done: Counts = Counter()
    for rows in pieces("records_subjectidentifier", ["kind", "value"]):
        made = [
            (pk, kind, of_person(number))
            for pk, kind, value in rows
            if (number := personal_code(value, registration=kind == REG_NO))
        ]
        with acting(by):
            columns = [("id", "bigint"), ("value", "text"), ("masked", "text"), ("cipher", "bytea")]
            lines = [(pk, kept.value, kept.masked, "\\x" + (kept.cipher or b"").hex()) for pk, _, kept in made]
            pg.copy_into_new("sealed_numbers", columns, lines)
            pg.execute(
                """DELETE FROM records_subjectidentifier t USING sealed_numbers s, records_subjectidentifier o WHERE t.id = s.id
                   AND o.subject_id = t.subject_id AND o.kind = t.kind AND o.value = s.value"""
            )
            done["records_subjectidentifier.value"] += pg.execute(
                """UPDATE records_subjectidentifier t SET value = s.value, masked = s.masked, cipher = s.cipher
                   FROM (SELECT DISTINCT ON (n.subject_id, n.kind, s.value) s.* FROM sealed_numbers s
                         JOIN records_subjectidentifier n USING (id) ORDER BY n.subject_id, n.kind, s.value, s.id) s WHERE t.id = s.id"""
            )
            pg.execute(
                "DELETE FROM records_subjectidentifier t USING sealed_numbers s WHERE t.id = s.id AND t.cipher IS NULL"
            )
    return done


def seal_records(*, by: Actor, followed: Callable[[Sequence[int]], None]) -> Counts:
    """Content, document number and its key of records; `followed` is told which, in the same transaction."""
    done: Counts = Counter()
    columns = ["content", "document_number", "document_key", "standard"]
    for rows in pieces("records_creditrecord", columns):
        with acting(by):
            made = []
            for pk, content, number, key, standard in rows:
                before = json.loads(content)
                after = _sealed_content(before, standard)
                if after == before and not identities(number) and not identities(key):
                    continue
                done["records_creditrecord.content"] += after != before
                done["records_creditrecord.document_number"] += bool(identities(number))
                made.append(
                    (pk, json.dumps(after, ensure_ascii=False), content_hash(after), removed(number), key_without(key))
                )
            shape = [
                ("id", "bigint"),
                ("content", "jsonb"),
                ("content_hash", "text"),
                ("document_number", "text"),
                ("document_key", "text"),
            ]
            pg.update_rows("records_creditrecord", shape, made)
            followed([row[0] for row in made])
    return done


def seal_names(*, by: Actor) -> Counts:
    """Names that hold a number: the search form and its pieces follow."""
    done: Counts = Counter()
    for rows in pieces("records_subjectname", ["name", "normal"]):
        with acting(by):
            for pk, name, normal in rows:
                if identities(name) or identities(normal):
                    clean = removed(name)
                    plain = names.normalise(clean)
                    done["records_subjectname.name"] += pg.execute(
                        "UPDATE records_subjectname SET name = %s, normal = %s, bigrams = %s WHERE id = %s",
                        [clean, plain, names.bigrams(plain), pk],
                    )
    return done


def seal_texts(*, by: Actor, but: frozenset[str]) -> Counts:
    """Every other column of every table, history last; `but` are tables with a way of their own."""
    done: Counts = Counter()
    found = tables.text_columns()
    wanted = [name for name in found if name not in but | CHAINED | {HISTORY}]
    for table in [*wanted, HISTORY]:
        key = _key_of(table)
        if not key:
            continue
        for column in found[table]:
            if column == key:
                continue
            for rows in pieces(table, [column], key):
                made = [
                    (pk, after)
                    for pk, text in rows
                    if (after := _without(text, draft=table == "records_entrydraft")) != text
                ]
                done[f"{table}.{column}"] += _write(table, key, column, made, by)
    return +done


def key_without(key: str) -> str:
    """The comparison key of a document number without the citizen's number in it; what stands for it keeps two such keys apart."""
    found = identities(key)
    if not found:
        return key
    return (docnumber.key(removed(key)) + "#" + sealing.number_hash(found[0].digits)[:16].upper())[:128]


def _sealed_content(content: dict[str, Any], standard: str) -> dict[str, Any]:
    codes = _sealed_codes(standard)
    made: dict[str, Any] = {}
    for code, value in content.items():
        number = (
            personal_code(value, registration=codes.get(code) == REG_NO)
            if code in codes and isinstance(value, str)
            else ""
        )
        made[code] = dict(sealing.seal(number, mask_id(number))) if number else _clean(value)
    return made


def _sealed_codes(standard: str) -> dict[str, str]:
    known = {each.code: each for each in registry.all()}
    return (
        {code: role for role, code in known[standard].roles.items() if role in SEALED_ROLES}
        if standard in known
        else {}
    )


def _without(text: str, *, draft: bool = False) -> str:
    """A text, or the text of a JSON value, without citizens' numbers; a draft keeps what was typed, sealed."""
    if text[:1] not in "{[":
        return removed(text)
    try:
        value = json.loads(text)
    except ValueError:
        return removed(text)
    clean = {code: _kept(each) for code, each in value.items()} if draft and isinstance(value, dict) else _clean(value)
    return text if clean == value else json.dumps(clean, ensure_ascii=False)


def _kept(value: Any) -> Any:
    return dict(sealing.seal(value, hidden(value))) if isinstance(value, str) and identities(value) else value


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return removed(value)
    if isinstance(value, dict):
        return {removed(str(key)): _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool) and identities(str(value)):
        return removed(str(value))
    return value


def pieces(table: str, columns: list[str], key: str = "id") -> Iterator[list[Row]]:
    """Key and texts of the rows that have digits enough, in pieces by key."""
    texts = ", ".join(f"{connection.ops.quote_name(name)}::text" for name in columns)
    name, order = connection.ops.quote_name(table), connection.ops.quote_name(key)
    last: Any = None
    while True:
        after, given = (f"{order} > %s AND", [last]) if last is not None else ("", [])
        rows = pg.query(
            f"SELECT {order}, {texts} FROM {name} WHERE {after} concat_ws(E'\\n', {texts}) ~ %s ORDER BY {order} LIMIT {AT_ONCE}",  # noqa: S608
            [*given, tables.ENOUGH],
        )
        if rows:
            yield [(row[0], *("" if each is None else each for each in row[1:])) for row in rows]
            last = rows[-1][0]
        if len(rows) < AT_ONCE:
            return


def _write(table: str, key: str, column: str, made: list[Change], by: Actor) -> int:
    """Write the clean texts. History refuses every change; it lets its owner clean it, and the audit tells that it was done."""
    if not made:
        return 0
    name, target = connection.ops.quote_name(table), connection.ops.quote_name(column)
    with acting(by):
        if table == HISTORY:
            pg.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        asked = "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s"
        kind = str(pg.query(asked, [name, column])[0][0])
        pg.copy_into_new("clean_texts", [("k", "text"), ("v", "text")], made)
        done = pg.execute(
            f"UPDATE {name} t SET {target} = s.v::{kind} FROM clean_texts s WHERE t.{connection.ops.quote_name(key)}::text = s.k"  # noqa: S608
        )
        if table == HISTORY:
            pg.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    return done


def _key_of(table: str) -> str:
    """The only column of the primary key, "" when there is none."""
    found = pg.query(
        """SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
           WHERE i.indrelid = %s::regclass AND i.indisprimary""",
        [connection.ops.quote_name(table)],
    )
    return str(found[0][0]) if len(found) == 1 else ""
