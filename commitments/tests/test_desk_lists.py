"""The desk's lists of reviews, breaches, missing papers and draws: tabs and filters together, exports, days as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.tests.drawing import announced
from commitments.breaches.pages import PAGES
from commitments.breaches.rules import BreachState
from commitments.reviews.actions.sampling import SAMPLING
from commitments.reviews.queries import reviews
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def lines(response) -> list[str]:
    return b"".join(response).decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("scope", "state", "listed"),
    [
        ("open", "served", "open"),
        ("open", "decided", "all"),
        ("closed", "annulled", "closed"),
        ("closed", "", "closed"),
    ],
)
def test_a_state_outside_the_tab_is_looked_for_in_all(rf, scope, state, listed):
    assert PAGES.scopes().asked(rf.get("/", {"scope": scope, "state": state})) == listed


def test_every_state_of_a_breach_has_its_tab():
    tabs = [states for _, states in PAGES.scopes().scopes.values() if states is not None]
    assert sorted(state for states in tabs for state in states) == sorted(BreachState)


@pytest.mark.parametrize(
    ("scope", "outcome", "listed"), [("open", "", "open"), ("late", "partly", "done"), ("all", "partly", "all")]
)
def test_an_outcome_is_looked_for_among_what_is_done(scope, outcome, listed):
    assert reviews.scope_for(scope, outcome) == listed


def test_days_of_a_letter_are_written_as_people_read_them(client):
    review = cases.ReviewFactory()
    record = review.letter.record
    record.content |= {"CN_ZCRQ": "2026-05-11"}
    record.save()
    client.force_login(ClerkFactory(department=review.department))
    for name, pk in (("review", review.pk), ("letter", review.letter_id)):
        page = client.get(reverse(f"commitments:{name}", args=[pk])).content.decode()
        assert "<dd>2026年5月11日</dd>" in page
        assert ">2026-05-11<" not in page


def test_missing_papers_are_filtered_ordered_and_exported(client):
    early = cases.ShortfallLetterFactory(shortfall_due_on=TODAY - timedelta(days=9))
    late = cases.ShortfallLetterFactory(entry=early.entry, shortfall_papers="消防合格证明")
    client.force_login(ClerkFactory(department=early.department))
    address = reverse("commitments:shortfalls")

    def shown(**asked):
        return client.get(address, asked).context["listing"].page.items

    assert shown() == [early, late]
    assert shown(sort="newest") == [late, early]
    assert shown(papers="消防") == [late]
    assert shown(q=early.code) == [early]
    assert shown(q=late.subject.code) == [late]
    assert shown(due_to=f"{TODAY - timedelta(days=1):%Y-%m-%d}") == [early]
    assert "没有符合条件的材料" in client.get(address, {"papers": "没有的材料"}).content.decode()
    assert len(lines(client.get(address, {"papers": "消防", "export": "csv"}))) == 2


def test_draws_are_exported_with_what_was_announced(client):
    letter = cases.LetterFactory(entry=cases.EntryFactory(random_share=20))
    reviewer = ReviewerFactory(department=letter.department)
    made = announced(SAMPLING, reviewer)
    client.force_login(reviewer)
    sheet = lines(client.get(reverse("casework:draws"), {"export": "csv"}))
    assert len(sheet) == 2
    assert "2026年11月" in sheet[1]
    assert made.list_digest in sheet[1]
    assert made.nonce_digest in sheet[1]
