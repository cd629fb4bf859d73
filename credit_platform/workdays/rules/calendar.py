"""The calendar: which day is a working day and why, and deadlines in working days.

A working day is Monday to Friday unless the yearly notice gives it off, and a Saturday or Sunday that the notice makes a working day
(行政许可法 第八十二条, 行政处罚法 第八十五条: days of periods are working days, without statutory holidays). The day of the decision is
not counted (民法典 第二百零一条). A year without a notice is provisional: weekends and statutory days, marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from credit_platform.workdays.rules.days import Day, Deadline
from credit_platform.workdays.rules.statutory import statutory_days

_ONE = timedelta(days=1)
_SATURDAY = 5
# No period of the law is longer in working days; beyond it something else is wrong.
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class DayRule:
    """What a notice says of one day: a day off, or a weekend at work. `source` names the notice."""

    is_workday: bool
    name: str
    source: str


class Calendar:
    """Immutable; built from the rows of the notices. Years outside `published_years` are provisional."""

    def __init__(self, special: Mapping[date, DayRule], published_years: frozenset[int]) -> None:
        self._special = dict(special)
        self.published_years = frozenset(published_years)
        self._statutory: dict[int, dict[date, str]] = {}

    @property
    def special(self) -> Mapping[date, DayRule]:
        """The days of the notices, for comparing two calendars."""
        return dict(self._special)

    def is_provisional(self, day: date) -> bool:
        """True when no notice of the day's year is loaded and no notice names the day."""
        return day.year not in self.published_years and day not in self._special

    def is_workday(self, day: date) -> bool:
        rule = self._special.get(day)
        if rule is not None:
            return rule.is_workday
        if day.weekday() >= _SATURDAY:
            return False
        return day.year in self.published_years or day not in self._statutory_of(day.year)

    def day(self, day: date) -> Day:
        """Return the day with the reason why it is or is not a working day."""
        return Day(day, self.is_workday(day), self._why(day), self.is_provisional(day))

    def due_on(self, start: date, count: int) -> date:
        """Return the last of `count` working days after `start`, without the explanation (for bulk work)."""
        _check_count(count)
        day = start
        while count > 0:
            day += _ONE
            count -= self.is_workday(day)
        return day

    def deadline(self, start: date, count: int) -> Deadline:
        """Return the deadline of `count` working days (0 to 5000): the day after `start` is day 1; 0 is `start` itself.

        Raises ValueError for any other count. Source: 行政许可法 82, 行政处罚法 85, 民法典 201.
        """
        _check_count(count)
        steps = []
        number = 0
        for day in _after(start):
            if number == count:
                break
            step = self.day(day)
            number += step.is_workday
            steps.append(replace(step, number=number) if step.is_workday else step)
        due_on = steps[-1].date if steps else start
        return Deadline(start, count, due_on, any(step.provisional for step in steps), tuple(steps))

    def workdays_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and with `end`; negative when `end` is the earlier one."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + _ONE * n) for n in range(1, (end - start).days + 1))

    def workdays_left(self, today: date, due: date) -> int:
        """Return the working days left: 0 on the last day, negative (at least -1) once it has passed, also on a day off."""
        if today <= due:
            return self.workdays_between(today, due)
        return -max(1, self.workdays_between(due, today))

    def roll_forward(self, day: date) -> date:
        """Return the day, or the next working day when it is a day off (民法典 第二百零三条): for acts, not for ends of publication."""
        while not self.is_workday(day):
            day += _ONE
        return day

    def _statutory_of(self, year: int) -> dict[date, str]:
        if year not in self._statutory:
            self._statutory[year] = statutory_days(year)
        return self._statutory[year]

    def _why(self, day: date) -> str:
        rule = self._special.get(day)
        if rule is not None:
            kind = "调休上班" if rule.is_workday else "放假"
            named = f"{rule.name}{kind}" if rule.name else kind
            return f"{named}（{rule.source}）" if rule.source else named
        if self.is_provisional(day):
            statutory = self._statutory_of(day.year).get(day)
            if statutory:
                return f"{statutory}法定节假日（暂定）"
            return "周末休息（暂定）" if day.weekday() >= _SATURDAY else "工作日（暂定）"
        return "周末休息" if day.weekday() >= _SATURDAY else "工作日"


def _after(start: date) -> Iterator[date]:
    day = start
    while True:
        day += _ONE
        yield day


def _check_count(count: int) -> None:
    if not 0 <= count <= LONGEST:
        raise ValueError(f"a period of {count} working days")
