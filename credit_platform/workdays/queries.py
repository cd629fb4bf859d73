"""The calendar of the moment, and what a notice would change."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from credit_platform.errors import Finding, Level
from credit_platform.workdays import registry
from credit_platform.workdays.models import CalendarDay, CalendarStamp, HolidayNotice
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules import Calendar, Day, DayRule, NoticeDay, changed_days, check_notice

RECHECK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Cached:
    calendar: Calendar
    stamp: uuid.UUID | None
    checked: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What loading a notice would do. `moved` is by holder; `stamp` is the calendar that was compared with."""

    findings: tuple[Finding, ...]
    changed: tuple[tuple[Day, Day], ...]
    moved: tuple[tuple[str, tuple[Moved, ...]], ...]
    stamp: uuid.UUID | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level is Level.ERROR)

    @property
    def moved_count(self) -> int:
        return sum(len(deadlines) for _, deadlines in self.moved)


_cached: _Cached | None = None
_lock = threading.Lock()


def calendar() -> Calendar:
    """Return the calendar of the notices in force.

    Kept in the process; every two seconds (setting WORKDAYS_RECHECK_SECONDS) one small query asks whether another process has
    loaded a notice. Take it once for a batch, not once for a row.
    """
    global _cached
    now = time.monotonic()
    kept = _cached
    if kept and now - kept.checked < getattr(settings, "WORKDAYS_RECHECK_SECONDS", RECHECK_SECONDS):
        return kept.calendar
    stamp = current_stamp()
    with _lock:
        fresh = kept.calendar if kept and kept.stamp == stamp and stamp else from_rows()
        _cached = _Cached(fresh, stamp, now)
    return fresh


def forget() -> None:
    """Drop the kept calendar of this process (after a loading)."""
    global _cached
    _cached = None


def current_stamp() -> uuid.UUID | None:
    """Return the stamp of the calendar as it is in the database; it changes with every loading."""
    return CalendarStamp.objects.values_list("stamp", flat=True).first()


def from_rows() -> Calendar:
    """Build the calendar from the rows, past the cache."""
    return Calendar(_rules(CalendarDay.objects.all()), _published_years())


def planned(year: int, days: Sequence[NoticeDay], *, source: str, amends: bool = False) -> Calendar:
    """Return the calendar as it would be with a notice loaded; a yearly notice replaces the days of the one it supersedes."""
    rows = CalendarDay.objects.all()
    if not amends:
        rows = rows.exclude(notice__in=superseded_by(year))
    special = _rules(rows) | {d.date: DayRule(d.is_workday, d.name, source) for d in days}
    return Calendar(special, _published_years() | (frozenset() if amends else {year}))


def superseded_by(year: int) -> models.QuerySet[HolidayNotice]:
    """The yearly notice in force that a new one for the year would replace."""
    return HolidayNotice.objects.filter(year=year, kind=HolidayNotice.Kind.YEARLY, state=HolidayNotice.State.CURRENT)


def has_notice(year: int) -> bool:
    """Whether the yearly notice of a year is loaded."""
    return superseded_by(year).exists()


def preview(year: int, days: Sequence[NoticeDay], *, source: str, amends: bool = False) -> Preview:
    """Check a notice and tell which days and which deadlines would change; writes nothing."""
    stamp = current_stamp()
    findings = check_notice(year, days, amends=amends)
    if any(f.level is Level.ERROR for f in findings):
        return Preview(tuple(findings), (), (), stamp)
    old, new = from_rows(), planned(year, days, source=source, amends=amends)
    moved = tuple((holder.label, tuple(holder.preview(old, new))) for holder in registry.holders())
    return Preview(tuple(findings), tuple(changed_days(old, new)), moved, stamp)


def missing_notice(today: date | None = None) -> int | None:
    """Return next year when its notice is not loaded although it is November or later (the notices come out by then)."""
    day = today or timezone.localdate()
    following = (day + timedelta(days=61)).year
    return following if following != day.year and not has_notice(following) else None


def _rules(rows: models.QuerySet[CalendarDay]) -> dict[date, DayRule]:
    return {
        row.date: DayRule(row.is_workday, row.name, row.notice.source)
        for row in rows.select_related("notice").defer("notice__days")
    }


def _published_years() -> frozenset[int]:
    yearly = HolidayNotice.objects.filter(kind=HolidayNotice.Kind.YEARLY, state=HolidayNotice.State.CURRENT)
    return frozenset(yearly.values_list("year", flat=True))
