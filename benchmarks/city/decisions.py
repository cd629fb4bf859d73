"""Eight years of reports: which organ reports on which day, what it decided, and what became of it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from benchmarks.city.organs import Organ
from benchmarks.city.people import KINDS, LEGAL, PERSON, SOLE_TRADER, People, sealed
from benchmarks.city.tables import Writer
from benchmarks.city.templates import Template, Templates
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure, DisclosureChange
from disclosure.models.disclosures import ALPHABET
from disclosure.queries.deadlines import DueDays
from disclosure.rules.masking import mask_name
from records import sealing
from records.identifiers import docnumber
from records.ledger_rules import arrival_text
from records.models import Arrival, CreditRecord, ImportBatch, ImportEffect

YEARS = 8
OPEN_DAYS = 12
SKEW = 2.2
PRIME = 7_368_787
MIX = (("permit-2018", 62), ("penalty-2018", 13), ("act", 25))
RECORD = [
    "id",
    "subject_id",
    "item_id",
    "kind",
    "standard",
    "authority_id",
    "authority_name",
    "source_department_id",
    "title",
    "document_number",
    "document_key",
    "decided_on",
    "valid_from",
    "valid_until",
    "content",
    "content_hash",
    "status",
    "batch_id",
    "entered_by_id",
    "first_arrived_at",
    "first_compliant_at",
    "revoked_on",
    "revoked_reason",
    "created_at",
    "updated_at",
]
SHOWN = [
    "id",
    "record_id",
    "public_id",
    "kind",
    "subject_id",
    "subject_name",
    "subject_code",
    "source_department_id",
    "authority_id",
    "district",
    "title",
    "document_number",
    "document_key",
    "decided_on",
    "state",
    "version",
    "on_entry",
    "due_on",
    "due_provisional",
    "arrived_on",
    "arrival_late",
    "late_reason",
    "severity",
    "severity_stated_by",
    "rule_set",
    "published_at",
    "published_on",
    "earliest_repair_on",
    "ends_on",
    "waits_for_performance",
    "ends_explained",
    "ended_at",
    "ended_why",
    "shown",
    "shown_record_version",
    "needs_correction",
    "drafted_by_id",
    "submitted_by_id",
    "submitted_at",
    "reviewed_by_id",
    "reviewed_at",
    "publish_from",
    "created_at",
    "updated_at",
]
BATCH = [
    "id",
    "department_id",
    "standard",
    "item_id",
    "channel",
    "uploaded_by_id",
    "uploaded_by_name",
    "file_name",
    "file_size",
    "sha256",
    "state",
    "total",
    "accepted",
    "rejected",
    "received_at",
    "heartbeat_at",
    "finished_at",
]
NULL = "\\N"


@dataclass(slots=True)
class Event:
    """One report of one organ."""

    day: date
    organ: Organ
    standard: str
    rows: int


@dataclass(slots=True)
class Pens:
    """The writers, one a table."""

    records: Writer = field(default_factory=lambda: Writer(CreditRecord, RECORD))
    disclosures: Writer = field(default_factory=lambda: Writer(Disclosure, SHOWN))
    changes: Writer = field(
        default_factory=lambda: Writer(DisclosureChange, ("id", "disclosure_id", "event", "at", "number"))
    )
    batches: Writer = field(default_factory=lambda: Writer(ImportBatch, BATCH))
    effects: Writer = field(
        default_factory=lambda: Writer(ImportEffect, ("id", "batch_id", "record_id", "what", "version"))
    )
    arrivals: Writer = field(default_factory=lambda: Writer(Arrival, ("fingerprint", "first_at")))

    def close(self) -> None:
        """Wait for all of them."""
        for pen in (self.records, self.disclosures, self.changes, self.batches, self.effects, self.arrivals):
            pen.close()


class Decisions:
    """Writes the past. `today` is the day on which the city stands."""

    def __init__(self, people: People, organs: list[Organ], today: date, random: Random) -> None:
        self.people, self.organs, self.today, self.random = people, organs, today, random
        self.templates = Templates(today)
        self.days = DueDays()
        self.calendar = calendar()
        self.pens = Pens()
        self.serial: dict[tuple[str, str, int], int] = defaultdict(int)
        self.id = 0
        self.batch = 0
        self.of_kind = {
            kind: [i for i, k in enumerate(people.kinds) if k == kind] for kind in (LEGAL, SOLE_TRADER, PERSON)
        }
        self.seals = lru_cache(maxsize=None)(sealed)
        self.lines = lru_cache(maxsize=20_000)(_lines)
        self.masked = lru_cache(maxsize=100_000)(mask_name)

    def events(self, rows: int) -> list[Event]:
        """The reports of eight years with about `rows` rows, more of them in later years."""
        each = max(5, int(20 * (rows / 100_000) ** 0.7))
        count = max(200, rows // each)
        span = YEARS * 365
        weights = [organ.weight for organ in self.organs]
        able = {organ.key: self._standards(organ) for organ in self.organs}
        speaking = [organ for organ in self.organs if able[organ.key]]
        weights = [organ.weight for organ in speaking]
        found = []
        for organ in self.random.choices(speaking, weights, k=count):
            back = int(span * self.random.random() ** 1.25)
            day = self.today - timedelta(days=max(1, back))
            while not self.calendar.is_workday(day):
                day -= timedelta(days=1)
            standards, chances = able[organ.key]
            standard = self.random.choices(standards, chances)[0]
            found.append(Event(day, organ, standard, max(1, int(self.random.expovariate(1 / each)))))
        found.sort(key=lambda event: (event.day, event.organ.key))
        _trim(found, rows)
        return found

    def _standards(self, organ: Organ) -> Any:
        known = {standard for standard, _ in self.templates.by_organ.get(organ.templates, {})}
        chances = dict(MIX)
        pairs = [(standard, chances.get(standard, chances["act"])) for standard in sorted(known)]
        return [list(column) for column in zip(*pairs, strict=True)] if pairs else None

    def write(self, event: Event) -> None:
        """One report: the batch and its rows."""
        self.batch += 1
        options = self.templates.by_organ[event.organ.templates]
        kinds = [
            kind for kind in (LEGAL, SOLE_TRADER, PERSON) if options.get((event.standard, kind)) and self.of_kind[kind]
        ]
        chosen = {kind: self.random.choice(options[event.standard, kind]) for kind in kinds}
        lags = [self.random.choice((1, 2, 3)), self.random.choice((4, 5, 6))]
        if self.random.random() < 0.3:
            lags.append(self.random.randrange(14, 30))
        arrived = f"{event.day} 09:{self.random.randrange(60):02d}:00+08"
        report = _Report(self, event, arrived, self._publication(event.day))
        for _ in range(event.rows):
            kind = self._kind(kinds)
            decided = event.day - timedelta(days=self.random.choices(lags, (60, 36, 4)[: len(lags)])[0])
            report.row(chosen[kind], self._subject(kind), decided)
        self._batch_line(event, next(iter(chosen.values())).item_id, arrived)

    def _batch_line(self, event: Event, item_id: int, arrived: str) -> None:
        clerk = event.organ.key * 2 - 1
        bad = event.rows // 40
        sign = hashlib.sha256(str(self.batch).encode()).hexdigest()
        name = f"{event.organ.row.code}_{event.standard}_{event.day:%Y%m%d}.xlsx"
        self.pens.batches.add(
            f"{self.batch}\t{event.organ.key}\t{event.standard}\t{item_id}\tdesk\t{clerk}\t"
            f"{event.organ.row.short_name}录入员\t{name}\t{event.rows * 700}\t{sign}\tdone\t{event.rows + bad}\t{event.rows}\t{bad}\t"
            f"{arrived}\t{arrived}\t{arrived}"
        )

    def _kind(self, kinds: list[int]) -> int:
        if len(kinds) == 1:
            return kinds[0]
        share = self.random.random()
        wanted = LEGAL if share < 0.62 else SOLE_TRADER if share < 0.99 else PERSON
        return wanted if wanted in kinds else kinds[0]

    def _subject(self, kind: int) -> int:
        """A few are spoken of very often, most seldom: the position follows a power law over a mixed order."""
        pool = self.of_kind[kind]
        return pool[int(len(pool) * self.random.random() ** SKEW) * PRIME % len(pool)]

    def _publication(self, day: date) -> date:
        return min(self.calendar.deadline(day, self.random.choice((1, 1, 2, 3))).due_on, self.today)


class _Report:
    """The rows of one report."""

    def __init__(self, city: Decisions, event: Event, arrived: str, published: date) -> None:
        self.city, self.event, self.arrived, self.published = city, event, arrived, published
        self.organ = event.organ
        self.clerk, self.reviewer = self.organ.key * 2 - 1, self.organ.key * 2
        self.reviewed = f"{published} 14:30:00+08"
        self.submitted = f"{event.day} 11:20:00+08"
        self.age = (city.today - event.day).days

    def row(self, template: Template, position: int, decided: date) -> None:
        """One record, its disclosure, the event of the feed, the effect of the batch and the arrival."""
        city, people, organ = self.city, self.city.people, self.organ
        city.id += 1
        key = (organ.row.code, template.number, decided.year)
        city.serial[key] += 1
        values = {
            "m": organ.row.mark, "y": decided.year, "mo": decided.month, "s": city.serial[key], "n": people.names[position],
            "c": people.codes[position], "r": people.reps[position], "o": organ.row.name, "k": organ.uscc, "d": decided,
        }  # fmt: skip
        values["rs"] = city.masked(values["r"] or values["n"])
        for delta in template.deltas:
            values[f"u{delta}"] = decided + timedelta(days=delta)
        if position in people.numbers:
            values["sealed"] = city.seals(people.numbers[position])
            values["hash"] = json.loads(values["sealed"])["hash"]
        self.enter(template, position, decided, values)

    def enter(self, template: Template, position: int, decided: date, values: dict[str, Any]) -> None:
        """Write the lines of one record."""
        city, organ = self.city, self.organ
        number = template.number % values
        state, words = self.state(template, decided)
        revoked = state == "withdrawn"
        until = template.valid_until(decided)
        start = decided + timedelta(days=template.from_day) if template.from_day is not None else NULL
        content_hash = hashlib.md5((template.canonical % values).encode(), usedforsecurity=False).hexdigest()
        document_key = _key(number)
        city.pens.records.add(
            f"{city.id}\t{position + 1}\t{template.item_id}\t{template.kind}\t{template.standard}\t{organ.key}\t{organ.row.name}\t"
            f"{organ.key}\t{template.title or values['n']}\t{number}\t{document_key}\t{decided}\t{start}\t{until or NULL}\t"
            f"{template.content % values}\t{content_hash}\t{'revoked' if revoked else 'active'}\t{city.batch}\t{self.clerk}\t"
            f"{self.arrived}\t{self.arrived}\t{self.published if revoked else NULL}\t{'决定已撤销' if revoked else ''}\t"
            f"{self.arrived}\t{self.arrived}"
        )
        city.pens.effects.add(f"{city.id}\t{city.batch}\t{city.id}\tc\t1")
        subject = values["c"] or values.get("hash", "")
        natural = (organ.uscc, document_key, subject, decided.isoformat(), KINDS[city.people.kinds[position]])
        city.pens.arrivals.add(f"{sealing.number_hash(arrival_text(template.item_code, natural))}\t{self.arrived}")
        self.disclose(template, (position, decided, number, document_key), (state, words), values)

    def state(self, template: Template, decided: date) -> tuple[str, str]:
        """Where the disclosure of this row stands today, and why it ended."""
        city = self.city
        period, exempt = city.templates.judge(template.key, decided, self.published)
        share = city.random.random()
        if exempt and not (period.ends_on and period.ends_on < city.today):
            return "exempt", exempt[:300]
        if self.age <= OPEN_DAYS or self.published >= city.today:
            return next(name for top, name in _YOUNG if share < top), ""
        if share < 0.004:
            return "withdrawn", "行政复议决定撤销"
        if period.ends_on and period.ends_on < city.today and not period.waits:
            return "ended", "公示期届满"
        if (
            share < 0.03
            and template.kind == "penalty"
            and period.earliest_repair_on
            and period.earliest_repair_on < city.today
        ):
            return "repaired", "准予修复"
        if share < 0.006:
            return "suspended", "异议核实中"
        if share < 0.0066 and self.age < 400:
            return "draft", ""
        return "published", ""

    def disclose(
        self, template: Template, what: tuple[int, date, str, str], state: tuple[str, str], values: dict[str, Any]
    ) -> None:
        """The disclosure of a row, and the feed's event when it was ever public."""
        city, organ = self.city, self.organ
        position, decided, number, document_key = what
        name, words = state
        due = city.days.due(decided)
        verdict = city.days.verdict(decided, self.event.day)
        period, _ = city.templates.judge(template.key, decided, self.published)
        public = name in _WAS_PUBLIC
        person = city.people.kinds[position] == PERSON
        published = self.published if public else NULL
        ended = f"{period.ends_on or self.published} 23:59:00+08" if name in _OVER else NULL
        sent = self.submitted if name not in ("draft", "exempt") else NULL
        seen = self.reviewed if public or name in ("approved", "returned") else NULL
        shown = template.shown % values if public else "{}"
        wrong = "t" if name == "published" and city.random.random() < 0.0008 else "f"
        city.pens.disclosures.add(
            f"{city.id}\t{city.id}\t{_public_id(city.random)}\t{template.kind}\t{position + 1}\t"
            f"{values['rs'] if person else values['n']}\t{'' if person else values['c']}\t{organ.key}\t{organ.key}\t"
            f"{organ.row.district}\t{template.title}\t{number}\t{document_key}\t{decided}\t{name}\t{4 if public else 1}\tf\t"
            f"{due.due_on}\t{'t' if due.provisional else 'f'}\t{self.event.day}\t{'t' if verdict.late else 'f'}\t{verdict.reason}\t"
            f"{period.severity}\t{period.source}\t{period.rule_set}\t{self.reviewed if public else NULL}\t{published}\t"
            f"{_or_null(period.earliest_repair_on if public else None)}\t{_or_null(period.ends_on if public else None)}\t"
            f"{'t' if public and period.waits else 'f'}\t{city.lines(period.explained) if public else '{}'}\t{ended}\t{words}\t{shown}\t"
            f"{1 if public else 0}\t{wrong}\t{self.clerk}\t{self.clerk if sent != NULL else NULL}\t{sent}\t"
            f"{self.reviewer if seen != NULL else NULL}\t{seen}\t{published}\t{self.arrived}\t{self.arrived}"
        )
        if public:
            place = city.pens.changes.rows + len(city.pens.changes._lines) + 1
            city.pens.changes.add(f"{place}\t{city.id}\tappeared\t{self.reviewed}\t{place}")


