"""The seven working days: computed once per day of decision, and explained day by day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar, Deadline
from disclosure.models import Disclosure
from disclosure.rules import deadlines


class DueDays:
    """Deadlines and verdicts with a memory: a hundred thousand records share a few hundred days."""

    def __init__(self, days: Calendar | None = None) -> None:
        self.calendar = days or calendar()
        self.due = lru_cache(maxsize=None)(self._due)
        self.verdict = lru_cache(maxsize=None)(self._verdict)

    def _due(self, decided_on: date) -> Deadline:
        return self.calendar.deadline(decided_on, deadlines.WORKDAYS)

    def _verdict(self, decided_on: date, arrived_on: date) -> deadlines.Verdict:
        due = self.due(decided_on)
        late = self.calendar.workdays_between(due.due_on, arrived_on) if arrived_on > due.due_on else 0
        return deadlines.arrival(decided_on, due.due_on, arrived_on, late, provisional=due.provisional)


def explain_deadline(disclosure: Disclosure) -> Deadline:
    """The seven working days of a disclosure, day by day (`steps`), under the calendar as it is loaded now."""
    return calendar().deadline(disclosure.decided_on, deadlines.WORKDAYS)


def withdrawal_due(annulled_on: date) -> Deadline:
    """Until when an annulled act must be withdrawn: 3 working days (行政处罚法 art. 48, 85)."""
    return calendar().deadline(annulled_on, deadlines.WITHDRAWAL_WORKDAYS)
