"""The clocks of a complaint and of a report: which stage it is in, its last day, and since when a beginning is late. Pure.

The days are those of the day of receipt (令第20号; 2026-04-15 the new 办法); a stage begins on the day of the act before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.clocks import ONE, Clock, Days, last_day
from credit_platform.workdays.rules import Calendar
from supervision.complaints.rules.words import ACCEPTED

_FURTHEST = 400
"""Calendar days: no stage lasts longer."""


class Stage(StrEnum):
    """What has to be done next."""

    ACCEPT = "accept"
    MEDIATE = "mediate"
    PUBLISH = "publish"
    CHECK = "check"
    TELL = "tell"


STAGE_LABELS = {
    Stage.ACCEPT: "受理",
    Stage.MEDIATE: "调解",
    Stage.PUBLISH: "公示",
    Stage.CHECK: "核查",
    Stage.TELL: "告知",
}


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a complaint: received, answered (`accepted_on` is also the day of a refusal), ended."""

    received_on: date
    decision: str = ""
    accepted_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The stage that runs and its last day; `provisional` rests on a year without a notice of holidays."""

    stage: Stage
    on: date
    provisional: bool = False

    def is_late(self, day: date) -> bool:
        """Whether the last day has passed on `day`; the last day itself is in time."""
        return day > self.on


def due(course: Course, profile: Mapping[str, Days], calendar: Calendar) -> Due | None:
    """What runs of a complaint: acceptance, then mediation; None when it ended or was not accepted, and where a stage has no days.

    `profile`: the days by stage, in working days, in force on the day of receipt.
    """
    if course.closed_on is not None:
        return None
    if not course.decision:
        return _due(Stage.ACCEPT, course.received_on, profile, calendar)
    if course.decision != ACCEPTED or course.accepted_on is None:
        return None
    return _due(Stage.MEDIATE, course.accepted_on, profile, calendar)


def publish_by(course: Course, profile: Mapping[str, Days], calendar: Calendar) -> date | None:
    """Until when a complaint that ended is to be public (7 working days, a parameter)."""
    found = _due(Stage.PUBLISH, course.closed_on, profile, calendar) if course.closed_on else None
    return found.on if found else None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The days of a report of a violation: received, checked, its teller told; `extended`: the head of the authority gave more days."""

    received_on: date
    checked_on: date | None = None
    told_on: date | None = None
    extended: bool = False


def due_of(inquiry: Inquiry, profile: Mapping[str, Days], calendar: Calendar) -> Due | None:
    """What runs of a report: the check, then telling who told it; None when both are done."""
    if inquiry.checked_on is None:
        return _due(Stage.CHECK, inquiry.received_on, profile, calendar, extended=inquiry.extended)
    return None if inquiry.told_on else _due(Stage.TELL, inquiry.checked_on, profile, calendar)


def _due(
    stage: Stage, start: date, profile: Mapping[str, Days], calendar: Calendar, *, extended: bool = False
) -> Due | None:
    row = profile.get(stage)
    if row is None:
        return None
    found = last_day(Clock(start, row.days + (row.extension if extended else 0)), calendar)
    return Due(stage, *found) if found else None


def first_in_time(days: int, calendar: Calendar, *, on: date) -> date:
    """The first day of a beginning whose period of `days` working days is not over on `on`: what began before is late.

    The last day grows with the beginning, so the days are walked back until one is over.
    """
    start = on
    while (on - start).days < _FURTHEST and _last(start - ONE, days, calendar) >= on:
        start -= ONE
    return start


def _last(start: date, days: int, calendar: Calendar) -> date:
    found = last_day(Clock(start, days), calendar)
    assert found is not None  # noqa: S101 - a clock without pauses does not stand
    return found[0]


@dataclass(frozen=True, slots=True)
class Span:
    """Days of receipt, both included, to which the same days of a stage apply; None: without limit."""

    first: date | None
    last: date | None
    days: Days


def spans(rows: Iterable[tuple[date, Days]]) -> list[Span]:
    """The rows of a stage (in force from a day, its days) as spans of days of receipt, the oldest first. The latest row in force holds."""
    ordered = sorted(rows, key=lambda row: row[0])
    ends: list[date | None] = [since - timedelta(days=1) for since, _ in ordered[1:]]
    ends.append(None)
    return [Span(since, end, days) for (since, days), end in zip(ordered, ends, strict=True)]