_YOUNG = ((0.4, "draft"), (0.68, "submitted"), (0.72, "returned"), (0.85, "approved"), (1.01, "published"))
_WAS_PUBLIC = frozenset({"published", "ended", "suspended", "withdrawn", "repaired"})
_OVER = frozenset({"ended", "suspended", "withdrawn", "repaired"})


def _or_null(value: object) -> str:
    return NULL if value is None else str(value)


def _public_id(random: Random) -> str:
    bits = random.getrandbits(60)
    signs = []
    for _ in range(12):
        signs.append(ALPHABET[(bits & 31) % 31])
        bits >>= 5
    return "".join(signs)


def _lines(explained: tuple[str, ...]) -> str:
    return json.dumps({"lines": list(explained)}, ensure_ascii=False)


@lru_cache(maxsize=4096)
def _head(text: str) -> str:
    return docnumber.key(text)


def _key(number: str) -> str:
    """The comparison key; digits and 号 stand for themselves, the rest is remembered."""
    head, _, tail = number.partition("〕")
    return f"{_head(head)}〕{tail}"


def _trim(events: list[Event], rows: int) -> None:
    """Bring the sum of rows to exactly what was asked for."""
    missing = rows - sum(event.rows for event in events)
    place = 0
    while missing:
        event = events[place % len(events)]
        step = 1 if missing > 0 else -1 if event.rows > 1 else 0
        event.rows += step
        missing -= step
        place += 1
