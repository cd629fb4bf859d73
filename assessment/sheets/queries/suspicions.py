"""What looks like gaming in the decisions of a month, by department: for the credit office to look at."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from assessment.sheets.rules.gaming import Decision, Seen, signs
from assessment.sheets.rules.months import last_day
from credit_platform.accounts.models import Department
from credit_platform.workdays.queries import calendar
from disclosure import kinds
from disclosure.models import Disclosure


def suspicions(first: date) -> list[tuple[Department, list[Seen]]]:
    """The signs in the decisions that first came in a month, by department; departments without any are left out."""
    until = last_day(first)
    rows = Disclosure.objects.filter(kind__in=set(kinds.TIMED), arrived_on__range=(first, until)).order_by("pk")
    asked = ("pk", "source_department_id", "subject_id", "title", "decided_on", "arrived_on")
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for pk, department, subject, title, decided, arrived in rows.values_list(*asked).iterator():
        decisions[department].append(Decision(f"disclosure:{pk}", subject, title, decided, arrived))
    last = _last_workday(until)
    seen = {department: signs(each, last) for department, each in decisions.items()}
    departments = Department.objects.in_bulk([key for key, each in seen.items() if each])
    return sorted(((departments[key], seen[key]) for key in departments), key=lambda pair: pair[0].code)


def _last_workday(day: date) -> date:
    days = calendar()
    while not days.is_workday(day):
        day -= timedelta(days=1)
    return day
