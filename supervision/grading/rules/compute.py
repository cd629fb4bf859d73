"""A grade as a sum that can be read part by part, and what would change it. Pure: the records that count are an argument."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from supervision.grading.rules.model import DirectRule, Indicator, Model


@dataclass(frozen=True, slots=True)
class Fact:
    """A record that counts today under one line of the model, and the last day on which it does (None: no end is known)."""

    line: str
    record: int
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the sum: how many records, for how many points, and which."""

    line: str
    count: int
    points: Decimal
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a subject: `score` is the rounded sum, `direct` the lines that found the grade by themselves ((), when the sum did)."""

    grade: str
    score: Decimal
    parts: tuple[Part, ...]
    direct: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a grade would be from a day on, when nothing happens but that records run out; `records` are those that do on that day."""

    on: date
    records: tuple[int, ...]
    grade: Grade


def compute(facts: Iterable[Fact], model: Model) -> Grade:
    """The grade of a subject: base and parts are summed exactly, rounded once at the end, then read in the bands; a direct rule lowers it
    to its own grade. Points, no unit; `facts` are those that count on the day.
    """
    by_line: dict[str, set[int]] = {}
    for fact in facts:
        by_line.setdefault(fact.line, set()).add(fact.record)
    parts = tuple(_part(line, by_line[line.code]) for line in _ordered(model) if line.code in by_line)
    score = model.rounded(model.base + sum((part.points for part in parts), Decimal(0)))
    grade = of_sum = model.band_of(score)
    hit = [rule for rule in model.direct if rule.code in by_line]
    for rule in hit:
        grade = model.worse(grade, rule.grade)
    direct = tuple(sorted(rule.code for rule in hit if rule.grade == grade)) if grade != of_sum else ()
    return Grade(grade, score, parts, direct)


def without(facts: Sequence[Fact], records: Collection[int], model: Model) -> Grade:
    """What the grade would be if records counted no more: repaired, withdrawn, corrected."""
    return compute([fact for fact in facts if fact.record not in records], model)


def course(facts: Sequence[Fact], model: Model) -> list[Change]:
    """How the grade goes on by itself, day by day on which something runs out, when nothing new happens."""
    found = []
    for last in sorted({fact.last_day for fact in facts if fact.last_day is not None}):
        gone = tuple(sorted({fact.record for fact in facts if fact.last_day == last}))
        later = [fact for fact in facts if fact.last_day is None or fact.last_day > last]
        found.append(Change(last + timedelta(days=1), gone, compute(later, model)))
    return found


def _ordered(model: Model) -> list[Indicator | DirectRule]:
    """The lines in the order in which parts are stored: by code, indicators and direct rules alike."""
    return sorted(model.lines, key=lambda line: line.code)


def _part(line: Indicator | DirectRule, records: set[int]) -> Part:
    points = line.part(len(records)) if isinstance(line, Indicator) else Decimal(0)
    return Part(line.code, len(records), points, tuple(sorted(records)))
