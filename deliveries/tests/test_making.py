"""Every change by which the public sees less makes a delivery for whoever has a copy, in its own transaction."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from checks.tests.factories import asked, measures
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ApiClientFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from deliveries.models import Delivery, Reading, Recipient
from deliveries.rules.deliveries import HELD_DAYS, How, Kind, State, What
from deliveries.tests.factories import TODAY, delivered, reader, repaired
from disclosure import actions, followers
from disclosure.actions.closing import close_many
from disclosure.followers import Follower
from disclosure.models import Disclosure, DisclosureChange
from disclosure.public import readers
from disclosure.tests.factories import PublishedFactory, SuspendedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def told(item, client) -> list[str]:
    return [row.what for row in Delivery.objects.filter(disclosure=item, recipient__client=client).order_by("pk")]


def correct(item, office):
    record = item.record
    record.content |= {"CF_NR": "责令停产停业六个月。"}
    record.version += 1
    record.save()
    Disclosure.objects.filter(pk=item.pk).update(needs_correction=True)
    actions.correct(item, by=office, reason="期限写错")


CHANGES = {
    What.REPAIRED: lambda item, office: actions.repair(item, by=office, reason="准予修复"),
    What.WITHDRAWN: lambda item, office: actions.withdraw(
        item, by=office, reason="撤销", public_note="该决定已被撤销。"
    ),
    What.SUSPENDED: lambda item, office: actions.suspend(item, by=office, reason="核查"),
    What.CORRECTED: correct,
    What.CLOSED: lambda item, office: close_many([item.record_id], why="已移出名单", by=SYSTEM),
}


@pytest.mark.parametrize("what", What)
def test_each_change_is_delivered_with_the_event_of_the_feed_and_a_last_day(what):
    client, item = reader(), PublishedFactory()
    CHANGES[what](item, CreditOfficeFactory())
    row = Delivery.objects.get(disclosure=item, recipient__client=client)
    assert (row.what, row.made_on, row.due_on, row.state) == (what, TODAY, date(2026, 11, 26), State.OPEN)
    assert row.change == DisclosureChange.objects.filter(disclosure=item).latest("pk")


def test_the_end_that_a_period_has_by_itself_is_no_news():
    reader()
    item = PublishedFactory(ends_on=TODAY - timedelta(days=1))
    actions.end(item, by=SYSTEM)
    assert not Delivery.objects.exists()


def test_a_mark_is_no_correction_and_a_repair_of_what_was_hidden_is_told_once():
    client = reader()
    item = SuspendedFactory()
    repaired(item)
    assert told(item, client) == []


def test_who_reads_everything_has_everything_and_who_asked_for_one_has_that():
    item, other = PublishedFactory(), PublishedFactory()
    lists, one, subject, stranger = (ApiClientFactory() for _ in range(4))
    readers.tell(lists, readers.LIST)
    readers.tell(one, readers.ITEM, item.public_id)
    readers.tell(subject, readers.SUBJECT, item.subject_code)
    readers.tell(stranger, readers.ITEM, "nowhere")
    for each in (item, other):
        repaired(each)
    assert [told(item, each) for each in (lists, one, subject, stranger)] == [["repaired"]] * 3 + [[]]
    assert [told(other, each) for each in (lists, one, subject, stranger)] == [["repaired"], [], [], []]


@pytest.mark.parametrize(("days", "has"), [(HELD_DAYS, True), (HELD_DAYS + 1, False)])
def test_what_was_read_more_than_ninety_days_ago_is_forgotten(days, has):
    client = reader()
    day = TODAY - timedelta(days=days)
    Reading.objects.update(first_on=day, last_on=day)
    assert bool(told(repaired(), client)) is has


def test_whoever_asked_about_the_subject_in_a_check_is_told_a_department_at_its_desk():
    measures()
    item = PublishedFactory()
    client, clerk = ApiClientFactory(scopes=["checks.ask"]), ReviewerFactory()
    asked(item.subject, client)
    asked(item.subject, clerk, case_number="办2号")
    Disclosure.objects.filter(pk=item.pk).update(state="published")
    repaired(item)
    kinds = {row.recipient.kind: row for row in Delivery.objects.filter(disclosure=item)}
    assert set(kinds) == {Kind.CLIENT, Kind.HOLDER}
    assert kinds[Kind.HOLDER].recipient.department == clerk.department
    assert list(Delivery.objects.visible_to(clerk)) == [kinds[Kind.HOLDER]]


def test_what_is_shown_again_asks_nobody_to_take_it_off():
    row = delivered()
    actions.restore(row.disclosure, by=CreditOfficeFactory(), reason="错修")
    row.refresh_from_db()
    assert (row.state, row.how) == (State.VOID, "")
    assert AuditEntry.objects.filter(verb="deliveries.void").exists()


def test_a_change_that_fails_leaves_no_delivery(monkeypatch):
    class Failing(Follower):
        def repaired(self, ids, *, by):
            raise LookupError

    reader()
    item = PublishedFactory()
    monkeypatch.setattr(followers, "_followers", [*followers._followers, Failing()])
    with pytest.raises(LookupError):
        repaired(item)
    assert not Delivery.objects.exists()


def test_a_thousand_at_once_are_a_handful_of_questions(django_assert_max_num_queries):
    from deliveries.actions.following import make

    for _ in range(3):
        reader()
    items = [PublishedFactory() for _ in range(5)]
    DisclosureChange.objects.bulk_create(DisclosureChange(disclosure=item, event="ended") for item in items)
    with django_assert_max_num_queries(15):
        made = make([item.pk for item in items], What.REPAIRED, by=SYSTEM)
    assert made == 15
    assert make([item.pk for item in items], What.REPAIRED, by=SYSTEM) == 0


def test_reading_on_acknowledges_what_lies_before_and_never_what_comes_later():
    row = delivered()
    client = row.recipient.client
    readers.tell(client, readers.FEED, after=row.change.number - 1, last=row.change.number)
    row.refresh_from_db()
    assert row.state == State.OPEN
    assert row.sent_at is not None
    readers.tell(client, readers.FEED, after=2**50)
    row.refresh_from_db()
    assert (row.state, row.how, row.closed_by) == (State.ACKNOWLEDGED, How.FEED, client.name)
    later = delivered(client)
    assert later.state == State.OPEN


def test_another_clients_reading_acknowledges_nothing_of_mine():
    row = delivered()
    readers.tell(reader(), readers.FEED, after=row.change.number)
    row.refresh_from_db()
    assert row.state == State.OPEN
    assert Recipient.objects.count() == 2
