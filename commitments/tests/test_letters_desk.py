"""The desk's letters: whose they are, what one page says, what the ledger's pages say of them."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from commitments.panels import panel
from commitments.tests import cases
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory


@pytest.fixture(autouse=True)
def _fresh(desk):
    cache.clear()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(user, name: str, *args: object, **query: str) -> str:
    answer = signed_in(user).get(reverse(f"commitments:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_clerk_sees_the_letters_of_the_department_and_the_office_sees_all():
    mine, other = cases.LetterFactory(), cases.LetterFactory(entry__department=DepartmentFactory())
    clerk = ClerkFactory(department=mine.department)
    assert mine.code in shown(clerk, "letters")
    assert other.code not in shown(clerk, "letters")
    assert signed_in(clerk).get(reverse("commitments:letter", args=[other.pk])).status_code == 404
    office = CreditOfficeFactory()
    assert mine.code in shown(office, "letters")
    assert other.code in shown(office, "letters")


def test_the_page_shows_the_entry_of_the_day_the_reviews_and_the_cases():
    review = cases.ReviewFactory()
    letter = review.letter
    case = cases.CandidateFactory(letter=letter)
    page = shown(ClerkFactory(department=letter.department), "letter", letter.pk)
    for word in (letter.entry.edition.name, letter.matter.code, case.number, "60个工作日内首次复核，此后每6个月"):
        assert word in page
    assert reverse("commitments:review", args=[review.pk]) in page
    assert reverse("breach:candidate", args=[letter.pk]) not in page, "a case is open already"


def test_a_letter_that_was_taken_back_is_found_by_its_state_and_offers_nothing():
    letter = cases.LetterFactory(fulfilment="withdrawn")
    clerk = ClerkFactory(department=letter.department)
    assert letter.code in shown(clerk, "letters", fulfilment="withdrawn")
    assert letter.code not in shown(clerk, "letters", fulfilment="performing")
    assert reverse("breach:candidate", args=[letter.pk]) not in shown(clerk, "letter", letter.pk)


def test_the_statistics_of_the_desk_are_of_the_own_letters():
    mine, _ = cases.LetterFactory(), cases.LetterFactory(entry__department=DepartmentFactory())
    clerk = ClerkFactory(department=mine.department)
    page = shown(clerk, "statistics")
    assert f"{reverse('commitments:letters')}?department={mine.department.code}&amp;year=2026" in page
    assert page.count("的承诺书</span>") == 2, "one type, one department; the city itself has no district to lead to"


def test_the_ledger_is_told_of_the_letter_and_of_a_bar():
    case = cases.case_in("decided")
    clerk = ClerkFactory(department=case.department)
    block = panel.for_record(case.own.letter.record, clerk)
    assert block is not None
    assert block.links[0].url == reverse("commitments:letter", args=[case.own.letter_id])
    of_subject = panel.for_subject(case.subject, clerk)
    assert of_subject is not None
    assert ("不适用告知承诺至", case.own.barred_until) in of_subject.rows
    assert panel.for_record(case.own.letter.record, ClerkFactory(department=DepartmentFactory())).links == []
    assert panel.for_subject(case.subject, ClerkFactory(department=DepartmentFactory())) is None
