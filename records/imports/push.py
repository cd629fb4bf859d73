"""Rows that another system sends: up to a thousand at once, answered at once, through the same checks and the same door."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused
from records.imports import findings, stage
from records.imports.apply import Outcome, Target, apply
from records.imports.checking import Checker
from records.imports.copying import query
from records.imports.engine import close_batch, keep_refused
from records.imports.sources import JsonSource, standard_of
from records.models import CatalogueEntry, CatalogueItem, ImportBatch
from records.queries.catalogue import entry_for
from records.queries.context import row_context
from records.standards.declaration import Standard

MOST_ROWS = 1_000
KEY_LENGTH = 200
_WORDS = {"c": "created", "u": "updated", "r": "revived", "=": "unchanged", "k": "kept", "x": "refused"}
_KEY_LOCK = 0x494D4B


@dataclass(slots=True)
class RowOutcome:
    """What became of one row: created, updated, revived, unchanged, kept (revoked before) or refused; `index` counts from 0."""

    index: int
    outcome: str
    record_id: int | None = None
    findings: list[dict[str, str]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the row is in the ledger."""
        return self.outcome != "refused"


@dataclass(slots=True)
class Pushed:
    """A push: its batch, the rows in the order they were sent; `repeated` when the key had been used for the same rows."""

    batch: ImportBatch
    rows: list[RowOutcome]
    repeated: bool = False


def push_rows(
    standard: str,
    rows: Sequence[Mapping[str, object]],
    *,
    by: Actor,
    department: Department,
    item: CatalogueItem | None = None,
    key: str = "",
) -> Pushed:
    """Check and enter rows in one transaction; good ones enter, the others are answered with their findings.

    `rows`: field code (or label) → value. `key`: the sender's idempotency key; the same key with the same rows answers what it
    answered before. Who may: `records.import` of the department. Raises Forbidden; Refused for an item not in force, no rows or more
    than a thousand; Conflict when the key was used for other rows.
    """
    policy.require(by, "records.import", department)
    if not rows or len(rows) > MOST_ROWS:
        raise Refused("push.rows", f"一次可报送 1 至 {MOST_ROWS} 条。", mend="请分批报送。")
    if len(key) > KEY_LENGTH:
        raise Refused("push.key", f"幂等键不能超过 {KEY_LENGTH} 个字符。")
    entry = entry_for(standard, item=item, department=department, on=timezone.localdate())
    digest = _digest(standard, rows)
    with acting(by):
        if key:
            former = _former(department, key)
            if former is not None:
                return _again(former, digest)
        batch = ImportBatch.objects.create(
            department=department,
            standard=standard,
            item=entry.item,
            channel=ImportBatch.Channel.API,
            uploaded_by=by if isinstance(by, User) else None,
            uploaded_by_name=by.actor_name[:200],
            sha256=_key_hash(key) if key else digest,
            state=ImportBatch.State.APPLYING,
        )
        answers = _enter(batch, entry, rows, by)
        batch.progress |= {"digest": digest, "results": [asdict(each) for each in answers]}
        batch.save(update_fields=["progress"])
    return Pushed(batch, answers)


def _enter(
    batch: ImportBatch, entry: CatalogueEntry, rows: Sequence[Mapping[str, object]], by: Actor
) -> list[RowOutcome]:
    declared = standard_of(batch.standard, entry)
    source = JsonSource([(number, dict(row)) for number, row in enumerate(rows, start=1)], declared)
    checker = Checker(declared, entry.item.code, row_context(timezone.localdate()), tuple(entry.subject_kinds))
    for row in source.rows():
        row.check(checker)
    chunk = checker.take()
    stage.create(batch.pk, for_now=True)
    stage.add(batch.pk, chunk.good)
    findings.keep(batch.pk, chunk.told)
    keep_refused(batch.pk, chunk)
    stage.remember_arrivals(chunk.arrivals, batch.received_at)
    batch.progress = {"read": chunk.rows, "staged": len(chunk.good), "refused": len(chunk.bad), "warned": chunk.warned}
    outcome = apply(_target(batch, entry, declared), by=by)
    close_batch(batch, outcome, source, entry, by=by)
    told: dict[int, list[Finding]] = {}
    for each in chunk.told:
        told.setdefault(each.row, []).append(each.finding)
    return _answers(len(rows), told, outcome)


def _target(batch: ImportBatch, entry: CatalogueEntry, declared: Standard) -> Target:
    return Target(
        stage=stage.table_of(batch.pk),
        batch_id=batch.pk,
        item=entry.item,
        standard=declared,
        stored_as=declared.accepted_as or declared.code,
        department=batch.department,
        received_at=batch.received_at,
        entered_by_id=batch.uploaded_by_id,
    )


def _answers(count: int, told: dict[int, list[Finding]], outcome: Outcome) -> list[RowOutcome]:
    answers = [RowOutcome(index, "refused") for index in range(count)]
    for n, what, record_id in query("SELECT n, what, record_id FROM imp_row"):
        answer = answers[int(str(n)) - 1]
        answer.outcome = _WORDS[str(what)]
        answer.record_id = None if what == "x" else int(str(record_id))
    for remark in outcome.refused + outcome.warnings:
        told.setdefault(remark.n, []).append(remark.finding)
    for number, found in told.items():
        ordered = sorted(found, key=lambda each: each.level is not Level.ERROR)
        answers[number - 1].findings = [{**asdict(each), "level": str(each.level)} for each in ordered]
    return answers


# --- idempotency


def _former(department: Department, key: str) -> ImportBatch | None:
    hashed = _key_hash(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_KEY_LOCK, f"{department.pk}:{hashed}"])
    return ImportBatch.objects.filter(department=department, channel=ImportBatch.Channel.API, sha256=hashed).first()


def _again(former: ImportBatch, digest: str) -> Pushed:
    if former.progress.get("digest") != digest:
        raise Conflict("push.key-reused", "该幂等键已用于另一批数据。", mend="请更换幂等键后重新报送。")
    return Pushed(former, [RowOutcome(**each) for each in former.progress.get("results", [])], repeated=True)


def _key_hash(key: str) -> str:
    return hashlib.sha256(b"key\x1f" + key.encode()).hexdigest()


def _digest(standard: str, rows: Sequence[Mapping[str, object]]) -> str:
    body: Any = [standard, *({str(name): row[name] for name in sorted(row)} for row in rows)]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, default=str, sort_keys=True).encode()).hexdigest()
