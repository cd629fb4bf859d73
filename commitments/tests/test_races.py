"""Two at once: two sweeps open each review once, of two people one is told."""

from __future__ import annotations

from collections import Counter

import pytest

from casework.models import Hearing
from commitments.breaches import actions as breaches
from commitments.breaches import sweep
from commitments.models import BreachCase, Review
from commitments.reviews import actions as reviews
from commitments.tests import cases
from commitments.tests.cases import TODAY
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.accounts.tests.test_races import both
from credit_platform.errors import Conflict
from records.models import CreditRecord

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("desk")]
LETTERS = 240


def test_two_sweeps_in_parallel_open_every_review_once():
    entry = cases.EntryFactory()
    letters = [cases.DueLetterFactory(entry=entry) for _ in range(LETTERS)]
    opened: list[int] = []
    ends = both(*[lambda: opened.append(reviews.open_due(TODAY, chunk=20)) for _ in range(2)])
    assert ends == [None, None]
    # What both passed over at one moment, because the other held it, is opened by the next run.
    assert sum(opened) + reviews.open_due(TODAY) == LETTERS
    counted = Counter(Review.objects.values_list("letter_id", flat=True))
    assert counted == dict.fromkeys([letter.pk for letter in letters], 1)


def test_two_sweeps_in_parallel_suspect_every_letter_once():
    entry = cases.EntryFactory(commitment_type="shortfall", shortfall_after=20)
    for _ in range(40):
        cases.ShortfallLetterFactory(entry=entry, shortfall_due_on=TODAY.replace(day=20))
    made: list[int] = []
    assert both(*[lambda: made.append(sweep.shortfall_candidates(TODAY)) for _ in range(2)]) == [None, None]
    assert sum(made) + sweep.shortfall_candidates(TODAY) == 40
    assert BreachCase.objects.values("letter").distinct().count() == BreachCase.objects.count() == 40


def test_of_two_who_complete_the_same_review_one_is_told():
    review = cases.ReviewFactory()
    people = [ClerkFactory(department=review.department) for _ in range(2)]
    ends = both(
        *[lambda by=by: reviews.complete(review, outcome="fulfilled", method="书面核查", by=by) for by in people]
    )
    assert sorted(type(end) for end in ends if end) == [Conflict]
    assert CreditRecord.objects.filter(item__code="XYLY").count() == 1


def test_of_two_who_decide_the_same_case_one_is_told():
    case = cases.case_in("determined")
    people = [ReviewerFactory(department=case.department) for _ in range(2)]
    ends = both(*[lambda by=by: cases.step(case, "decide", by=by) for by in people])
    assert sorted(type(end) for end in ends if end) == [Conflict]
    assert CreditRecord.objects.filter(item__code="XYWN").count() == 1


def test_of_two_handlers_who_send_a_statement_one_is_told_and_the_first_stands():
    case = cases.case_in("served")
    accounts = [ActiveFactory(subject=case.subject) for _ in range(2)]
    ends = both(*[lambda by=by: breaches.respond(case, statement=by.login, by=by) for by in accounts])
    assert sorted(type(end) for end in ends if end) == [Conflict]
    said = Hearing.objects.select_related("statement_by").get(pk=case.pk)
    assert said.statement == said.statement_by.login


def test_a_statement_and_a_waiver_at_once_leave_one_of_them():
    case = cases.case_in("served")
    by = ActiveFactory(subject=case.subject)
    waive = {"statement": "", "waived": True, "by": case.drafted_by}
    ends = both(lambda: breaches.respond(case, statement="在线", by=by), lambda: cases.step(case, "hear", **waive))
    assert len([end for end in ends if end]) == 1
    said = Hearing.objects.get(pk=case.pk)
    assert said.waived is (said.statement == "")
