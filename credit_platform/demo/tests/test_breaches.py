"""What becomes of the demonstration's letters, through the real actions: every state of a case, and a review in every plight."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.models import Case, Draw
from commitments.breaches.rules import BREACH, BreachState
from commitments.models import CommitmentLetter, Review
from commitments.tests import cases
from commitments.tests.cases import TODAY
from credit_platform.accounts.models import Role
from credit_platform.accounts.tests.factories import CreditOfficeFactory, DepartmentFactory, UserFactory
from credit_platform.demo.breaches import Aftermath


@pytest.mark.django_db
def test_every_state_of_a_case_and_every_plight_of_a_review_is_there_to_see(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cases.catalogue()
    bureau = DepartmentFactory(code="scjgj")
    UserFactory(username="scjgj_lr", roles=[Role.CLERK], department=bureau)
    UserFactory(username="scjgj_sh", roles=[Role.REVIEWER], department=bureau)
    CreditOfficeFactory(username="xyb")
    entry = cases.EntryFactory(department=bureau, random_share=10)
    entry.measures.add(cases.MeasureFactory())
    for back in range(20, 380, 9):
        day = TODAY - timedelta(days=back)
        letter = cases.LetterFactory(
            entry=entry,
            record__decided_on=day,
            made_on=day,
            next_review_kind="first",
            next_review_on=day + timedelta(days=84),
        )
    short = cases.ShortfallLetterFactory(
        entry__department=bureau, shortfall_due_on=TODAY - timedelta(days=1), made_on=TODAY - timedelta(days=30)
    )
    assert Aftermath.of(TODAY).build() == 9
    assert set(Case.objects.of(BREACH).values_list("state", flat=True)) == {state.value for state in BreachState}
    assert short.breaches.get().source == "shortfall"
    assert Review.objects.overdue(TODAY).exists()
    assert Review.objects.open().filter(escalated_on__isnull=False).exists()
    assert Review.objects.open().filter(due_on__gte=TODAY).exists()
    assert Review.objects.filter(state="done").exists()
    draw = Draw.objects.get()
    assert draw.state == "drawn"
    assert draw.reviews.count() == draw.size > 0
    assert CommitmentLetter.objects.filter(fulfilment="unfulfilled").count() == 2
    assert letter.pk
