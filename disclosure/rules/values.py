"""Rule sets as plain values: what the rules are given instead of database rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

FOREVER = 10**6
CREDIT, MARKET, LIST = "credit", "market", "list"
"""Channels: what this platform follows; the 公示系统 of the market regulators; lists of dishonest subjects."""


CLASS, PROCEDURE, EXEMPTION, REVOCATION = "class", "procedure", "exemption", "revocation"
"""What a claim is about (see `Lowering.What`)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said that makes an item lighter, or keeps it from the public; `barred`: the law excludes it."""

    what: str
    text: str
    barred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRule:
    """One class of a rule set: what puts a decision into it and how long it is shown (see `PeriodRule`)."""

    kind: str
    severity: str = ""
    label: str = ""
    name: str = ""
    penalty_kinds: frozenset[str] = field(default_factory=frozenset)
    domains: frozenset[str] = field(default_factory=frozenset)
    procedure: str = ""
    min_months: int | None = None
    max_months: int | None = None
    start_kind: str = ""
    end_kind: str = "maximum"
    min_from: str = "start"
    unperformed_at_max: str = "stop"
    fixed: bool = False
    published: bool = True
    repairable: bool = True
    priority: int = 100
    basis: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def weight(self) -> tuple[bool, int, int, bool]:
        """How serious the class is: shown at all, how long at most, how long at least, without repair."""
        return (self.published, self.max_months or FOREVER, self.min_months or 0, not self.repairable)

    def in_force(self, on: date) -> bool:
        """Whether the row holds on a day; without days of its own it holds as long as its rule set."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetValue:
    """A rule set with its classes (see `RuleSet`)."""

    code: str
    name: str
    basis: str
    valid_from: date
    valid_until: date | None = None
    period_start: str = "publication"
    channel: str = CREDIT
    organ_word: str = ""
    certainty: str = ""
    rules: tuple[ClassRule, ...] = ()

    def of_kind(self, kind: str, on: date | None = None) -> tuple[ClassRule, ...]:
        """The classes of a kind of information (those in force on a day), the first to ask in front."""
        found = (rule for rule in self.rules if rule.kind == kind and (on is None or rule.in_force(on)))
        return tuple(sorted(found, key=lambda rule: rule.priority))

    def in_force(self, on: date) -> bool:
        """Whether the rule set holds on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From which fine (万元) on a class holds, by domain ("" = every) and kind of subject ("" = every)."""

    domain: str
    subject_kind: str
    severity: str
    amount_wan: Decimal
    valid_from: date
    valid_until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleLimit:
    """What the simple procedure can decide at most: these kinds, a fine up to `amount_wan` (万元); "" = every kind of subject."""

    subject_kind: str
    penalty_kinds: frozenset[str]
    amount_wan: Decimal
    valid_from: date
    valid_until: date | None = None
    basis: str = ""

    def holds(self, subject_kind: str, decided_on: date) -> bool:
        """Whether the row speaks of decisions of that day about such a subject."""
        return (
            self.subject_kind in ("", subject_kind)
            and self.valid_from <= decided_on
            and (self.valid_until is None or decided_on <= self.valid_until)
        )


def rule_set_for(rule_sets: Iterable[RuleSetValue], kind: str, on: date, channel: str = CREDIT) -> RuleSetValue | None:
    """The rule set that governs a kind on a day in a channel: of those in force with classes for the kind, the youngest."""
    fitting = [each for each in rule_sets if each.channel == channel and each.in_force(on) and each.of_kind(kind, on)]
    return max(fitting, key=lambda each: each.valid_from, default=None)
