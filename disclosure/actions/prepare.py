"""Records that enter the ledger get their disclosure: due day, verdict on timeliness, draft or exempt. Set-wise.

One pass reads what the rules need, Python decides (days and classes are remembered), COPY and one INSERT … SELECT write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from disclosure.actions import tallies
from disclosure.actions.base import Event, announce_many
from disclosure.actions.copying import copy_rows
from disclosure.models import Disclosure
from disclosure.models.disclosures import new_public_id
from disclosure.queries.catalogue import ItemRule
from disclosure.queries.deadlines import DueDays
from disclosure.queries.evaluation import Evaluator, public_title
from disclosure.rules import masking
from disclosure.rules.periods import PeriodResult
from disclosure.rules.states import State, next_state
from records.models import CreditRecord
from records.standards.declaration import Standard

CHUNK = 5000
ON_ENTRY = "入库即公示，不适用7个工作日。"
UNDONE = "所在导入批次已撤回"

STAGE = "stage_disclosure"
COLUMNS = (
    ("record_id", "bigint"),
    ("public_id", "text"),
    ("subject_name", "text"),
    ("title", "text"),
    ("state", "text"),
    ("on_entry", "boolean"),
    ("due_on", "date"),
    ("due_provisional", "boolean"),
    ("arrived_on", "date"),
    ("arrival_late", "boolean"),
    ("late_reason", "text"),
    ("severity", "text"),
    ("severity_stated_by", "text"),
    ("rule_set", "text"),
    ("ended_why", "text"),
    ("published_on", "date"),
    ("ends_on", "date"),
    ("shown", "jsonb"),
)

# One statement writes every row; what the verdict does not need is joined from the record itself.
INSERT = """
INSERT INTO disclosure_disclosure (
    record_id, public_id, kind, subject_id, subject_name, subject_code, source_department_id, authority_id, district, title,
    document_number, document_key, decided_on, state, version, on_entry, due_on, due_provisional, arrived_on, arrival_late,
    late_reason, severity, severity_stated_by, rule_set, published_at, published_on, ends_on, waits_for_performance,
    ends_explained, ended_why, public_note, shown, shown_record_version, needs_correction, drafted_by_id, masking_confirmed,
    review_note, created_at, updated_at)
SELECT r.id, s.public_id, r.kind, r.subject_id, s.subject_name,
    CASE WHEN b.kind = 'person' THEN '' ELSE coalesce(b.code, '') END, r.source_department_id, r.authority_id, a.district,
    s.title, r.document_number, r.document_key, r.decided_on, s.state, 1, s.on_entry, s.due_on, s.due_provisional,
    s.arrived_on, s.arrival_late, s.late_reason, s.severity, s.severity_stated_by, s.rule_set,
    CASE WHEN s.published_on IS NULL THEN NULL ELSE now() END, s.published_on, s.ends_on, false, '{}', s.ended_why, '',
    s.shown, CASE WHEN s.published_on IS NULL THEN 0 ELSE r.version END, false, r.entered_by_id, false, '', now(), now()
FROM stage_disclosure s
JOIN records_creditrecord r ON r.id = s.record_id
JOIN records_subject b ON b.id = r.subject_id
JOIN accounts_department a ON a.id = r.authority_id
ON CONFLICT (record_id) DO NOTHING
RETURNING id, record_id, state
"""


@dataclass(slots=True)
class Prepared:
    """How many disclosures were made, and in which state."""

    drafts: int = 0
    exempt: int = 0
    published: int = 0

    @property
    def total(self) -> int:
        return self.drafts + self.exempt + self.published


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What the rules say of one record on entry; the fields are those of COLUMNS."""

    record_id: int
    subject_name: str
    title: str
    state: State
    due_on: date
    arrived_on: date
    on_entry: bool = False
    due_provisional: bool = False
    arrival_late: bool = False
    late_reason: str = ""
    severity: str = ""
    severity_stated_by: str = ""
    rule_set: str = ""
    ended_why: str = ""
    published_on: date | None = None
    ends_on: date | None = None
    shown: dict[str, str] | None = None

    def cells(self) -> tuple[Any, ...]:
        made = {
            "public_id": new_public_id(),
            "shown": json.dumps(self.shown or {}, ensure_ascii=False),
            "state": self.state.value,
        }
        return tuple(made[name] if name in made else getattr(self, name) for name, _ in COLUMNS)


