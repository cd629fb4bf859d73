"""What the rules say of records on entry: equal facts are judged once, for a hundred thousand rows tell a few thousand things."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.pg import cell
from disclosure.actions.tallies import Timed
from disclosure.models.disclosures import new_public_id
from disclosure.queries import entering
from disclosure.queries.deadlines import DueDays
from disclosure.queries.entering import OWN, Decides, Group
from disclosure.queries.evaluation import Evaluator, title_shown
from disclosure.rules import masking
from disclosure.rules.claims import claim_of
from disclosure.rules.periods import PeriodResult
from disclosure.rules.states import State, next_state
from disclosure.rules.values import Claim
from records.models import CreditRecord
from records.standards.declaration import Standard

ON_ENTRY = "入库即公示，不适用7个工作日。"
_MOST_KEPT = 50_000

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
    ("earliest_repair_on", "date"),
    ("shown", "jsonb"),
    ("awaits_confirmation", "boolean"),
)
_OWN = 4
"""The columns of COLUMNS that each record has for itself; the others say the verdict."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What the rules say on entry; the fields are those of COLUMNS, and what was said on the row. One serves all records that tell the same."""

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
    earliest_repair_on: date | None = None
    shown: dict[str, str] | None = None
    awaits_confirmation: bool = False
    claim: Claim | None = None

    def as_line(self) -> str:
        """The verdict as the end of a line for COPY."""
        made = {"shown": json.dumps(self.shown or {}, ensure_ascii=False), "state": self.state.value}
        names = [name for name, _ in COLUMNS[_OWN:]]
        return "\t".join(cell(made[name] if name in made else getattr(self, name)) for name in names)


@dataclass(slots=True, eq=False)
class Judged:
    """A verdict with how it counts: under which keys (None: it has no seven days), and the day of an earlier refusal."""

    verdict: Verdict
    line: str
    timed: Timed | None = None
    refused_on: date | None = None


Lines = Iterator[tuple[int, str, Judged]]
"""Records, each with its line for COPY and the verdict in it."""


class Judge:
    """Decides about records on entry."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.days = DueDays()
        self.rules = Evaluator(on)
        self._kept: dict[tuple[str, int, str], dict[tuple[Any, ...], Judged]] = {}

    def lines(self, groups: Sequence[Group]) -> Lines:
        """Of the records those whose item publishes and whose standard is known."""
        for group in groups:
            record = CreditRecord(item_id=group.item_id, standard=group.standard)
            item, standard = self.rules.item(record), self.rules.standard(record)
            if item.publishes and standard is not None:
                yield from self._at_once(group, standard) if item.on_entry else self._timed(group, standard)

    def _timed(self, group: Group, standard: Standard) -> Lines:
        """Records that wait for a second person: only what decides is read, and what was decided is kept by it."""
        kept = self._kept.setdefault((group.standard, group.item_id, group.kind), {})
        if len(kept) > _MOST_KEPT:
            kept.clear()
        codes = entering.codes_of(standard)
        fine = entering.place_of(standard.roles.get("fine", ""), codes)
        for row in entering.read(group, codes):
            record_id, title, name, operator, kind = row[:OWN]
            decides = row[OWN:]
            judged = kept.get(decides)
            if judged is None:
                # Fines are of a thousand amounts and of three steps.
                alike = self._alike(decides, fine)
                judged = kept.get(alike) or self._decide(Decides(group, alike, codes), standard)
                kept[decides] = kept[alike] = judged
            shown = cell(title_shown(title, name, operator, kind))
            name = cell(masking.public_name(name, kind))
            yield record_id, f"{record_id}\t{new_public_id()}\t{name}\t{shown}\t{judged.line}", judged

    def _alike(self, decides: tuple[Any, ...], fine: int) -> tuple[Any, ...]:
        """What decides, with the fine at `fine` (0 = there is none) brought to its step."""
        if not fine or decides[fine] is None:
            return decides
        return (*decides[:fine], self.rules.same_class(decides[fine]), *decides[fine + 1 :])

    def _decide(self, what: Decides, standard: Standard) -> Judged:
        verdict = self._verdict(what.record, standard, what.arrived_on)[0]
        due = self.days.due(what.decided_on)
        arrival = self.days.verdict(what.decided_on, what.arrived_on)
        verdict.due_on, verdict.due_provisional = due.due_on, due.provisional
        verdict.arrival_late, verdict.late_reason = arrival.late, arrival.reason
        self._held(verdict, what.record, standard)
        timed = Timed(what.department, what.record.kind, what.decided_on, what.arrived_on)
        return Judged(verdict, verdict.as_line(), timed, what.refused_on)

    def _held(self, verdict: Verdict, record: CreditRecord, standard: Standard) -> None:
        """What the row itself says to keep the item from the public, or in a lighter class, awaits review from the first."""
        facts = self.rules.facts(record, standard)
        claim = claim_of(facts, self.rules.judged(facts)[0], on=self.on)
        if claim is None:
            return
        verdict.claim, verdict.awaits_confirmation = claim, not claim.barred
        if verdict.state is State.EXEMPT:
            verdict.state, verdict.ended_why = next_state(State.EXEMPT, "hold"), ""

    def _at_once(self, group: Group, standard: Standard) -> Lines:
        """Records that are published with their entry: each shows its own content."""
        records = (
            CreditRecord.objects.filter(pk__in=group.ids).select_related("subject").defer("warnings", "content_hash")
        )
        for record in records.order_by("pk"):
            arrived = timezone.localdate(record.first_compliant_at or record.first_arrived_at)
            verdict, period = self._verdict(record, standard, arrived)
            verdict.on_entry = True
            if verdict.state is not State.EXEMPT:
                verdict.state, verdict.published_on, verdict.ends_on = State.PUBLISHED, self.on, period.ends_on
                verdict.earliest_repair_on = period.earliest_repair_on
                verdict.shown = masking.shown_of(standard, record.content, subject_kind=record.subject.kind)
            subject = record.subject
            title = title_shown(record.title, subject.name, subject.legal_representative, subject.kind)
            own = (record.pk, new_public_id(), masking.public_name(subject.name, subject.kind), title)
            judged = Judged(verdict, verdict.as_line())
            yield record.pk, "\t".join([*map(cell, own), judged.line]), judged

    def _verdict(self, record: CreditRecord, standard: Standard, arrived_on: date) -> tuple[Verdict, PeriodResult]:
        period, exempt = self.rules.judged(self.rules.facts(record, standard))
        verdict = Verdict(
            state=State.EXEMPT if exempt else State.DRAFT,
            due_on=max(record.decided_on, arrived_on),
            arrived_on=arrived_on,
            late_reason=ON_ENTRY,
            severity=period.severity,
            severity_stated_by=period.source,
            rule_set=period.rule_set,
            ended_why=exempt[:300],
        )
        return verdict, period
