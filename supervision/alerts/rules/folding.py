"""Levels become firings, firings and outcomes become figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import median
from typing import TypeVar

MISSES = 10
"""How many of the worst misses a report names."""


@dataclass(frozen=True, slots=True)
class Level:
    """From a day on the facts of a subject weigh so much."""

    subject: int
    day: date
    level: int


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule would have raised an alert about a subject on a day."""

    subject: int
    day: date
    level: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule should have warned of: it happened to a subject on a day; `gravity` orders what was missed, the gravest highest."""

    subject: int
    day: date
    gravity: int
    what: str


Dated = TypeVar("Dated", Firing, Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a rule is worth over a period. `decided` firings are those whose horizon is over; `days` are the leads of the outcomes foreseen."""

    alerts: int
    subjects: int
    decided: int
    followed: int
    outcomes: int
    foreseen: int
    lead_days: float | None
    misses: tuple[Outcome, ...]

    @property
    def precision(self) -> float | None:
        """Of the alerts whose horizon is over, the share that an outcome followed, in per cent; None of none."""
        return percent(self.followed, self.decided)

    @property
    def recall(self) -> float | None:
        """Of the outcomes, the share that an alert went before, in per cent; None of none."""
        return percent(self.foreseen, self.outcomes)


def percent(part: int, whole: int) -> float | None:
    """A share in per cent; None of nothing."""
    return part * 100 / whole if whole else None


def firings(levels: Iterable[Level], *, threshold: int, clear_threshold: int) -> Iterator[Firing]:
    """The days on which a rule fires: the level reaches `threshold`; and again only after it has fallen to `clear_threshold`.

    `levels` are ordered by subject and day.
    """
    for subject, steps in groupby(levels, key=lambda each: each.subject):
        alerted = False
        for each in steps:
            if not alerted and each.level >= threshold:
                alerted = True
                yield Firing(subject, each.day, each.level)
            elif alerted and each.level <= clear_threshold:
                alerted = False


def figures(
    fired: Sequence[Firing], outcomes: Sequence[Outcome], *, horizon: int, known_until: date, last: date
) -> Figures:
    """What firings were worth: an outcome follows one when it comes within `horizon` calendar days after its day; what nobody can
    tell yet on `known_until` is not judged. Outcomes after `last`, the period's end, follow firings and are not asked whether they were foreseen."""
    by_subject = _by_subject(outcomes)
    alerts = _by_subject(fired)
    decided = [each for each in fired if each.day + timedelta(days=horizon) <= known_until]
    followed = sum(
        any(0 < (what.day - each.day).days <= horizon for what in by_subject.get(each.subject, ())) for each in decided
    )
    leads, missed = [], []
    asked = [each for each in outcomes if each.day <= last]
    for what in asked:
        before = [(what.day - each.day).days for each in alerts.get(what.subject, ())]
        lead = max((days for days in before if 0 < days <= horizon), default=None)
        if lead is None:
            missed.append(what)
        else:
            leads.append(lead)
    worst = sorted(missed, key=lambda each: (-each.gravity, -each.day.toordinal(), each.subject))[:MISSES]
    return Figures(
        alerts=len(fired),
        subjects=len(alerts),
        decided=len(decided),
        followed=followed,
        outcomes=len(asked),
        foreseen=len(leads),
        lead_days=median(leads) if leads else None,
        misses=tuple(worst),
    )


def weekly(alerts: int, *, days: int, officers: int) -> float | None:
    """Alerts for each officer and week over a period of so many days; None without an officer."""
    return alerts * 7 / days / officers if officers and days else None


def _by_subject(rows: Iterable[Dated]) -> Mapping[int, list[Dated]]:
    found: dict[int, list[Dated]] = {}
    for each in rows:
        found.setdefault(each.subject, []).append(each)
    return found
