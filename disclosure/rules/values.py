"""Rule sets as plain values: what the rules are given instead of database rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

FOREVER = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRule:
    """One class of a rule set: what puts a decision into it and how long it is shown (see `PeriodRule`)."""

    kind: str
    severity: str = ""
    label: str = ""
    penalty_kinds: frozenset[str] = field(default_factory=frozenset)
    domains: frozenset[str] = field(default_factory=frozenset)
    procedure: str = ""
    min_months: int | None = None
    max_months: int | None = None
    until_valid: bool = False
    published: bool = True
    repairable: bool = True
    priority: int = 100
    basis: str = ""

    def weight(self) -> tuple[bool, int, int, bool]:
        """How serious the class is: shown at all, how long at most, how long at least, without repair."""
        return (self.published, self.max_months or FOREVER, self.min_months or 0, not self.repairable)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetValue:
    """A rule set with its classes (see `RuleSet`)."""

    code: str
    name: str
    basis: str
    valid_from: date
    valid_until: date | None = None
    period_start: str = "publication"
    ends_when: str = "expired"
    certainty: str = ""
    rules: tuple[ClassRule, ...] = ()

    def of_kind(self, kind: str) -> tuple[ClassRule, ...]:
        """The classes of a kind of information, the first to ask in front."""
        return tuple(sorted((rule for rule in self.rules if rule.kind == kind), key=lambda rule: rule.priority))

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


def rule_set_for(rule_sets: Iterable[RuleSetValue], kind: str, on: date) -> RuleSetValue | None:
    """The rule set that governs a kind on a day: of those in force with classes for the kind, the youngest."""
    fitting = [each for each in rule_sets if each.in_force(on) and each.of_kind(kind)]
    return max(fitting, key=lambda each: each.valid_from, default=None)
