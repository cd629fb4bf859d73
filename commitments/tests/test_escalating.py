"""What falls due is told where it is looked for, what is long late is supervised, once; the subject reads its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commitments.models import Review
from commitments.reviews.actions.escalating import escalate
from commitments.reviews.queries.missing import for_subject
from commitments.reviews.queries.work import work
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory, UserFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.workdays.queries import calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.mark.parametrize(
    ("on", "when"),
    [
        (date(2026, 12, 14), None),
        (date(2026, 12, 15), date(2026, 12, 15)),
        (date(2026, 12, 16), date(2026, 12, 16)),
    ],
)
def test_ten_working_days_late_the_credit_office_supervises(on, when):
    review = cases.ReviewFactory(due_on=date(2026, 12, 1))
    assert calendar().workdays_between(date(2026, 12, 1), date(2026, 12, 15)) == 10
    assert escalate(on) == (when is not None)
    assert Review.objects.get(pk=review.pk).escalated_on == when


def test_it_is_told_once_and_what_is_done_is_not_told():
    review = cases.ReviewFactory(due_on=date(2026, 12, 1))
    cases.ReviewFactory(due_on=date(2026, 12, 1), state="void")
    assert [escalate(date(2026, 12, day)) for day in (15, 15, 16)] == [1, 0, 0]
    assert Review.objects.get(pk=review.pk).escalated_on == date(2026, 12, 15)
    assert AuditEntry.objects.filter(verb="commitments.review.escalate").count() == 1


@pytest.mark.parametrize(
    ("due_on", "titles"),
    [
        (date(2026, 12, 1), set()),
        (date(2026, 11, 30), {"履约复核即将到期"}),
        (TODAY, {"履约复核即将到期"}),
        (TODAY - timedelta(days=1), {"履约复核已逾期"}),
        (date(2026, 11, 19), {"履约复核已逾期"}),
        (date(2026, 11, 18), {"履约复核已逾期", "履约复核逾期，请负责人督促"}),
    ],
)
def test_the_desk_tells_of_a_review_from_five_working_days_before_to_the_heads_third_day(due_on, titles):
    review = cases.ReviewFactory(due_on=due_on)
    reviewer = ReviewerFactory(department=review.department)
    assert {section.title for section in work(reviewer, TODAY) if section.size} == titles


def test_the_subject_reads_of_missing_papers_only_while_it_is_true():
    letter = cases.ShortfallLetterFactory(shortfall_due_on=date(2026, 11, 30))
    cases.ShortfallLetterFactory(shortfall_due_on=date(2026, 11, 30))
    assert for_subject(letter.subject, date(2026, 11, 20)) == []
    notice = for_subject(letter.subject, TODAY)[0]
    assert (notice.due_on, notice.workdays_left, notice.late) == (date(2026, 11, 30), 5, False)
    assert "房屋租赁合同" in notice.text
    assert for_subject(letter.subject, date(2026, 12, 1))[0].late
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
