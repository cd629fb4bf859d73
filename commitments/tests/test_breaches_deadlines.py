"""The last day to speak moves with the calendar, and only while the subject may still speak."""

from __future__ import annotations

from datetime import date

import pytest

from casework.actions.clocks import case_days
from casework.models import Case
from casework.queries.course import stepper
from commitments.breaches.rules import BREACH
from commitments.tests import cases
from credit_platform.accounts.actors import SYSTEM
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar, DayRule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def test_a_notice_that_gives_a_day_off_moves_the_last_day():
    served, done = cases.case_in("served"), cases.case_in("decided")
    assert served.hearing.until == date(2026, 11, 30)
    old = calendar()
    new = Calendar({**old.special, date(2026, 11, 25): DayRule(False, "示例假日", "示例通知")}, old.published_years)
    moved = list(case_days.preview(old, new))
    assert [(each.label, each.new_due) for each in moved] == [(served.number, date(2026, 12, 1))]
    assert case_days.recompute(old, new, by=SYSTEM) == 1
    assert case_days.recompute(old, new, by=SYSTEM) == 0
    served.refresh_from_db()
    done.refresh_from_db()
    assert (served.hearing.until, done.hearing.until) == (date(2026, 12, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("state", "end"),
    [
        ("candidate", ["已认定", "已决定"]),
        ("decided", ["已认定", "已决定"]),
        ("annulled", ["已决定", "已撤销"]),
        ("dismissed", ["疑似违诺", "不予认定"]),
    ],
)
def test_the_way_of_a_case_ends_where_it_closes(state, end):
    """撤销 is no step that every decision takes: it stands on the way of the case that took it."""
    assert [each["label"] for each in stepper(Case(procedure=BREACH.slug, state=state))][-2:] == end
