"""What is known of a subject on a day, as checks keep it: entries on lists, bans, breaches, penalties that weigh in procurement. Pure.

Facts are kept as plain JSON beside the subject and beside every check, so that an answer can be made again from what was known when it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from credit_platform.workdays.rules import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """One thing known; dates are ISO texts in JSON."""

    days: ClassVar[tuple[str, ...]] = ()
    many: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The fact that stands in JSON; a name that is not known any more is passed over."""
        given = {each.name: told[each.name] for each in fields(cls) if each.name in told}
        given |= {name: date.fromisoformat(given[name]) for name in cls.days if given.get(name)}
        return cls(**given | {name: tuple(given[name]) for name in cls.many if name in given})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(_Fact):
    """A place on a list. `shared`: the list is not public; `objected`: its publication is suspended, or an objection against it is open."""

    days: ClassVar = ("entered_on", "until")
    list: str
    name: str
    nature: str
    authority: str
    document: str
    entered_on: date
    until: date | None = None
    shared: bool = False
    objected: bool = False

    def holds(self, on: date) -> bool:
        return self.entered_on <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban(_Fact):
    """市场和行业禁入: what may not be done, in which fields of matters, from one day to another (None: for life), decided by whom."""

    days: ClassVar = ("since", "until")
    many: ClassVar = ("matters",)
    scope: str
    matters: tuple[str, ...]
    authority: str
    document: str
    since: date
    until: date | None = None
    basis: str = ""

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach(_Fact):
    """A decided breach of a commitment. `until`: the last day on which 告知承诺 is not open to who broke it."""

    days: ClassVar = ("decided_on", "until", "shown_until")
    number: str
    kind: str
    document: str
    decided_on: date
    until: date | None = None
    shown_until: date | None = None
    basis: str = ""
    objected: bool = False

    def holds(self, on: date) -> bool:
        return any(last is not None and on <= last for last in (self.until, self.shown_until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty(_Fact):
    """A penalty that may be a 重大违法记录: its kinds, the fine in 万元 as it is written."""

    days: ClassVar = ("decided_on", "until")
    many: ClassVar = ("kinds",)
    document: str
    authority: str
    decided_on: date
    until: date
    kinds: tuple[str, ...] = ()
    fine_wan: str = ""
    objected: bool = False

    def holds(self, on: date) -> bool:
        return self.decided_on <= on <= self.until


KINDS: dict[str, type[Entry] | type[Ban] | type[Breach] | type[Penalty]] = {
    "entries": Entry,
    "bans": Ban,
    "breaches": Breach,
    "penalties": Penalty,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one subject; `kind` is that of the ledger ("legal", "sole_trader", "person")."""

    kind: str
    entries: tuple[Entry, ...] = ()
    bans: tuple[Ban, ...] = ()
    breaches: tuple[Breach, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    _all: tuple[str, ...] = field(default=tuple(KINDS), init=False, repr=False, compare=False)

    @property
    def anything(self) -> bool:
        """Whether anything is known at all."""
        return bool(self.entries or self.bans or self.breaches or self.penalties)

    def each(self) -> Iterable[Entry | Ban | Breach | Penalty]:
        """Every fact."""
        return (*self.entries, *self.bans, *self.breaches, *self.penalties)

    def on(self, day: date) -> Facts:
        """Those that hold on a day."""
        kept = {name: tuple(each for each in getattr(self, name) if each.holds(day)) for name in KINDS}
        return Facts(self.kind, **kept)

    def changes_on(self, day: date) -> date | None:
        """The first day after `day` on which time alone makes something else of them; None when nothing will."""
        turns = [turn for each in self.each() for turn in _turns(each) if turn > day]
        return min(turns, default=None)

    def as_json(self) -> dict[str, Any]:
        """As they are kept: only what there is."""
        told: dict[str, Any] = {"kind": self.kind}
        for name in KINDS:
            if found := getattr(self, name):
                told[name] = [_plain(each) for each in found]
        return told


def read(told: Mapping[str, Any]) -> Facts:
    """Facts out of JSON."""
    given: dict[str, Any] = {name: tuple(kind.of(each) for each in told.get(name, ())) for name, kind in KINDS.items()}
    return Facts(str(told.get("kind", "")), **given)


def penalty_until(decided_on: date, years: int) -> date:
    """The last day of the years before a procurement in which a penalty counts (政府采购法 art. 22: 前三年内)."""
    return add_months(decided_on, 12 * years)


def _turns(fact: Entry | Ban | Breach | Penalty) -> Iterable[date]:
    for name in fact.days:
        day = getattr(fact, name)
        if day is not None:
            yield day if name in ("entered_on", "since", "decided_on") else day + timedelta(days=1)


def _plain(fact: object) -> dict[str, Any]:
    told = {}
    for name, value in asdict(fact).items():  # type: ignore[call-overload]
        if value is None or value in ("", False, ()):
            continue
        told[name] = (
            value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        )
    return told
