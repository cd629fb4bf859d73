"""Conditions on lists, orders to correct and complaints: on the day before, the day and the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case
from credit_platform import sealing
from records.models import CreditRecord, Subject
from records.tests.factories import CatalogueItemFactory, CreditRecordFactory, PersonFactory, SubjectFactory
from sanctions.corrections.tests.conftest import correcting  # noqa: F401 - the day and the item of talks
from sanctions.corrections.tests.factories import case_in
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import AbnormalListFactory, SeriousListFactory, StandingEntryFactory
from supervision.alerts.tests.factories import known, moment, penalty, rule
from supervision.alerts.tests.test_conditions import fired, level_on

pytestmark = pytest.mark.django_db
LISTED = date(2026, 3, 2)


def listed(credit_list, **more) -> ListEntry:
    """An entry of a list of a day, known since then."""
    entry = StandingEntryFactory(credit_list=credit_list, entered_on=LISTED, **more)
    kind = {"serious": "list-entry", "abnormal": "list-abnormal"}[credit_list.nature]
    known(entry.record, LISTED)
    CreditRecord.objects.filter(pk=entry.record_id).update(kind=kind)
    return entry


def taken_off(entry: ListEntry, on: date, told: date) -> None:
    ListEntry.objects.filter(pk=entry.pk).update(ended_on=on, ended_way="source", updated_at=moment(told))


def test_a_new_serious_entry_is_told_for_thirty_days():
    row = rule("W02")
    entry = listed(SeriousListFactory())
    assert [level_on(row, entry.subject, LISTED + timedelta(days=days)) for days in (-1, 0, 30, 31)] == [0, 1, 1, 0]
    listed(AbnormalListFactory())
    assert fired(row) == [(entry.subject_id, LISTED)]


def test_the_head_of_a_firm_is_known_by_the_number_and_never_by_the_name():
    row = rule("W02")
    person = PersonFactory(name="赵某")
    entry = listed(SeriousListFactory(), record__subject=person)
    headed, namesake = penalty(on=date(2026, 1, 5)), penalty(on=date(2026, 1, 5))
    for record, number in ((headed, person.id_hash), (namesake, sealing.number_hash("another"))):
        sealed = {"sealed": "x", "hash": number, "masked": "2301***"}
        CreditRecord.objects.filter(pk=record.pk).update(
            content=record.content | {"CF_FR_ZJHM": sealed, "CF_FRDB": "赵某"}
        )
    assert entry.subject == person
    assert fired(row) == [(headed.subject_id, LISTED)]


def test_an_abnormal_entry_is_told_on_the_ninety_first_day_unless_it_was_known_to_have_ended():
    row = rule("W03")
    entry = listed(AbnormalListFactory())
    day = LISTED + timedelta(days=91)
    assert fired(row) == [(entry.subject_id, day)]
    taken_off(entry, day - timedelta(days=10), told=day + timedelta(days=5))
    assert fired(row) == [(entry.subject_id, day)], "nobody had said so yet"
    assert level_on(row, entry.subject, day + timedelta(days=5)) == 0
    taken_off(entry, day - timedelta(days=10), told=day - timedelta(days=9))
    assert fired(row) == []


def test_an_order_to_correct_is_overdue_the_day_after_its_last_day_until_somebody_has_looked():
    row = rule("W08")
    case = case_in("served")
    due = case.due_on
    assert [level_on(row, case.subject, due + timedelta(days=days)) for days in (0, 1, 30)] == [0, 1, 1]
    Case.objects.filter(pk=case.pk).update(
        state="corrected", moved_on=due + timedelta(days=4), due_on=None, closed_on=due
    )
    assert [level_on(row, case.subject, due + timedelta(days=days)) for days in (1, 3, 4)] == [1, 1, 0]


def complaint(subject: Subject, day: date, trade: str = "餐饮") -> CreditRecord:
    item = CatalogueItemFactory(code="TSXX", name="投诉信息")
    given = {"item": item, "kind": "complaint", "standard": "complaint", "content": {"TS_LB": trade}}
    return known(CreditRecordFactory(subject=subject, decided_on=day, **given), day)


def test_complaints_are_counted_for_each_shop_and_held_against_trade_and_size():
    row = rule("W04", threshold=5, clear_threshold=2)
    shops = [SubjectFactory() for _ in range(4)]
    for number in range(6):
        complaint(shops[0], LISTED + timedelta(days=number))
    for shop in shops[1:]:
        complaint(shop, LISTED)
    fifth = LISTED + timedelta(days=4)
    assert fired(row) == [(shops[0].pk, fifth)], "five against a median of one"
    chain = SubjectFactory()
    for number in range(9):
        branch = SubjectFactory(head=chain)
        complaint(branch, LISTED + timedelta(days=number % 3))
    assert fired(row) == [(shops[0].pk, fifth)], "nine complaints about ten shops are fewer than one each"
    for _ in range(5):
        complaint(shops[1], fifth - timedelta(days=2))
        complaint(shops[2], fifth - timedelta(days=2))
    assert fired(row) == [], "all of the trade have as many"
