"""The day before, the day and the day after of what commitments ask of the database: bars, overdue reviews."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.breaches.rules import BreachState
from commitments.models import BreachCase, Review
from commitments.tests import cases
from tests.days import around

pytestmark = pytest.mark.usefixtures("desk")

DAY = date(2026, 11, 30)


def test_a_bar_holds_through_its_last_day_and_only_once_decided():
    row = cases.case_in(BreachState.DECIDED)
    mine = BreachCase.objects.filter(pk=row.pk)
    mine.update(barred_until=DAY)
    assert around(DAY, lambda day: mine.barring(day).exists()) == (True, True, False)
    mine.update(barred_until=None)
    assert not mine.barring(DAY).exists()
    other = cases.case_in(BreachState.DETERMINED)
    BreachCase.objects.filter(pk=other.pk).update(barred_until=DAY)
    assert not BreachCase.objects.barring(DAY).exists()


def test_a_review_is_overdue_the_day_after_its_day():
    mine = Review.objects.filter(pk=cases.ReviewFactory().pk)
    mine.update(due_on=DAY)
    assert around(DAY, lambda day: mine.overdue(day).exists()) == (False, False, True)
