"""What taking a workbook would do to a draft, and the taking: all of it or nothing, and only what was previewed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.models import Edition, Entry
from credit_platform.editions.queries import Changed, Comparison, Difference
from credit_platform.editions.rules import next_state
from credit_platform.editions.workbook.book import Workbook
from credit_platform.editions.workbook.read import SoundRow
from credit_platform.errors import Conflict

E = TypeVar("E", bound=Edition)
N = TypeVar("N", bound=Entry)


@dataclass(frozen=True, slots=True)
class Plan:
    """`stamp` is the content of the draft that it was made from; `changes` are told, `rows` are saved, `gone` are the codes that go."""

    stamp: str
    changes: Comparison
    rows: Sequence[SoundRow]
    gone: frozenset[str]


def plan(book: Workbook[E, N], edition: E, rows: Sequence[SoundRow]) -> Plan:
    """Compare the rows with the draft; a column that the workbook does not have changes nothing."""
    present = {book.editions.named(entry): book.shown(entry) for entry in book.editions.of(edition)}
    by_code = {named.code: cells for named, cells in present.items()}
    stamp = hashlib.sha256(json.dumps(by_code, sort_keys=True).encode()).hexdigest()
    changes, saved = Comparison(), []
    for row in rows:
        before = by_code.get(row.named.code)
        differences = _differences(book, before, row) if before is not None else []
        if before is None:
            changes.added.append(row.named)
        elif differences:
            changes.changed.append(Changed(row.named.code, row.named.name, differences))
        else:
            changes.same += 1
            continue
        saved.append(row)
    kept = {row.named.code for row in rows}
    changes.removed = [named for named in present if named.code not in kept]
    return Plan(stamp, changes, saved, frozenset(named.code for named in changes.removed))


def _differences(book: Workbook[E, N], before: dict[str, str], row: SoundRow) -> list[Difference]:
    columns = ((book.by_name[name], value) for name, value in row.values.items())
    after = ((column, column.show(value)) for column, value in columns)
    return [
        Difference(column.label, before[column.name], text) for column, text in after if before[column.name] != text
    ]


def take(book: Workbook[E, N], edition: E, rows: Sequence[SoundRow], *, by: Actor, seen: str) -> Plan:
    """Bring a draft to what the rows say: add, change, and remove what they no longer hold. Who: whoever draws up the list.

    `seen` is the stamp of the previewed plan: Conflict when the draft has changed since, or is no draft any more.
    """
    editions = book.editions
    with acting(by):
        policy.require(by, editions.permission)
        row = editions.locked(edition)
        next_state(row.state, "edit", code=editions.code, what=editions.name)
        made = plan(book, row, rows)
        if made.stamp != seen:
            raise Conflict(f"{editions.code}.changed", "预览之后清单又有修改，没有导入。", mend="请重新上传并预览。")
        for given in made.rows:
            _save(book, row, given, by)
        for entry in editions.of(row):
            if editions.named(entry).code in made.gone:
                editions.remove_entry(entry, by=by, reason=f"导入的文件中没有该{editions.what}")
        audit.record(f"{editions.audit}.upload", row, by=by, after=made.changes.counts)
    return made


def _save(book: Workbook[E, N], edition: E, given: SoundRow, by: Actor) -> None:
    values: dict[str, Any] = dict(given.values)
    chosen = values.pop(book.editions.many, None)
    of = book.editions.identify(given.named, by=by)
    book.editions.save_entry(edition, of, values, by=by, chosen=chosen)
