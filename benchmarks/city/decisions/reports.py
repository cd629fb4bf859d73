"""One report of one authority: its rows as records, disclosures, events of the feed, effects and arrivals."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.city.authorities import Authority
from benchmarks.city.decisions.columns import NULL
from benchmarks.city.people import KINDS, PERSON
from benchmarks.city.templates import Template
from credit_platform import sealing
from disclosure.models.disclosures import ALPHABET
from records.identifiers import docnumber
from records.ledger_rules import arrival_text

if TYPE_CHECKING:
    from benchmarks.city.decisions.past import Decisions

OPEN_DAYS = 12
_YOUNG = ((0.4, "draft"), (0.68, "submitted"), (0.72, "returned"), (0.85, "approved"), (1.01, "published"))
_WAS_PUBLIC = frozenset({"published", "ended", "suspended", "withdrawn", "repaired"})
_OVER = frozenset({"ended", "suspended", "withdrawn", "repaired"})


@dataclass(slots=True)
class Event:
    """One report of one authority."""

    day: date
    authority: Authority
    standard: str
    rows: int


class Report:
    """The rows of one report."""

    def __init__(self, city: Decisions, event: Event, arrived: str, published: date) -> None:
        self.city, self.event, self.arrived, self.published = city, event, arrived, published
        self.authority = event.authority
        self.clerk, self.reviewer = self.authority.key * 2 - 1, self.authority.key * 2
        self.reviewed = f"{published} 14:30:00+08"
        self.submitted = f"{event.day} 11:20:00+08"
        self.age = (city.today - event.day).days

    def row(self, template: Template, position: int, decided: date) -> None:
        """One record, its disclosure, the event of the feed, the effect of the batch and the arrival."""
        city, people, authority = self.city, self.city.people, self.authority
        city.id += 1
        key = (authority.row.code, template.number, decided.year)
        city.serial[key] += 1
        values: dict[str, Any] = {
            "m": authority.row.mark, "y": decided.year, "mo": decided.month, "s": city.serial[key], "n": people.names[position],
            "c": people.codes[position], "r": people.reps[position], "o": authority.row.name, "k": authority.uscc, "d": decided,
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
        city, authority = self.city, self.authority
        number = template.number % values
        state, words = self.state(template, decided)
        revoked = state == "withdrawn"
        until = template.valid_until(decided)
        start = decided + timedelta(days=template.from_day) if template.from_day is not None else NULL
        content_hash = hashlib.md5((template.canonical % values).encode(), usedforsecurity=False).hexdigest()
        document_key = _key(number)
        city.pens.records.add(
            f"{city.id}\t{position + 1}\t{template.item_id}\t{template.kind}\t{template.standard}\t{authority.key}\t{authority.row.name}\t"
            f"{authority.key}\t{template.title or values['n']}\t{number}\t{document_key}\t{decided}\t{start}\t{until or NULL}\t"
            f"{template.content % values}\t{content_hash}\t{'revoked' if revoked else 'active'}\t{city.batch}\t{self.clerk}\t"
            f"{self.arrived}\t{self.arrived}\t{self.published if revoked else NULL}\t{'决定已撤销' if revoked else ''}\t"
            f"{self.arrived}\t{self.arrived}"
        )
        city.pens.effects.add(f"{city.id}\t{city.batch}\t{city.id}\tc\t1")
        subject = values["c"] or values.get("hash", "")
        natural = (authority.uscc, document_key, subject, decided.isoformat(), KINDS[city.people.kinds[position]])
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
        city, authority = self.city, self.authority
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
            f"{values['rs'] if person else values['n']}\t{'' if person else values['c']}\t{authority.key}\t{authority.key}\t"
            f"{authority.row.district}\t{template.title}\t{number}\t{document_key}\t{decided}\t{name}\t{4 if public else 1}\tf\t"
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


def _or_null(value: object) -> str:
    return NULL if value is None else str(value)


def _public_id(random: Random) -> str:
    bits = random.getrandbits(60)
    signs = []
    for _ in range(12):
        signs.append(ALPHABET[(bits & 31) % 31])
        bits >>= 5
    return "".join(signs)


def lines_of(explained: tuple[str, ...]) -> str:
    return json.dumps({"lines": list(explained)}, ensure_ascii=False)


@lru_cache(maxsize=4096)
def _head(text: str) -> str:
    return docnumber.key(text)


def _key(number: str) -> str:
    """The comparison key; digits and 号 stand for themselves, the rest is remembered."""
    head, _, tail = number.partition("〕")
    return f"{_head(head)}〕{tail}"