def prepare(record_ids: Sequence[int], *, by: Actor, on: date | None = None) -> Prepared:
    """Make the disclosures of standing records that have none and whose catalogue item publishes.

    Who: whoever entered them ("disclosure.prepare" for every source department). A record that may not be public becomes
    EXEMPT with its reason; an item published on entry is published at once; everything else is a draft that is due on the 7th
    working day after the decision. Days already known are computed once. One audit row with the members.
    """
    on = on or timezone.localdate()
    done = Prepared()
    members: list[int] = []
    allowed: set[int] = set()
    with acting(by):
        judge = Judge(on)
        counts = tallies.Increments()
        for chunk in _chunks(record_ids):
            records = _load(chunk)
            for department in {record.source_department_id for record in records} - allowed:
                policy.require(by, "disclosure.prepare", department)
                allowed.add(department)
            members += _write(judge, records, done, counts)
            _revive(chunk, by=by, on=on)
        tallies.add(counts)
        if members:
            detail = {"drafts": done.drafts, "exempt": done.exempt, "published": done.published}
            audit.record("disclosure.prepare", by=by, members=members, detail=detail)
    return done


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _load(ids: Sequence[int]) -> list[CreditRecord]:
    rows = CreditRecord.objects.standing().filter(pk__in=ids, disclosure__isnull=True)
    return list(rows.select_related("subject").defer("warnings", "content_hash").order_by("pk"))


def _write(judge: Judge, records: Sequence[CreditRecord], done: Prepared, counts: tallies.Increments) -> list[int]:
    verdicts = {verdict.record_id: verdict for verdict in judge.verdicts(records)}
    if not verdicts:
        return []
    by_id = {record.pk: record for record in records}
    copy_rows(STAGE, COLUMNS, (verdict.cells() for verdict in verdicts.values()))
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
        made = cursor.fetchall()
    for _, record_id, state in made:
        verdict = verdicts[record_id]
        done.drafts += state == State.DRAFT
        done.exempt += state == State.EXEMPT
        done.published += state == State.PUBLISHED
        if not verdict.on_entry:
            record = by_id[record_id]
            timed = tallies.Timed(record.source_department_id, record.kind, record.decided_on, verdict.arrived_on)
            counts.arrived(timed, late=verdict.arrival_late, refused=tallies.refused_on(record))
    announce_many([pk for pk, _, state in made if state == State.PUBLISHED], Event.APPEARED)
    return [pk for pk, _, _ in made]


def _revive(record_ids: Sequence[int], *, by: Actor, on: date) -> None:
    """On-entry items whose batch undo was reversed are shown again."""
    rows = Disclosure.objects.select_for_update(of=("self",)).filter(
        record_id__in=record_ids, record__status="active", state=State.WITHDRAWN, on_entry=True, ended_why=UNDONE
    )
    ids = sorted(row.pk for row in rows)
    if not ids:
        return
    state = next_state(State.WITHDRAWN, "revive")
    now = timezone.now()
    Disclosure.objects.filter(pk__in=ids).update(
        state=state, ended_why="", ended_at=None, published_on=on, published_at=now, updated_at=now
    )
    announce_many(ids, Event.APPEARED)
    audit.record("disclosure.revive", by=by, members=ids)


class Judge:
    """Decides about records on entry."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.days = DueDays()
        self.rules = Evaluator(on)

    def verdicts(self, records: Sequence[CreditRecord]) -> Iterator[Verdict]:
        """The verdicts of those whose item publishes, and whose standard is known."""
        self.rules.learn(record.item_id for record in records)
        for record in records:
            item, standard = self.rules.item(record), self.rules.standard(record)
            if item.publishes and standard is not None:
                yield self.verdict(record, item, standard)

    def verdict(self, record: CreditRecord, item: ItemRule, standard: Standard) -> Verdict:
        period, exempt = self.rules.judged(self.rules.facts(record, standard))
        arrived = timezone.localdate(record.first_compliant_at or record.first_arrived_at)
        verdict = Verdict(
            record_id=record.pk,
            subject_name=masking.public_name(record.subject.name, record.subject.kind),
            title=public_title(record),
            state=State.EXEMPT if exempt else State.DRAFT,
            due_on=max(record.decided_on, arrived),
            arrived_on=arrived,
            late_reason=ON_ENTRY,
            severity=period.severity,
            severity_stated_by=period.source,
            rule_set=period.rule_set,
            ended_why=exempt[:300],
        )
        return self.at_once(verdict, record, standard, period) if item.on_entry else self.timed(verdict, record)

    def timed(self, verdict: Verdict, record: CreditRecord) -> Verdict:
        due = self.days.due(record.decided_on)
        arrival = self.days.verdict(record.decided_on, verdict.arrived_on)
        return replace(
            verdict,
            due_on=due.due_on,
            due_provisional=due.provisional,
            arrival_late=arrival.late,
            late_reason=arrival.reason,
        )

    def at_once(self, verdict: Verdict, record: CreditRecord, standard: Standard, period: PeriodResult) -> Verdict:
        if verdict.state is State.EXEMPT:
            return replace(verdict, on_entry=True)
        return replace(
            verdict,
            on_entry=True,
            state=State.PUBLISHED,
            published_on=self.on,
            ends_on=period.ends_on,
            shown=masking.shown_of(standard, record.content, subject_kind=record.subject.kind),
        )


def unprepared(record_ids: Iterable[int]) -> list[int]:
    """Those standing records that have no disclosure yet (a catalogue item that began to publish later)."""
    rows = CreditRecord.objects.standing().filter(pk__in=list(record_ids), disclosure__isnull=True)
    return list(rows.values_list("pk", flat=True))
