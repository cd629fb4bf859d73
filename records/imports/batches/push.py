"""Rows that another system sends: up to a thousand at once, answered at once, through the same checks and the same door."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused
from credit_platform.pg import query
from records import doors
from records.actions import reported
from records.identifiers import idcard
from records.imports.batches.entering import TRIES, passing
from records.imports.ledger import stage
from records.imports.ledger.apply import MovedMeanwhile, Outcome, Target, apply
from records.imports.ledger.closing import close_batch, keep_refused
from records.imports.reading import findings
from records.imports.reading.checking import Checker, Chunk
from records.imports.reading.sources import JsonRow, standard_of
from records.models import CatalogueEntry, CatalogueItem, ImportBatch
from records.queries.catalogue import entry_for
from records.queries.context import row_context
from records.standards.declaration import Standard

MOST_ROWS = 1_000
MOST_WRONG_NAMES = 20
MOST_SUGGESTED = 200
"""How many different wrong names of one push are looked up for a similar one; the rest is told without."""
KEY_LENGTH = 200
_WORDS = {"c": "created", "u": "updated", "r": "revived", "=": "unchanged", "k": "kept", "x": "refused"}
_NUMBER = re.compile(r"[0-9]{14,}[0-9Xx]")
_KEY_LOCK = 0x494D4B


@dataclass(slots=True)
class RowOutcome:
    """What became of one row: created, updated, revived, unchanged, kept (revoked before), apart (taken in beside the ledger) or refused; `index`
    counts from 0."""

    index: int
    outcome: str
    record_id: int | None = None
    findings: list[dict[str, str]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the row was taken in."""
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
    known: Mapping[int, Sequence[Finding]] | None = None,
    beside: str = "",
    channel: ImportBatch.Channel = ImportBatch.Channel.API,
) -> Pushed:
    """Check and enter rows in one transaction; good ones enter, the others are answered with their findings.

    `rows`: field code (or label) → value. `key`: the sender's idempotency key; the same key with the same rows answers what it
    answered before. `known`: findings that the caller has already, by index from 0; an error among them refuses the row. `beside`: a
    digest of what was sent with the rows (attachments), so that a key stands for all of it. `channel`: how they came, where a form at the desk
    brings them. Who may: `records.import` of the
    department. Raises Forbidden; Refused for an item not in force, no rows or
    more than a thousand; Conflict when the key was used for other rows.
    """
    policy.require(by, "records.import", department)
    if not rows or len(rows) > MOST_ROWS:
        raise Refused("push.rows", f"一次可报送 1 至 {MOST_ROWS} 条。", mend="请分批报送。")
    if len(key) > KEY_LENGTH:
        raise Refused("push.key", f"幂等键不能超过 {KEY_LENGTH} 个字符。")
    entry = entry_for(standard, item=item, department=department, on=timezone.localdate())
    doors.not_by_push(standard_of(standard, entry).kind)
    for attempt in range(1, TRIES + 1):
        try:
            return _push(_Parcel(standard, entry, rows, department, key, known or {}, beside, channel), by)
        except (MovedMeanwhile, OperationalError) as error:
            if attempt == TRIES or not passing(error):
                raise
            time.sleep(0.1 * attempt)
    raise AssertionError("the last try answers or raises")


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What was sent, and where it belongs."""

    standard: str
    entry: CatalogueEntry
    rows: Sequence[Mapping[str, object]]
    department: Department
    key: str
    known: Mapping[int, Sequence[Finding]]
    beside: str
    channel: ImportBatch.Channel


def _push(sent: _Parcel, by: Actor) -> Pushed:
    """One transaction: the key, the batch, the rows, the answer."""
    standard, entry, rows, department, key = sent.standard, sent.entry, sent.rows, sent.department, sent.key
    digest = _digest(f"{standard} {entry.item.code}{sent.beside}", rows)
    with acting(by):
        if key:
            former = _former(department, key, sent.channel)
            if former is not None:
                return _again(former, digest)
        batch = ImportBatch.objects.create(
            department=department,
            standard=standard,
            item=entry.item,
            channel=sent.channel,
            uploaded_by=by if isinstance(by, User) else None,
            uploaded_by_name=by.actor_name[:200],
            sha256=_key_hash(key) if key else digest,
            state=ImportBatch.State.APPLYING,
        )
        answers = _enter(batch, sent, by)
        batch.progress |= {"digest": digest, "results": [asdict(each) for each in answers]}
        batch.save(update_fields=["progress"])
    return Pushed(batch, answers)


def _enter(batch: ImportBatch, sent: _Parcel, by: Actor) -> list[RowOutcome]:
    entry, rows = sent.entry, sent.rows
    declared = standard_of(batch.standard, entry)
    source = RowSource(rows, declared, sent.known)
    checker = Checker(declared, entry.item.code, row_context(timezone.localdate()), tuple(entry.subject_kinds))
    for row in source.rows():
        row.check(checker)
    chunk = checker.take()
    stage.create(batch.pk, for_now=True)
    stage.add(batch.pk, chunk.good)
    findings.keep(batch.pk, chunk.findings)
    keep_refused(batch.pk, chunk)
    stage.remember_arrivals(chunk.arrivals, batch.received_at)
    reported.note(reported.Source(batch, declared.kind, entry.item_id), chunk.reported)
    batch.progress = {"read": chunk.rows, "staged": len(chunk.good), "refused": len(chunk.bad), "warned": chunk.warned}
    door = doors.of(declared.kind)
    target = _target(batch, entry, declared)
    outcome = door.enter(target, by=by) if door else apply(target, by=by)
    close_batch(batch, outcome, source, entry, by=by)
    told: dict[int, list[Finding]] = {}
    for each in chunk.findings:
        told.setdefault(each.row, []).append(each.finding)
    return _answers(len(rows), told, outcome)


class RowSource:
    """Objects keyed by field codes or labels. Stricter than a file: a program that names a field wrongly shall hear of it."""

    def __init__(
        self,
        rows: Sequence[Mapping[str, object]],
        standard: Standard,
        known: Mapping[int, Sequence[Finding]] | None = None,
    ) -> None:
        self.sent = rows
        self.known = known or {}
        self.expected = len(rows)
        self.standard = standard
        self._codes = {each.label: each.code for each in standard.fields} | {
            each.code: each.code for each in standard.fields
        }
        self._near: dict[str, str] = {}

    waits_for_mapping = False

    def mapping_questions(self) -> list[dict[str, object]]:
        return []

    def unit_questions(self) -> list[dict[str, object]]:
        return []  # a program that names fields by their codes sends them in the unit of the standard

    def require_columns(self) -> None:
        """What is missing is told row by row."""

    def codes(self) -> frozenset[str]:
        return frozenset(self._codes[name] for row in self.sent for name in row if name in self._codes)

    def remarks(self) -> list[findings.PlacedFinding]:
        return []

    def rows(self) -> Iterator[JsonRow]:
        for number, row in enumerate(self.sent, start=1):
            yield self._row(number, row)

    def refused_rows(self, numbers: set[int]) -> Chunk:
        chunk = Chunk()
        chunk.bad.extend(row.refused() for row in self.rows() if row.number in numbers)
        return chunk

    def _row(self, number: int, row: Mapping[str, object]) -> JsonRow:
        raw: dict[str, object] = {}
        wrong = list(self.known.get(number - 1, ()))
        for name, value in row.items():
            code = self._codes.get(name)
            if code is None:
                wrong.append(self._unknown(name))
            elif code in raw:
                wrong.append(
                    _wrong("field.double", f"“{name[:40]}”与 {code} 是同一个字段。", "每个字段只写一次。", code)
                )
            elif isinstance(value, dict | list):
                wrong.append(_wrong("cell.nested", "字段的值不能是数组或对象。", "请填写文本或数字。", code))
            else:
                raw[code] = value
        return JsonRow(number, raw, None, tuple(wrong[:MOST_WRONG_NAMES]))

    def _unknown(self, name: str) -> Finding:
        short = _NUMBER.sub(lambda found: idcard.mask_id(found[0]), name)[:60]
        if short not in self._near and len(self._near) < MOST_SUGGESTED:
            near = difflib.get_close_matches(short, self._codes, n=1, cutoff=0.5)
            self._near[short] = f"您要用的可能是 {self._codes[near[0]]}。" if near else ""
        text = f"“{self.standard.name}”没有名为“{short}”的字段。{self._near.get(short, '')}"
        return _wrong("field.unknown", text, "请按数据标准的字段代码填写，可在接口 /api/v1/standards/ 查看。", "")


def _wrong(rule: str, text: str, mend: str, code: str) -> Finding:
    return Finding(rule, Level.ERROR, text, mend, field=code)


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
    for n in outcome.apart:
        answers[n - 1].outcome = "apart"
    for remark in outcome.refused + outcome.warnings:
        told.setdefault(remark.n, []).append(remark.finding)
    for number, found in told.items():
        ordered = sorted(found, key=lambda each: each.level is not Level.ERROR)
        answers[number - 1].findings = [{**asdict(each), "level": str(each.level)} for each in ordered]
    return answers


# --- idempotency


def _former(department: Department, key: str, channel: ImportBatch.Channel) -> ImportBatch | None:
    hashed = _key_hash(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_KEY_LOCK, f"{department.pk}:{hashed}"])
    return ImportBatch.objects.filter(department=department, channel=channel, sha256=hashed).first()


def _again(former: ImportBatch, digest: str) -> Pushed:
    if former.progress.get("digest") != digest:
        raise Conflict("push.key-reused", "该幂等键已用于另一批数据。", mend="请更换幂等键后重新报送。")
    return Pushed(former, [RowOutcome(**each) for each in former.progress.get("results", [])], repeated=True)


def _key_hash(key: str) -> str:
    return hashlib.sha256(b"key\x1f" + key.encode()).hexdigest()


def _digest(standard: str, rows: Sequence[Mapping[str, object]]) -> str:
    body: Any = [standard, *({str(name): row[name] for name in sorted(row)} for row in rows)]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, default=str, sort_keys=True).encode()).hexdigest()
