"""Entries end by term, early exit, repair, annulment, wrong listing, each with its document, its two people and its own list's rule."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import PersonFactory, SubjectFactory
from sanctions import followers
from sanctions.lists import actions
from sanctions.lists.actions import Ending
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import ExitFrom, Way
from sanctions.lists.tests.factories import (
    TODAY,
    AbnormalListFactory,
    EndedEntryFactory,
    PastTermEntryFactory,
    RedListFactory,
    SeriousListFactory,
    StandingEntryFactory,
    enter,
    face,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]
LONG_AGO = TODAY - timedelta(days=500)


def ending(way: Way, entry: ListEntry, **more) -> Ending:
    given = {
        "way": way,
        "on": TODAY,
        "document": "示移决〔2026〕1号",
        "why": "已支付全部工资。",
        "asked_by": ClerkFactory(department=entry.record.source_department),
        "public_note": "列入决定已撤销。" if way in (Way.ANNULLED, Way.WRONG) else "",
        "performed_on": TODAY - timedelta(days=60) if way in (Way.EARLY, Way.REPAIR) else None,
    }
    return Ending(**given | more)


def end(entry: ListEntry, told: Ending, by=None) -> ListEntry:
    return actions.end(entry, told, by=by or ReviewerFactory(department=entry.record.source_department))


def listed(**more) -> ListEntry:
    return enter(SeriousListFactory(), given=said(entered_on=LONG_AGO), **more)


@pytest.mark.parametrize(
    ("way", "state"),
    [
        (Way.EARLY, "repaired"),
        (Way.REPAIR, "repaired"),
        (Way.ANNULLED, "withdrawn"),
        (Way.WRONG, "withdrawn"),
        (Way.SOURCE, "ended"),
    ],
)
def test_each_way_takes_the_entry_from_its_list_and_from_the_public(way, state):
    entry = listed()
    assert ListEntry.objects.listed(TODAY).exists()
    ended = end(entry, ending(way, entry))
    assert (ended.ended_on, ended.way, ended.ended_document) == (TODAY, way, "示移决〔2026〕1号")
    assert not ListEntry.objects.listed(TODAY).exists()
    assert face(entry).state == state
    entry.record.refresh_from_db()
    assert entry.record.status == ("revoked" if state == "withdrawn" else "active")


@pytest.mark.parametrize("way", [Way.EARLY, Way.REPAIR, Way.ANNULLED, Way.WRONG])
def test_what_lowers_is_never_one_person_s_act(way):
    entry = listed()
    one = ReviewerFactory(department=entry.record.source_department)
    for asked in (one, None):
        with pytest.raises(Forbidden) as told:
            end(entry, ending(way, entry, asked_by=asked), by=one)
        assert told.value.code == "entry.two_people"
    assert ListEntry.objects.listed(TODAY).exists()


@pytest.mark.parametrize("way", [Way.EARLY, Way.REPAIR, Way.ANNULLED, Way.WRONG])
def test_what_lowers_has_a_document_and_a_reason(way):
    entry = listed()
    with pytest.raises(Refused) as told:
        end(entry, ending(way, entry, document="", why=""))
    assert {each.field for each in told.value.findings} >= {"document", "why"}


def test_an_annulment_is_told_to_the_public():
    entry = listed()
    with pytest.raises(Refused) as told:
        end(entry, ending(Way.ANNULLED, entry, public_note=""))
    assert [each.field for each in told.value.findings] == ["public_note"]


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True), (1, True)])
def test_nobody_leaves_before_the_first_day_of_its_list(days, allowed):
    entry = enter(SeriousListFactory(), given=said(entered_on=date(2025, 11, 22)))
    first = date(2026, 11, 23)
    assert first == TODAY
    entry = entry if days >= 0 else enter(SeriousListFactory(), given=said(2, entered_on=date(2025, 11, 23)))
    told = ending(Way.EARLY, entry, performed_on=date(2026, 1, 5))
    if allowed:
        assert end(entry, told).ended_on == TODAY
        return
    with pytest.raises(Refused) as refused:
        end(entry, told)
    assert refused.value.code == "entry.too-early"


def test_nobody_leaves_early_without_having_performed():
    entry = listed()
    with pytest.raises(Refused) as told:
        end(entry, ending(Way.EARLY, entry, performed_on=None))
    assert told.value.code == "entry.too-early"


def test_a_list_without_early_exit_is_left_by_its_term_alone():
    entry = enter(SeriousListFactory(may_exit=False, exit_months=None), given=said(entered_on=LONG_AGO))
    with pytest.raises(Refused) as told:
        end(entry, ending(Way.REPAIR, entry))
    assert told.value.code == "entry.no-exit"


def test_months_from_the_correction_are_counted_from_it():
    row = SeriousListFactory(exit_months=6, exit_from=ExitFrom.PERFORMED.value)
    entry = enter(row, given=said(entered_on=LONG_AGO))
    with pytest.raises(Refused):
        end(entry, ending(Way.EARLY, entry, performed_on=date(2026, 5, 23)))
    assert end(entry, ending(Way.EARLY, entry, performed_on=date(2026, 5, 22))).performed_on == date(2026, 5, 22)


def test_nobody_leaves_while_an_attached_ban_runs():
    entry = enter(SeriousListFactory(), given=said(entered_on=LONG_AGO, attached_until=TODAY))
    with pytest.raises(Refused) as told:
        end(entry, ending(Way.EARLY, entry))
    assert told.value.code == "entry.too-early"


@pytest.mark.parametrize("day", [LONG_AGO - timedelta(days=1), TODAY + timedelta(days=1)])
def test_an_end_is_neither_before_the_listing_nor_in_the_future(day):
    entry = listed()
    with pytest.raises(Refused) as told:
        end(entry, ending(Way.WRONG, entry, on=day))
    assert "on" in {each.field for each in told.value.findings}


def test_what_has_ended_does_not_end_again():
    entry = listed()
    end(entry, ending(Way.WRONG, entry))
    with pytest.raises(Conflict):
        end(entry, ending(Way.EARLY, entry))


def test_others_departments_do_not_end_it_and_the_credit_office_may():
    entry = listed()
    with pytest.raises(Forbidden):
        end(entry, ending(Way.WRONG, entry), by=ReviewerFactory())
    assert end(entry, ending(Way.WRONG, entry), by=CreditOfficeFactory()).ended_on == TODAY


@pytest.mark.parametrize(("way", "gone"), [(Way.WRONG, True), (Way.ANNULLED, True), (Way.EARLY, False)])
def test_who_was_named_with_a_firm_leaves_when_its_listing_falls_and_not_when_it_leaves_early(way, gone, a_case):
    firm = listed(case=a_case)
    person = enter(
        firm.credit_list, PersonFactory(), said(entered_on=LONG_AGO), case=a_case, named_with=firm,
        department=firm.record.source_department,
    )  # fmt: skip
    end(firm, ending(way, firm))
    person.refresh_from_db()
    assert (person.ended_on is not None) is gone


def test_several_lists_end_each_by_its_own_rule():
    subject = SubjectFactory()
    serious = enter(SeriousListFactory(), subject, said(1, entered_on=LONG_AGO))
    abnormal = enter(AbnormalListFactory(), subject, said(2))
    end(serious, ending(Way.EARLY, serious))
    assert list(ListEntry.objects.listed(TODAY).of(subject)) == [abnormal]


def test_the_sweep_ends_what_is_past_its_term_the_day_after_its_last():
    past, today, later = PastTermEntryFactory(), StandingEntryFactory(ends_on=TODAY), StandingEntryFactory()
    EndedEntryFactory()
    heard = []

    class Ear(followers.Follower):
        def ended(self, entries, *, on, by):
            heard.extend((entry.pk, entry.ended_on, entry.way) for entry in entries)

    ear = Ear()
    followers.register(ear)
    try:
        assert actions.end_past_term(TODAY) == 1
        assert actions.end_past_term(TODAY) == 0
    finally:
        followers.forget(ear)
    assert heard == [(past.pk, TODAY, Way.TERM)]
    assert ListEntry.objects.filter(ended_on=None).count() == len({today.pk, later.pk})
    assert AuditEntry.objects.filter(verb="sanctions.entry.end").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_an_entry_at_once_one_is_told():
    entry = listed()
    told = ending(Way.WRONG, entry)
    people = [ReviewerFactory(department=entry.record.source_department) for _ in range(2)]
    gate, ends = Barrier(2), []

    def run(by) -> None:
        gate.wait()
        try:
            ends.append(end(entry, told, by=by))
        except Conflict as refused:
            ends.append(refused)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(each, Conflict) for each in ends) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_end_each_entry_once():
    rows = [PastTermEntryFactory() for _ in range(6)]
    heard: list[int] = []

    class Ear(followers.Follower):
        def ended(self, entries, *, on, by):
            heard.extend(entry.pk for entry in entries)

    ear, gate, done = Ear(), Barrier(2), []

    def sweep() -> None:
        gate.wait()
        try:
            done.append(actions.end_past_term(TODAY))
        finally:
            connections.close_all()

    followers.register(ear)
    try:
        threads = [Thread(target=sweep) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        followers.forget(ear)
    assert sum(done) == len(rows)
    assert sorted(heard) == sorted(row.pk for row in rows)


def test_a_sweep_that_dies_leaves_nothing_half_done_and_the_next_one_goes_on():
    PastTermEntryFactory()

    class Death(followers.Follower):
        def ended(self, entries, *, on, by):
            raise RuntimeError("killed")

    death = Death()
    followers.register(death)
    try:
        with pytest.raises(RuntimeError):
            actions.end_past_term(TODAY)
    finally:
        followers.forget(death)
    assert ListEntry.objects.past_term(TODAY).count() == 1
    assert not AuditEntry.objects.filter(verb="sanctions.entry.end").exists()
    assert actions.end_past_term(TODAY) == 1


def fallen(**more) -> tuple[ListEntry, ListEntry]:
    """A reward that fell for a serious entry, and that entry."""
    subject = SubjectFactory()
    red = enter(RedListFactory(), subject, said(1, entered_on=TODAY - timedelta(days=30), **more))
    serious = enter(SeriousListFactory(), subject, said(2))
    red.refresh_from_db()
    assert (red.way, face(red).state) == (Way.DISPLACED, "ended")
    return red, serious


@pytest.mark.parametrize("way", [Way.ANNULLED, Way.WRONG])
def test_a_reward_stands_again_when_the_listing_it_fell_for_never_should_have_been(way):
    red, serious = fallen()
    last = red.ends_on
    end(serious, ending(way, serious))
    red.refresh_from_db()
    assert (red.ended_on, red.way, red.ended_document, red.ends_on) == (None, None, "", last)
    assert red.stands_on(TODAY)
    assert (face(red).state, face(red).ends_on) == ("published", last)
    assert AuditEntry.objects.filter(verb="sanctions.entry.raise", members=[red.pk]).count() == 1


def test_a_reward_stays_fallen_while_another_serious_entry_stands():
    red, serious = fallen()
    other = enter(SeriousListFactory(code="SY-2"), red.subject, said(3))
    end(serious, ending(Way.WRONG, serious))
    red.refresh_from_db()
    assert red.way is Way.DISPLACED
    assert other.stands_on(TODAY)


def test_a_reward_stays_fallen_when_the_listing_was_right_and_only_ended():
    subject = SubjectFactory()
    red = StandingEntryFactory(
        record__subject=subject, credit_list=RedListFactory(), ended_on=TODAY, ended_way="displaced"
    )
    serious = enter(SeriousListFactory(), subject, said(2, entered_on=LONG_AGO))
    ListEntry.objects.filter(pk=red.pk).update(ended_document=serious.document_number)
    end(serious, ending(Way.EARLY, serious))
    red.refresh_from_db()
    assert red.way is Way.DISPLACED


@pytest.mark.parametrize(("days", "stands"), [(0, True), (1, False)])
def test_a_reward_whose_own_term_is_over_stays_ended(days, stands):
    red, serious = fallen()
    ListEntry.objects.filter(pk=red.pk).update(ends_on=TODAY - timedelta(days=days))
    end(serious, ending(Way.WRONG, serious))
    red.refresh_from_db()
    assert (red.way is None) is stands
