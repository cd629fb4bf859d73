"""Reviews: opened once, completed once, void with their letter; what is settled stands in the ledger and in public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commitments.models import CommitmentLetter, Review
from commitments.reviews import actions as reviews
from commitments.rules.states import ASSESSED, Fulfilment
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from records.models import CreditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def complete(review, outcome="fulfilled", **more):
    given = {"method": "现场核查", "finding": "与承诺一致。"} | more
    by = given.pop("by", None) or ClerkFactory(department=review.department)
    return reviews.complete(review, outcome=outcome, by=by, **given)


def entered(letter) -> list[CreditRecord]:
    return list(CreditRecord.objects.filter(item__code="XYLY", subject=letter.subject))


def test_the_sweep_opens_one_review_of_every_letter_that_is_due():
    due, early = cases.DueLetterFactory(), cases.DueLetterFactory(next_review_on=TODAY - timedelta(days=9))
    cases.DueLetterFactory(next_review_on=TODAY + timedelta(days=1))
    cases.DueLetterFactory(fulfilment="withdrawn")
    busy = cases.DueLetterFactory()
    cases.ReviewFactory(letter=busy, kind="random")
    assert reviews.open_due(TODAY, chunk=1) == 2
    assert reviews.open_due(TODAY) == 0
    opened = Review.objects.filter(kind="first").order_by("pk")
    assert [(each.letter, each.due_on) for each in opened] == [(early, early.next_review_on), (due, TODAY)]
    assert AuditEntry.objects.filter(verb="commitments.review.open").count() == 2


def test_a_letter_that_was_done_under_the_same_day_does_not_hold_up_the_others():
    stuck, due = cases.DueLetterFactory(), cases.DueLetterFactory()
    person = ClerkFactory()
    cases.ReviewFactory(letter=stuck, kind="first", state="done", outcome="performing", done_on=TODAY, reviewer=person)
    assert reviews.open_due(TODAY, chunk=1) == 1
    assert Review.objects.open().get().letter == due


@pytest.mark.parametrize("outcome", ASSESSED)
@pytest.mark.parametrize("before", ASSESSED)
def test_every_outcome_becomes_the_letters_state_and_what_is_settled_or_changed_is_entered(before, outcome):
    letter = cases.LetterFactory(fulfilment=before.value)
    complete(cases.ReviewFactory(letter=letter), outcome)
    letter.refresh_from_db()
    assert letter.fulfilment == outcome
    silent = before is Fulfilment.PERFORMING and outcome is Fulfilment.PERFORMING
    assert len(entered(letter)) == (0 if silent else 1)


def test_a_fulfilled_letter_is_public_and_not_looked_at_again():
    letter = cases.LetterFactory(next_review_on=TODAY)
    done = complete(cases.ReviewFactory(letter=letter), attachments=[cases.PDF])
    letter.refresh_from_db()
    record = entered(letter)[0]
    assert letter.next_review_on is None
    assert (record.content["LY_ZT"], record.content["LY_BM"]) == ("全部履行", letter.code)
    assert Disclosure.objects.get(record=record).state == "published"
    assert "LY_QK" not in Disclosure.objects.get(record=record).shown
    assert done.attachments.get().role == "evidence"


def test_the_next_review_follows_the_entrys_interval_and_ends_with_the_validity():
    letter = cases.LetterFactory()
    complete(cases.ReviewFactory(letter=letter), "performing")
    letter.refresh_from_db()
    # Six months later is 23 May 2027, a Sunday: it moves to Monday. No notice of 2027 is loaded, so the day is provisional.
    assert (letter.next_review_on, letter.next_review_kind) == (date(2027, 5, 24), "periodic")
    assert letter.review_provisional
    short = cases.LetterFactory(valid_until=date(2026, 12, 31))
    complete(cases.ReviewFactory(letter=short), "performing")
    assert CommitmentLetter.objects.get(pk=short.pk).next_review_on is None


def test_a_reviewer_completes_and_the_platform_enters_on_behalf():
    review = cases.ReviewFactory()
    complete(review, "unfulfilled", by=ReviewerFactory(department=review.department))
    assert entered(review.letter)[0].content["LY_ZT"] == "未履行"


def test_a_second_review_of_the_day_corrects_what_the_first_entered():
    letter = cases.LetterFactory()
    complete(cases.ReviewFactory(letter=letter), "partly")
    complete(cases.ReviewFactory(letter=letter, kind="random"), "fulfilled")
    assert [each.content["LY_ZT"] for each in entered(letter)] == ["全部履行"]


@pytest.mark.parametrize("stranger", [ClerkFactory, ReviewerFactory, CreditOfficeFactory])
def test_other_departments_complete_nothing(stranger):
    with pytest.raises(Forbidden):
        complete(cases.ReviewFactory(), by=stranger())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"outcome": "unfulfilled", "finding": ""}, "finding"),
        ({"method": " "}, "method"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": date(2026, 5, 10)}, "on"),
        ({"finding": "联系人李某电话13800138000"}, "finding"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(more, field):
    review = cases.ReviewFactory()
    with pytest.raises(Refused) as refused:
        complete(review, **more)
    assert field in {finding.field for finding in refused.value.findings}
    review.refresh_from_db()
    assert review.state == "open"


def test_the_second_of_two_is_told():
    review = cases.ReviewFactory()
    complete(review, version="1")
    with pytest.raises(Conflict):
        complete(review, version="1")
    with pytest.raises(Conflict):
        complete(review)


def test_only_reviews_of_withdrawn_letters_become_void_and_a_revived_letter_is_looked_at_again():
    review = cases.ReviewFactory(kind="first")
    by = ClerkFactory(department=review.department)
    with pytest.raises(Refused):
        reviews.void(review, by=by)
    CommitmentLetter.objects.filter(pk=review.letter_id).update(fulfilment="withdrawn")
    assert reviews.void(review, by=by).state == "void"
    CommitmentLetter.objects.filter(pk=review.letter_id).update(
        fulfilment="performing", next_review_on=TODAY, next_review_kind="first"
    )
    assert reviews.open_due(TODAY) == 1
    CommitmentLetter.objects.filter(pk=review.letter_id).update(fulfilment="withdrawn")
    assert reviews.void_withdrawn() == 1


def test_several_at_once_each_by_itself():
    one = cases.ReviewFactory()
    by = ClerkFactory(department=one.department)
    two, strange = cases.ReviewFactory(letter__entry__department=one.department), cases.ReviewFactory()
    ends = reviews.complete_many([one.pk, two.pk, strange.pk], outcome="fulfilled", method="数据比对", by=by)
    assert [each.ok for each in ends] == [True, True, False]
    with pytest.raises(Refused):
        reviews.complete_many([strange.pk], outcome="unfulfilled", method="数据比对", by=by)


def test_missing_papers_are_settled_once():
    letter = cases.ShortfallLetterFactory()
    by = ClerkFactory(department=letter.department)
    with pytest.raises(Refused):
        reviews.settle_shortfall(letter, by=by, on=TODAY + timedelta(days=1))
    assert reviews.settle_shortfall(letter, by=by, on=TODAY, attachments=[cases.PDF]).shortfall_settled_on == TODAY
    with pytest.raises(Conflict):
        reviews.settle_shortfall(letter, by=by, on=TODAY)
