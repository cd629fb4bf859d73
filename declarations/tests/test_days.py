"""Shown through the last confirmed day, silent the day after; when it may be confirmed again and when the company is reminded."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.core.management import call_command
from django.utils import timezone

from credit_platform.errors import Conflict
from declarations import actions
from declarations.models import Declaration
from declarations.queries import silent_soon
from declarations.rules import REMIND_DAYS, SHOWN_MONTHS, State, confirmed_until, may_confirm_from, number
from declarations.tests.factories import in_state
from tests.days import around

DAY = date(2026, 11, 23)


def test_a_year_from_the_day_and_no_longer_than_what_it_speaks_of():
    assert (SHOWN_MONTHS, REMIND_DAYS) == (12, 30)
    year = date(2027, 11, 23)
    assert confirmed_until(DAY, None) == year
    assert around(year, lambda day: confirmed_until(DAY, day)) == (date(2027, 11, 22), year, year)
    assert may_confirm_from(date(2026, 12, 31)) == date(2026, 12, 1)
    assert number(DAY, 17) == "ZZSB2026112300000017"


@pytest.fixture
def shown(bob_reviewer):
    call_command("load_base", verbosity=0)
    row = in_state(State.SHOWN, bob_reviewer)
    Declaration.objects.filter(pk=row.pk).update(confirmed_until=DAY)
    row.refresh_from_db()
    return row


def test_shown_through_the_confirmed_day(shown):
    assert around(DAY, lambda day: Declaration.objects.shown_on(day).exists()) == (True, True, False)
    Declaration.objects.update(state=State.STRUCK)
    assert not Declaration.objects.shown_on(DAY).exists()


def test_the_company_is_reminded_from_thirty_days_before_on(shown):
    first = may_confirm_from(DAY)
    assert around(first, lambda day: silent_soon(shown.account, day) == [shown]) == (False, True, True)


def test_it_may_be_confirmed_again_from_that_day_on(shown, monkeypatch):
    def confirmed(day):
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
        Declaration.objects.filter(pk=shown.pk).update(confirmed_until=DAY)
        row = Declaration.objects.get(pk=shown.pk)
        try:
            return actions.confirm(row, by=row.account).confirmed_until
        except Conflict:
            return None

    first = may_confirm_from(DAY)
    assert around(first, confirmed) == (None, date(2027, 10, 24), date(2027, 10, 25))
