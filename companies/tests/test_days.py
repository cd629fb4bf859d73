"""Thirty days to come with the papers: the last of them, and the day after it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from companies.actions import lapse
from companies.models import CompanyAccount
from companies.rules import HOLDING_LOGIN, AccountState, lapses_on
from companies.tests.factories import BY_STATE, AppliedFactory
from tests.days import ONE

pytestmark = pytest.mark.django_db

APPLIED = date(2026, 10, 24)
LAST = date(2026, 11, 23)


def at(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


@pytest.mark.parametrize("hour", [0, 23])
@pytest.mark.parametrize(("day", "lapsed"), [(LAST - ONE, False), (LAST, False), (LAST + ONE, True)])
def test_an_application_lapses_the_day_after_the_thirtieth(hour, day, lapsed):
    row = AppliedFactory(applied_at=at(APPLIED, hour))
    assert lapses_on(APPLIED) == LAST
    assert lapse(day) == (1 if lapsed else 0)
    assert lapse(day) == 0
    row.refresh_from_db()
    assert (row.state == AccountState.LAPSED) is lapsed


def test_only_what_waits_lapses():
    for made in BY_STATE.values():
        made(applied_at=at(APPLIED, 9) - timedelta(days=400))
    assert lapse(LAST) == 1


@pytest.mark.parametrize("state", list(AccountState), ids=lambda state: state.value)
def test_which_accounts_may_log_in_and_whose_login_is_taken(state):
    BY_STATE[state]()
    assert CompanyAccount.objects.active().exists() is (state is AccountState.ACTIVE)
    assert CompanyAccount.objects.holding_login().exists() is (state in HOLDING_LOGIN)
