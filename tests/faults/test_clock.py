"""The moments before and after midnight in Harbin, and the end of a year whose successor has no calendar yet.

The clock is moved in this process; the days are arguments or `timezone.localdate()`, never the database's.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from credit_platform.workdays import actions as calendars
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.tests.factories import HEAD_2027, days_2027
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange, Reminder
from disclosure.rules.states import State
from disclosure.tests.factories import ApprovedFactory, DisclosureFactory
from disclosure.tests.public.factories import ShownPermitFactory

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "2026-12-31 23:59:58+08:00", "2027-01-01 00:00:01+08:00"
LAST_DAY = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def nothing_is_kept():
    cache.clear()


def at(moment):
    return time_machine.travel(datetime.fromisoformat(moment), tick=False)


@pytest.fixture
def ending(client):
    """Shown through the last day of 2026, beside one that stays."""
    ShownPermitFactory()
    return ShownPermitFactory(ends_on=LAST_DAY)


def places(row):
    """Every address that shows the item."""
    return (
        "/disclosure/permits/",
        "/disclosure/rss/permit.xml",
        f"/disclosure/{row.public_id}/",
        f"/subjects/{row.subject_code}/",
        f"/search/?q={row.document_number}",
        f"/api/v1/disclosures/{row.public_id}/",
        "/api/v1/disclosures/",
    )


def shows(answer, row):
    return answer.status_code == 200 and row.public_id in answer.text


def test_what_ends_today_is_shown_until_midnight_and_not_a_second_longer(client, ending):
    with at(BEFORE):
        answers = {path: client.get(path) for path in places(ending)}
        hidden = [path for path, answer in answers.items() if not shows(answer, ending)]
        assert not hidden
    with at(AFTER):
        assert not [path for path in places(ending) if shows(client.get(path), ending)]


def test_no_cache_outlives_the_end_of_a_publication(client, ending):
    """Two seconds before midnight an answer may be kept for two seconds; after it the old ETag no longer holds."""
    with at(BEFORE):
        kept = {path: client.get(path) for path in places(ending) if not path.startswith("/api/")}
        for path, answer in kept.items():
            assert "max-age=2," in answer["Cache-Control"], path
    with at(AFTER):
        for path, answer in kept.items():
            again = client.get(path, headers={"if-none-match": answer["ETag"]})
            assert (again.status_code != 304) == shows(answer, ending), path


def test_figures_of_one_day_are_not_shown_on_the_next(client, ending):
    with at(BEFORE):
        before = client.get("/").context["figures"].permits
    with at(AFTER):
        after = client.get("/").context["figures"].permits
    assert (before.value, after.value) == (2, 1)


def test_the_sweep_ends_at_midnight_what_the_public_no_longer_sees(ending):
    with at(BEFORE):
        assert actions.end_due() == 0
    with at(AFTER):
        ending.refresh_from_db()
        assert ending.state == State.PUBLISHED, "the sweep is late; dates decide"
        assert not Disclosure.objects.visible_on(timezone.localdate()).filter(pk=ending.pk).exists()
        assert (actions.end_due(), actions.end_due()) == (1, 0)
    ending.refresh_from_db()
    assert ending.state == State.ENDED
    assert DisclosureChange.objects.filter(disclosure=ending, event="ended").count() == 1


def test_what_is_set_to_a_day_appears_on_that_day_and_not_before(client):
    row = ApprovedFactory(publish_from=date(2027, 1, 1))
    with at(BEFORE):
        assert actions.publish_approved() == 0
        assert client.get(f"/disclosure/{row.public_id}/").status_code == 404
    with at(AFTER):
        assert (actions.publish_approved(), actions.publish_approved()) == (1, 0)
        assert client.get(f"/disclosure/{row.public_id}/").status_code == 200
    row.refresh_from_db()
    assert row.published_on == date(2027, 1, 1)


def test_each_day_reminds_once_also_across_midnight():
    DisclosureFactory(due_on=date(2026, 12, 30))
    with at(BEFORE):
        assert (actions.remind(), actions.remind()) == (1, 0)
    with at(AFTER):
        assert (actions.remind(), actions.remind()) == (1, 0)
    assert sorted(Reminder.objects.values_list("on", flat=True)) == [LAST_DAY, date(2027, 1, 1)]


def test_a_deadline_into_a_year_without_a_notice_is_provisional_until_it_comes(simon_system_admin):
    """Over the new year, and over a Spring Festival whose bridge days nobody knows yet."""
    with at("2026-12-28 09:00:00+08:00"):
        days = (date(2026, 12, 24), date(2027, 1, 28))
        guessed = [calendar().deadline(day, 7) for day in days]
        assert [(each.due_on, each.provisional) for each in guessed] == [
            (date(2027, 1, 5), True),
            (date(2027, 2, 10), True),
        ]
        calendars.load_notice(HEAD_2027, days_2027(), by=simon_system_admin)
        known = [calendar().deadline(day, 7) for day in days]
        assert [(each.due_on, each.provisional) for each in known] == [
            (date(2027, 1, 5), False),
            (date(2027, 2, 12), False),
        ]


@pytest.mark.parametrize(("moment", "today"), [(BEFORE, LAST_DAY), (AFTER, date(2027, 1, 1))])
def test_the_day_is_harbins_whatever_the_clock_of_the_machine(moment, today):
    with at(moment):
        assert timezone.localdate() == today
        assert timezone.now().date() == LAST_DAY, "in London it is still December in both"
