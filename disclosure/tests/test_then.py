"""What was public on a day that is over stays what it was, whatever became of the item since."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.context import acting
from credit_platform.errors import DomainError
from disclosure import actions
from disclosure.actions.following import follower
from disclosure.models import Disclosure, DisclosureChange
from disclosure.queries.then import public_then
from disclosure.tests.factories import PublishedFactory, SubmittedFactory
from records.actions.changes import revoke as ledger_revoke

pytestmark = pytest.mark.django_db
BEGIN = date(2026, 11, 2)


@pytest.fixture
def clock(monkeypatch):
    """Sets the day (and hour) that the actions believe in."""

    def at(day: date, hour: int = 10) -> date:
        moment = timezone.make_aware(datetime(day.year, day.month, day.day, hour))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return day

    return at


def shown_on(row, day):
    found = public_then([row.record_id], day).get(row.record_id)
    return None if found is None else "all day" if found.until_end else "a part"


def office(row):
    return CreditOfficeFactory()


def reviewer(row):
    return ReviewerFactory(department=row.source_department)


ENDINGS = {
    "withdraw": lambda row: actions.withdraw(row, by=reviewer(row), reason="复议撤销", public_note="决定已撤销"),
    "suspend": lambda row: actions.suspend(row, by=reviewer(row), reason="异议核查"),
    "revoke": lambda row: follower.revoked([row.record_id], by=SYSTEM, reason="判决撤销"),
    "repair": lambda row: actions.repair(row, by=office(row), reason="修复决定"),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_what_was_taken_down_was_public_on_the_days_before(clock, how):
    clock(date(2026, 11, 10))
    row = PublishedFactory(published_on=date(2026, 11, 10), earliest_repair_on=date(2026, 11, 11))
    gone = clock(date(2026, 11, 20))
    ENDINGS[how](row)
    clock(date(2026, 11, 27))
    assert shown_on(row, date(2026, 11, 9)) is None
    assert shown_on(row, date(2026, 11, 10)) == "all day"
    assert shown_on(row, gone - timedelta(days=1)) == "all day"
    assert shown_on(row, gone) == "a part"
    assert shown_on(row, gone + timedelta(days=1)) is None


def test_a_period_that_ran_out_ends_with_its_last_day_whenever_the_sweep_came(clock):
    clock(date(2026, 11, 10))
    row = PublishedFactory(published_on=date(2026, 11, 10), ends_on=date(2026, 11, 18))
    clock(date(2026, 11, 21))
    assert actions.end_due(date(2026, 11, 21)) == 1
    assert [shown_on(row, date(2026, 11, day)) for day in (17, 18, 19, 21)] == ["all day", "all day", None, None]


def test_what_came_back_has_its_hidden_days(clock):
    clock(date(2026, 11, 10))
    row = PublishedFactory(published_on=date(2026, 11, 10), earliest_repair_on=date(2026, 11, 11))
    clock(date(2026, 11, 12))
    actions.repair(row, by=office(row), reason="修复决定")
    clock(date(2026, 11, 16))
    actions.restore(row, by=office(row), reason="错误修复")
    clock(date(2026, 11, 20))
    days = {day: shown_on(row, date(2026, 11, day)) for day in (11, 12, 13, 15, 16, 17)}
    assert days == {11: "all day", 12: "a part", 13: None, 15: None, 16: "all day", 17: "all day"}


def test_the_face_is_the_one_of_that_day(clock):
    clock(date(2026, 11, 10))
    row = PublishedFactory(published_on=date(2026, 11, 10))
    row.record.content |= {"CF_NR": "责令停产停业六个月。"}
    row.record.version = 2
    row.record.save()
    clock(date(2026, 11, 18))
    before = {line.label: line.value for line in public_then([row.record_id], date(2026, 11, 17))[row.record_id].face}
    actions.correct(row, by=reviewer(row), reason="处罚内容笔误")
    clock(date(2026, 11, 20))
    faces = [
        {line.label: line.value for line in public_then([row.record_id], date(2026, 11, day))[row.record_id].face}
        for day in (17, 18)
    ]
    assert faces[0] == before
    assert "责令停产停业六个月。" in faces[1].values()
    assert "责令停产停业六个月。" not in faces[0].values()


def test_an_item_that_many_published_together_is_dated_by_the_clock_of_the_action(clock):
    clock(date(2026, 11, 9))
    row = SubmittedFactory()
    day = clock(date(2026, 11, 12))
    (outcome,) = actions.approve_many([row.pk], by=reviewer(row), on=day)
    assert outcome.ok
    clock(date(2026, 11, 20))
    assert [shown_on(row, date(2026, 11, each)) for each in (11, 12, 13)] == [None, "all day", "all day"]


def test_a_change_past_the_application_is_dated_by_the_history():
    row = PublishedFactory(published_on=date(2026, 1, 5))
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_disclosure SET state = 'withdrawn', ended_why = 'x' WHERE id = %s", [row.pk])
    today = timezone.localdate()
    assert shown_on(row, today - timedelta(days=1)) == "all day"
    assert shown_on(row, today + timedelta(days=1)) is None


def moves(row):
    return [
        lambda: actions.withdraw(row, by=reviewer(row), reason="复议撤销", public_note="决定已撤销"),
        lambda: actions.suspend(row, by=reviewer(row), reason="异议核查"),
        lambda: actions.resume(row, by=reviewer(row), reason="异议不成立"),
        lambda: actions.repair(row, by=office(row), reason="修复决定"),
        lambda: actions.restore(row, by=office(row), reason="错误修复"),
        lambda: actions.correct(row, by=reviewer(row), reason="更正笔误"),
        lambda: actions.end_due(),
        lambda: ledger_revoke(
            row.record, by=ClerkFactory(department=row.source_department), reason="复议撤销", on=today()
        ),
        lambda: actions.deny(row, by=reviewer(row), reason="登记有误"),
        lambda: actions.deny(row, by=reviewer(row), reason="决定仍然有效"),
        lambda: actions.confirm(row, by=reviewer(row)),
    ]


def today():
    return timezone.localdate()


@pytest.mark.parametrize("seed", range(24))
def test_it_equals_a_replay_of_the_change_feed(clock, seed):
    """Some acts a day, chosen by chance, some of them refused; then every day is asked both ways."""
    chance = random.Random(seed)
    clock(BEGIN)
    ends = BEGIN + timedelta(days=chance.choice((6, 9, 400)))
    row = SubmittedFactory()
    actions.approve_and_publish(row, by=reviewer(row))
    shorten(row, ends)
    for offset in range(14):
        clock(BEGIN + timedelta(days=offset))
        for _ in range(chance.choice((0, 0, 1, 2))):
            row = Disclosure.objects.select_related("record__subject").get(pk=row.pk)
            try:
                chance.choice(moves(row))()
            except DomainError:
                continue
            if row.ends_on != Disclosure.objects.get(pk=row.pk).ends_on:
                shorten(row, ends)
    clock(BEGIN + timedelta(days=20))
    DisclosureChange.objects.number_pending()
    for offset in range(-1, 15):
        day = BEGIN + timedelta(days=offset)
        assert (shown_on(row, day) == "all day") is replayed(row, day, ends), day


def shorten(row, ends):
    """A period of a few days, so that it can run out within the test."""
    Disclosure.objects.filter(pk=row.pk).update(
        ends_on=ends,
        earliest_repair_on=BEGIN,
        waits_for_performance=False,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )


def replayed(row, day, ends):
    """Whether the feed, read until the end of a day, leaves the item shown, and its period still runs."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))
    events = row.changes.filter(at__lt=end).order_by("number").values_list("event", flat=True)
    return bool(events) and events.last() != "ended" and day <= ends


def test_a_page_of_items_costs_a_fixed_number_of_queries(clock, django_assert_num_queries):
    clock(date(2026, 11, 10))
    rows = [PublishedFactory(published_on=date(2026, 11, 10)) for _ in range(6)]
    for row in rows[:3]:
        actions.suspend(row, by=reviewer(row), reason="异议核查")
    with django_assert_num_queries(3):
        found = public_then([row.record_id for row in rows], date(2026, 11, 10))
    assert len(found) == 6
