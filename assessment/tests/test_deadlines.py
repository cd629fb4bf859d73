"""What a case owed is read from its history: the last day of each state, and the day on which the state was left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assessment.plan import actions
from assessment.tests.factories import PDF, TODAY, evidence_in, office
from casework.models import Case
from casework.queries.deadlines import deadlines
from casework.tests.conftest import at
from credit_platform.accounts.tests.factories import ClerkFactory

pytestmark = pytest.mark.django_db

DUE = date(2026, 12, 7)
"""Ten working days after TODAY."""
REVIEW = {"evidence": ("submitted",)}


def owed(since: date = TODAY, until: date = date(2026, 12, 31), states=REVIEW) -> list[tuple[date, date | None, bool]]:
    return [(row.due_on, row.left_on, row.in_time) for row in deadlines(states, since, until)]


@pytest.mark.parametrize(("days", "in_time"), [(0, True), (1, False)])
def test_the_last_day_is_still_in_time_and_the_next_is_not(days, in_time, monkeypatch):
    case = evidence_in("submitted")
    assert owed() == [(DUE, None, False)]
    on = DUE + timedelta(days=days)
    at(on, monkeypatch)
    actions.accept(Case.objects.get(pk=case.pk), by=office(), on=on)
    assert Case.objects.get(pk=case.pk).due_on is None, "the case itself has forgotten it"
    assert owed() == [(DUE, on, in_time)]


def test_a_state_that_comes_again_owes_again(monkeypatch):
    case = evidence_in("returned")
    assert owed() == [(DUE, TODAY, True)]
    later = TODAY + timedelta(days=1)
    at(later, monkeypatch)
    clerk = ClerkFactory(department=case.department)
    actions.resubmit(Case.objects.get(pk=case.pk), text="补正。", done_on=TODAY, papers=[PDF], by=clerk, on=later)
    assert owed() == [(DUE, TODAY, True), (DUE + timedelta(days=1), None, False)]
    assert owed(until=DUE - timedelta(days=1)) == []
    assert owed(states={"evidence": ("returned",)}) == []


def test_what_does_not_run_is_no_deadline():
    case = evidence_in("submitted")
    Case.objects.filter(pk=case.pk).update(paused=True)
    assert owed() == []
