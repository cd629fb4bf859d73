"""Reminders and escalation: by what is left in working days, twice is harmless; the subject reads its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commitments.models import Review, ReviewReminder
from commitments.reviews.actions.reminders import remind
from commitments.reviews.queries.reminders import for_subject
from commitments.reviews.queries.work import work
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory, UserFactory
from credit_platform.workdays.queries import calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def whats(review) -> list[str]:
    return sorted(review.reminders.values_list("what", flat=True))


def test_a_review_is_told_with_five_and_one_days_left_daily_when_late_and_escalated():
    review = cases.ReviewFactory(due_on=date(2026, 12, 1))
    expected = {
        date(2026, 11, 23): [],
        date(2026, 11, 24): ["soon-5"],
        date(2026, 11, 25): ["soon-5"],
        date(2026, 11, 30): ["soon-1", "soon-5"],
        date(2026, 12, 1): ["soon-1", "soon-5"],
        date(2026, 12, 2): ["late", "soon-1", "soon-5"],
        date(2026, 12, 3): ["late", "late", "soon-1", "soon-5"],
        date(2026, 12, 4): ["head", "late", "late", "late", "soon-1", "soon-5"],
    }
    for day, found in expected.items():
        remind(day)
        assert sum(remind(day).values()) == 0
        assert whats(review) == found
    remind(date(2026, 12, 15))
    assert "office" in whats(review)
    assert Review.objects.get(pk=review.pk).escalated_on == date(2026, 12, 15)
    assert calendar().workdays_between(date(2026, 12, 1), date(2026, 12, 15)) == 10
    remind(date(2026, 12, 16))
    assert whats(review).count("office") == 1


def test_a_run_that_was_missed_is_made_up_for():
    review = cases.ReviewFactory(due_on=date(2026, 12, 1))
    remind(date(2026, 12, 1))
    assert whats(review) == ["soon-1"]


def test_the_subject_reads_of_missing_papers_only_while_it_is_true():
    letter = cases.ShortfallLetterFactory(shortfall_due_on=date(2026, 11, 30))
    cases.ShortfallLetterFactory(shortfall_due_on=date(2026, 11, 30))
    assert for_subject(letter.subject, date(2026, 11, 20)) == []
    notice = for_subject(letter.subject, TODAY)[0]
    assert (notice.due_on, notice.workdays_left, notice.late) == (date(2026, 11, 30), 5, False)
    assert "房屋租赁合同" in notice.text
    assert for_subject(letter.subject, date(2026, 12, 1))[0].late
    remind(TODAY)
    assert ReviewReminder.objects.filter(letter=letter, what="shortfall").count() == 1
    letter.shortfall_settled_on = TODAY
    letter.save()
    assert for_subject(letter.subject, TODAY) == []


def test_the_desk_shows_each_person_what_is_theirs():
    review = cases.ReviewFactory(due_on=TODAY - timedelta(days=30), escalated_on=TODAY)
    titles = {
        role: {section.title for section in work(person, TODAY) if section.size}
        for role, person in {
            "clerk": ClerkFactory(department=review.department),
            "reviewer": ReviewerFactory(department=review.department),
            "stranger": ClerkFactory(),
            "office": CreditOfficeFactory(),
            "nobody": UserFactory(),
        }.items()
    }
    assert titles == {
        "clerk": {"履约复核已逾期"},
        "reviewer": {"履约复核已逾期", "履约复核逾期，请负责人督促"},
        "stranger": set(),
        "office": {"履约复核提请督办"},
        "nobody": set(),
    }
