"""The day before, the day and the day after of every date of a case: late, due, in force, answered, heard."""

from __future__ import annotations

from datetime import date

import pytest

from casework.actions.reminders import remind, spans
from casework.models import Case, ClockProfile, Notice, Urging
from casework.queries.work import ready_for, work
from casework.tests.factories import TODAY, begun, case_in
from casework.tests.toy.procedure import TOY
from credit_platform.accounts.tests.factories import CreditOfficeFactory, ReviewerFactory
from credit_platform.workdays.queries import calendar
from tests.days import ONE, around

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

DAY = date(2026, 11, 30)


def with_clock(due_on=DAY, **more):
    case = begun()
    Case.objects.filter(pk=case.pk).update(due_on=due_on, due_from=TODAY, due_days=5, **more)
    return case


def test_due_on_its_last_day_and_late_the_day_after():
    with_clock()
    assert around(DAY, lambda day: Case.objects.due(day).exists()) == (False, True, True)
    assert around(DAY, lambda day: Case.objects.late(day).exists()) == (False, False, True)


def test_a_case_that_is_closed_or_stands_is_neither():
    with_clock(paused=True)
    with_clock(closed_on=DAY)
    begun()
    assert not Case.objects.due(DAY + ONE).filter(due_on__isnull=False).exists()
    assert not Case.objects.late(DAY + ONE).exists()
    assert Case.objects.running().count() == Case.objects.open().filter(due_on__isnull=False, paused=False).count()


def test_a_profile_holds_from_its_first_day_through_its_last():
    given = {"procedure": "toy", "profile": "A", "stage": "begun", "days": 5, "basis": "示例办法第二条"}
    ClockProfile.objects.create(**given, valid_from=TODAY, valid_until=DAY)
    assert around(TODAY, lambda day: ClockProfile.objects.in_force(day).exists()) == (False, True, True)
    assert around(DAY, lambda day: ClockProfile.objects.in_force(day).exists()) == (True, True, False)


def test_the_reviewer_finds_the_case_the_day_after_the_hearing():
    case = case_in("open")
    until = case.hearing.until
    (step,) = [each for each in TOY.steps if each.after_hearing]
    reviewer = ReviewerFactory(department=case.department)

    def waits(day):
        return ready_for(step, Case.objects.filter(pk=case.pk), reviewer, day).exists()

    assert around(until, waits) == (False, False, True)
    heard = case_in("heard")
    assert ready_for(step, Case.objects.filter(pk=heard.pk), reviewer, TODAY).exists(), "it has spoken"


def test_an_answer_is_late_the_day_after_its_day():
    case = with_clock()
    office = CreditOfficeFactory()
    Urging.objects.create(case=case, text="请抓紧办理。", asked_by=office, asked_on=TODAY, answer_due_on=DAY)

    def late(day):
        return any(section.title == "督办逾期未答复" and section.rows for section in work(office, day))

    assert around(DAY, late) == (False, False, True)


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        (date(2026, 11, 20), []),
        (date(2026, 11, 23), ["soon-5"]),
        (date(2026, 11, 26), ["soon-5"]),
        (date(2026, 11, 27), ["soon-1"]),
        (DAY, ["soon-1"]),
        (DAY + ONE, ["late"]),
        (date(2026, 12, 2), ["late"]),
        (date(2026, 12, 3), ["late", "head"]),
        (date(2026, 12, 11), ["late", "head"]),
        (date(2026, 12, 14), ["late", "head", "office"]),
    ],
)
def test_what_is_told_of_a_deadline_on_a_day(on, kinds):
    """Five and one working days before; then the day after, three and ten working days after."""
    assert [kind for kind, first, last in spans(TOY, on, calendar()) if first <= DAY <= last] == kinds
    case = with_clock()
    remind(on)
    remind(on)
    assert sorted(Notice.objects.filter(case=case).values_list("kind", flat=True)) == sorted(kinds)
    case.refresh_from_db()
    assert case.escalated_on == (on if "office" in kinds else None)
    assert Urging.objects.filter(case=case).count() == ("office" in kinds)
