"""The answer to a check: what is known, which measures it brings into this matter, and how far that binds. Pure.

The verdict is computed from the force of measures and from bans that run, and from nothing else: a list without a measure for the matter is
for information; what is not public is told only where a measure of the matter hangs on it; incentives and what others do on their own
never come into it. Who has a 重大违法记录 is told so, and weighed by the purchaser: it is told apart from lists (政府采购法 arts. 22, 77).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from checks.rules.facts import Ban, Breach, Entry, Facts, Penalty
from checks.rules.register import EVERY, RECORD, Line, Register
from commitments.availability.rules import Availability, Barring
from commitments.availability.rules import answer as availability
from sanctions.measures.rules import (
    FORCE_LABELS,
    VERDICT_LABELS,
    Force,
    MeasureKind,
    Verdict,
    applies,
    last_day,
    named,
    strictest_first,
    verdict,
)

ORDER = (Verdict.NONE, Verdict.NOTE, Verdict.CAUTION, Verdict.FORBID)
"""From the lightest on."""
VERDICT_TONES = {Verdict.NONE: "neutral", Verdict.NOTE: "info", Verdict.CAUTION: "warn", Verdict.FORBID: "serious"}
VERDICT_WORDS = {
    Verdict.NONE: "没有对本事项有约束或者参考意义的信用信息。没有信息不等于守信。",
    Verdict.NOTE: "有信用信息供参考，没有须由本事项采取的措施，不得据此不予办理。",
    Verdict.CAUTION: "有应当作为考量因素的信息，由办理单位依法裁量并说明理由，不是不予办理。",
    Verdict.FORBID: "有应当执行的措施或者在期的禁入，依所列法律条款办理。",
}
COMMITMENT = "commitment"
"""The field of matters under which measures say that 告知承诺 is not open."""
REWARDED = "red"


@dataclass(frozen=True, slots=True)
class Matter:
    """The matter that is asked about: its fields, whether 重大违法记录 is asked for, and its place in the list of 告知承诺 (None: not asked)."""

    code: str
    name: str
    fields: frozenset[str]
    asks_record: bool = False
    listed: bool | None = None
    letters: bool = False

    @property
    def keys(self) -> list[str]:
        """The keys whose verdicts together make that of the matter."""
        return [EVERY, *sorted(self.fields), *([RECORD] if self.asks_record else [])]


@dataclass(frozen=True, slots=True)
class Hit:
    """A measure that applies, with the entries that bring it about."""

    line: Line
    entries: tuple[Entry, ...]


def weightiest(verdicts: Collection[Verdict]) -> Verdict:
    """The one that binds most; NONE of none."""
    return max(verdicts, key=ORDER.index, default=Verdict.NONE)


def verdicts_of(facts: Facts, register: Register, on: date) -> dict[str, int]:
    """What a subject's facts come to on a day under each key of the register, as places in ORDER; keys that say nothing more than `*` are left out.

    The verdict of a matter is the weightiest of those of its keys.
    """
    return dict(_verdicts(_shape(facts.on(on)), register))


@lru_cache(maxsize=10_000)
def _verdicts(shape: Facts, register: Register) -> Mapping[str, int]:
    """The same for a shape: fifty thousand entries on a list have one, so that it is computed once."""
    found = {key: _of_key(shape, register, key) for key in register.keys}
    common = found[EVERY]
    return {
        key: ORDER.index(each) for key, each in found.items() if key == EVERY or ORDER.index(each) > ORDER.index(common)
    }


def _shape(held: Facts) -> Facts:
    """What a verdict hangs on: lists, what bans say, whether there is a breach or a penalty; not whose documents they are, nor of when."""
    lists = {(each.list, each.nature, each.shared) for each in held.entries}
    entries = [
        Entry(list=code, name="", nature=nature, authority="", document="", entered_on=date.min, shared=shared)
        for code, nature, shared in sorted(lists)
    ]
    matters = tuple(sorted({matter for ban in held.bans for matter in ban.matters}))
    bans = (Ban(scope="", matters=matters, authority="", document="", since=date.min),) if matters else ()
    breaches = (Breach(number="", kind="", document="", decided_on=date.min),) if held.breaches else ()
    penalties = (Penalty(document="", authority="", decided_on=date.min, until=date.max),) if held.penalties else ()
    return Facts(held.kind, tuple(entries), bans, breaches, penalties)


def _of_key(held: Facts, register: Register, key: str) -> Verdict:
    if key == RECORD:
        return Verdict.CAUTION if held.penalties else Verdict.NONE
    fields = frozenset() if key == EVERY else frozenset({key})
    hits = hits_in(held, register, fields)
    told = _told(held, hits) or held.breaches
    floor = Verdict.FORBID if _bans(held, fields) else Verdict.NOTE if told else Verdict.NONE
    return weightiest([floor, verdict(each.line.facts for each in hits)])


def hits_in(held: Facts, register: Register, fields: Collection[str]) -> list[Hit]:
    """The measures that what holds brings into matters of these fields, the strictest first; never what others do on their own."""
    found: dict[str, Hit] = {}
    for line in register.lines:
        because = tuple(
            entry
            for entry in held.entries
            if applies(line.facts, names=named(entry.list, entry.nature), matters=fields, subject_kind=held.kind)
        )
        if because and line.facts.kind is not MeasureKind.AUTONOMOUS:
            found[line.facts.code] = Hit(line, because)
    return [found[each.code] for each in strictest_first(hit.line.facts for hit in found.values())]


def _told(held: Facts, hits: Collection[Hit]) -> list[Entry]:
    """The entries that the asker is told of: public ones, and others on which a measure of the matter hangs."""
    hanging = {entry for hit in hits for entry in hit.entries}
    return [entry for entry in held.entries if entry.nature != REWARDED and (not entry.shared or entry in hanging)]


def _bans(held: Facts, fields: Collection[str]) -> list[Ban]:
    return [ban for ban in held.bans if EVERY in ban.matters or not set(ban.matters).isdisjoint(fields)]


def answered(facts: Facts | None, matter: Matter, register: Register, on: date) -> dict[str, Any]:
    """The part of an answer that depends on the subject: verdict, hits, measures, incentives, bans, breaches, 告知承诺, 重大违法记录.

    `facts` is None for a subject of whom nothing is known. Texts, whole numbers and yes or no only, so that it can be signed.
    """
    held = (facts or Facts("")).on(on)
    hits = hits_in(held, register, matter.fields)
    found = weightiest([ORDER[place] for place in _places(held, matter, register, on)])
    duties = [hit for hit in hits if hit.line.facts.kind is not MeasureKind.REWARDING]
    return {
        "verdict": found.value,
        "verdict_label": VERDICT_LABELS[found],
        "verdict_text": VERDICT_WORDS[found],
        "hits": [_entry(entry) for entry in _told(held, duties)],
        "measures": [_measure(hit, on) for hit in duties],
        "incentives": [_incentive(hit) for hit in hits if hit not in duties],
        "bans": [_ban(ban) for ban in _bans(held, matter.fields)],
        "breaches": [_breach(each) for each in held.breaches],
        "commitment": _commitment(held, matter, register),
        "serious_record": _record(held, matter, register),
    }


def _places(held: Facts, matter: Matter, register: Register, on: date) -> list[int]:
    by_key = verdicts_of(held, register, on) if held.anything else {}
    return [by_key[key] for key in matter.keys if key in by_key]


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "list": entry.list,
        "name": entry.name,
        "nature": entry.nature,
        "authority": entry.authority,
        "document": entry.document,
        "entered_on": entry.entered_on.isoformat(),
        "until": _day(entry.until),
        "under_objection": entry.objected,
    }


def _measure(hit: Hit, on: date) -> dict[str, Any]:
    """`until` is the longest of what the entries bring about; where a decision sets it, the decision is to be read."""
    facts = hit.line.facts
    ends = [last_day(facts, taken_on=each.entered_on, entry_ends_on=each.until, decided=None) for each in hit.entries]
    return {
        "code": facts.code,
        "name": facts.name,
        "force": facts.force.value,
        "force_label": FORCE_LABELS[facts.force],
        "authority": hit.line.authority,
        "basis": hit.line.basis,
        "legal_text": hit.line.text,
        "because": [each.list for each in hit.entries],
        "until": None if None in ends else _day(max(each for each in ends if each)),
    }


def _incentive(hit: Hit) -> dict[str, Any]:
    facts = hit.line.facts
    because = [each.name for each in hit.entries]
    return {
        "code": facts.code,
        "name": facts.name,
        "authority": hit.line.authority,
        "basis": hit.line.basis,
        "because": because,
    }


def _ban(ban: Ban) -> dict[str, Any]:
    told = {"scope": ban.scope, "authority": ban.authority, "document": ban.document, "basis": ban.basis}
    return told | {"since": ban.since.isoformat(), "until": _day(ban.until)}


def _breach(each: Any) -> dict[str, Any]:
    told = {"number": each.number, "kind": each.kind, "document": each.document}
    days = {"decided_on": each.decided_on.isoformat(), "barred_until": _day(each.until)}
    return told | days | {"under_objection": each.objected}


def _commitment(held: Facts, matter: Matter, register: Register) -> dict[str, Any] | None:
    """Whether 告知承诺 is open to the subject: a decided breach bars it (国办发〔2020〕42号), and so does a measure of that field."""
    if matter.listed is None:
        return None
    barred = [each for each in held.breaches if each.until is not None]
    bar = max(barred, key=lambda each: each.until or date.min, default=None)
    because = (
        Barring(bar.number, bar.kind, bar.document, bar.decided_on, bar.until, bar.basis) if bar and bar.until else None
    )
    found = availability(listed=matter.listed, letters_asked=matter.letters, bar=because)
    musts = [hit for hit in hits_in(held, register, {COMMITMENT}) if COMMITMENT in hit.line.facts.matters]
    must = next((hit for hit in musts if hit.line.facts.force is Force.MUST), None)
    if found.available and must is not None:
        reason = f"因列入{must.entries[0].name}，不适用告知承诺。"
        found = Availability(False, must.entries[0].until, reason, must.line.basis)
    told: dict[str, Any] = {"available": found.available, "until": _day(found.until)}
    return told | {"reason": found.reason, "basis": found.basis, "case_number": found.case_number}


def _record(held: Facts, matter: Matter, register: Register) -> dict[str, Any] | None:
    if not matter.asks_record or register.record is None:
        return None
    items = [
        {
            "document": each.document,
            "authority": each.authority,
            "decided_on": each.decided_on.isoformat(),
            "kinds": list(each.kinds),
            "fine_wan": each.fine_wan,
            "under_objection": each.objected,
        }
        for each in held.penalties
    ]
    rule = register.record
    return {"years": rule.years, "clean": not items, "items": items, "basis": rule.basis}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
