"""Clocks that stop and that are made longer: the last day of a period in working days, with its pauses as intervals. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules import Calendar
from credit_platform.workdays.rules.days import chinese

ONE = timedelta(days=1)
S = TypeVar("S", bound=str)
"""The stages of a procedure."""


@dataclass(frozen=True, slots=True)
class Days:
    """Working days of one stage of a procedure, and by how many it may be made longer once."""

    days: int
    extension: int = 0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from the day after `asked_on` through `until`; None while it still stands."""

    asked_on: date
    until: date | None = None
    why: str = ""

    def covers(self, day: date) -> bool:
        return self.asked_on < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of `days` working days after `start` (the day after it is day 1), with its pauses."""

    start: date
    days: int
    pauses: tuple[Pause, ...] = ()

    @property
    def stands(self) -> bool:
        return any(pause.until is None for pause in self.pauses)


def last_day(clock: Clock, calendar: Calendar) -> tuple[date, bool] | None:
    """The last day of a period and whether it rests on a year without notice; None while the clock stands.

    A working day inside a pause is not counted (行政许可法 art. 45 leaves the time for papers and hearings out of the period).
    """
    if clock.stands:
        return None
    day, left, provisional = clock.start, clock.days, False
    while left > 0:
        day += ONE
        step = calendar.day(day)
        provisional = provisional or step.provisional
        left -= step.is_workday and not any(pause.covers(day) for pause in clock.pauses)
    return day, provisional


class Reckoning(Generic[S]):
    """Finds the last days of the stages of one profile around the pauses of one course, and remembers whether one of them rests on a year
    without a notice."""

    def __init__(self, pauses: Iterable[Pause], profile: Mapping[S, Days], calendar: Calendar) -> None:
        self.pauses, self.profile, self.calendar = tuple(pauses), profile, calendar
        self.is_provisional = False

    def due(self, stage: S, start: date | None, *, extended: bool = False) -> date | None:
        """The last day of a stage that begins on `start`; None before it begins, while papers are awaited, and where it has no days."""
        if start is None or stage not in self.profile:
            return None
        row = self.profile[stage]
        running = tuple(pause for pause in self.pauses if pause.asked_on >= start)
        found = last_day(Clock(start, row.days + (row.extension if extended else 0), running), self.calendar)
        if found is None:
            return None
        self.is_provisional = self.is_provisional or found[1]
        return found[0]


def earlier(day: date | None, limit: date | None) -> date | None:
    """A last day, and never one after the limit; None for a day that is not known."""
    return day if day is None or limit is None else min(day, limit)


def may_extend(due_on: date | None, *, on: date, extended: int, most: int, days: int) -> Iterable[Finding]:
    """What stands against a longer period: it is told before the last day has passed (令第36号), `most` times at the most."""
    if due_on is None:
        yield at_field("clock.none", "days", "没有正在计算的期限，不能延长。")
        return
    if on > due_on:
        yield at_field("clock.late", "on", f"期限已于{chinese(due_on)}届满，延长应当在届满之前决定并告知当事人。")
    if extended >= most:
        yield at_field("clock.again", "days", f"最多延长{most}次，已经延长{extended}次。")
    if days < 1:
        yield at_field("clock.days", "days", "延长的工作日应为1天以上。")


def explained(clock: Clock, calendar: Calendar) -> list[str]:
    """The period day by day, with its pauses as intervals."""
    found = last_day(clock, calendar)
    lines = [f"自{chinese(clock.start)}次日起计算{clock.days}个工作日。"]
    lines += [_pause(pause) for pause in clock.pauses]
    if found is None:
        return [*lines, "期限暂停计算中，恢复后再确定截止日。"]
    if not clock.pauses:
        return calendar.deadline(clock.start, clock.days).explain()
    return [*lines, f"截止日为{chinese(found[0])}{'（暂定，当年放假安排尚未公布）' if found[1] else ''}。"]


def _pause(pause: Pause) -> str:
    first = chinese(pause.asked_on + ONE)
    why = f"（{pause.why}）" if pause.why else ""
    return f"{first}至{chinese(pause.until)}不计入{why}。" if pause.until else f"自{first}起暂停计算{why}。"


def late_since(days: Calendar, on: date, count: int) -> date:
    """The latest due day that has been passed by at least `count` working days on `on`."""
    day, left = on, count
    while left > 0:
        left -= days.is_workday(day)
        day -= timedelta(days=1)
    return day
