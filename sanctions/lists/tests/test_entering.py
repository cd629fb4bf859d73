"""An entry begins: by a list in force, on a ground, published as its list says; red entries fall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.errors import Refused
from records.actions.changes import revoke
from records.models import CreditRecord
from records.rules import RecordExists
from records.tests.factories import PersonFactory, SubjectFactory
from sanctions import followers
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Start, Way
from sanctions.lists.tests.factories import (
    TODAY,
    AbnormalListFactory,
    RedListFactory,
    RepealedListFactory,
    SeriousListFactory,
    WaitingListFactory,
    WatchListFactory,
    enter,
    face,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]


def test_an_entry_is_in_the_ledger_on_its_list_and_in_public():
    entry = enter(SeriousListFactory())
    assert (entry.entered_on, entry.starts_on, entry.ends_on) == (TODAY, TODAY, date(2029, 11, 23))
    assert entry.record.kind == "list-entry"
    shown = face(entry)
    assert (shown.state, shown.published_on, shown.ends_on) == ("published", TODAY, date(2029, 11, 23))
    assert shown.earliest_repair_on == date(2027, 11, 24), "the day after twelve months on the list"


@pytest.mark.parametrize("factory", [WaitingListFactory, RepealedListFactory])
def test_a_list_out_of_force_takes_nobody(factory):
    with pytest.raises(Refused) as told:
        enter(factory())
    assert told.value.code == "list.in-force"
    assert not CreditRecord.objects.exists()


def test_nobody_is_listed_without_a_ground():
    with pytest.raises(Refused) as told:
        enter(SeriousListFactory(), given=said(document_number="自拟〔2026〕1号"))
    assert [each.rule for each in told.value.findings] == ["list.ground"]
    assert not ListEntry.objects.exists()


def test_the_same_decision_lists_once():
    row, subject, department = SeriousListFactory(), SubjectFactory(), DepartmentFactory()
    enter(row, subject, department=department)
    with pytest.raises(RecordExists):
        enter(row, subject, department=department)
    assert ListEntry.objects.count() == 1


def test_a_term_may_run_from_the_publication_and_be_the_decision_s_own():
    row = SeriousListFactory(term_from=Start.PUBLICATION.value)
    entry = enter(row, given=said(entered_on=TODAY - timedelta(days=20), months=12))
    assert (entry.starts_on, entry.ends_on, entry.months) == (TODAY, date(2027, 11, 23), 12)


def test_an_open_list_has_no_last_day():
    entry = enter(AbnormalListFactory())
    assert entry.ends_on is None
    assert face(entry).ends_on is None


def test_what_is_watched_is_kept_and_never_shown():
    entry = enter(WatchListFactory())
    assert face(entry).state == "exempt"
    assert entry.ends_on == date(2027, 5, 23)


@pytest.mark.parametrize(("persons", "state"), [("masked", "published"), ("never", "exempt")])
def test_a_person_stands_in_public_as_the_list_says(persons, state):
    person = PersonFactory(name="王小明")
    entry = enter(SeriousListFactory(persons=persons), person)
    shown = face(entry)
    assert shown.state == state
    assert person.name not in str(shown.shown)


def test_a_red_entry_falls_on_the_day_of_a_serious_one():
    subject = SubjectFactory()
    red = enter(RedListFactory(), subject, said(1, entered_on=TODAY - timedelta(days=30)))
    enter(SeriousListFactory(), subject, said(2))
    red.refresh_from_db()
    assert (red.ended_on, red.way, red.ended_document) == (TODAY, Way.DISPLACED, "示列决〔2026〕2号")
    assert face(red).state == "ended"
    assert not red.stands_on(TODAY)


@pytest.mark.parametrize("factory", [SeriousListFactory, WatchListFactory])
def test_who_is_dishonest_or_watched_is_not_rewarded(factory):
    subject = SubjectFactory()
    enter(factory(), subject)
    with pytest.raises(Refused) as told:
        enter(RedListFactory(), subject, said(2))
    assert told.value.code == "list.red"


def test_an_abnormal_entry_takes_no_reward_away():
    subject = SubjectFactory()
    red = enter(RedListFactory(), subject, said(1))
    enter(AbnormalListFactory(), subject, said(2))
    red.refresh_from_db()
    assert red.ended_on is None


def test_followers_hear_of_entries_in_the_same_transaction():
    heard = []

    class Ear(followers.Follower):
        def entered(self, entries, *, on, by):
            heard.append([entry.credit_list.code for entry in entries])
            raise Refused("ear", "不行。")

    ear = Ear()
    followers.register(ear)
    try:
        with pytest.raises(Refused):
            enter(SeriousListFactory(code="SY-EAR"))
    finally:
        followers.forget(ear)
    assert heard == [["SY-EAR"]]
    assert not ListEntry.objects.exists()
    assert not CreditRecord.objects.exists()


def test_a_record_that_its_source_revokes_is_off_the_list():
    entry = enter(WatchListFactory())
    revoke(entry.record, by=SYSTEM, reason="来源单位撤销", on=TODAY)
    entry.refresh_from_db()
    assert (entry.ended_on, entry.way) == (TODAY, Way.SOURCE)
