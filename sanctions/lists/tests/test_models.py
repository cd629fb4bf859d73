"""What the tables of lists hold by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.audit.context import acting
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.rules import Nature, Rank, Way
from sanctions.lists.tests.factories import (
    TODAY,
    EndedEntryFactory,
    PastTermEntryFactory,
    RepealedListFactory,
    SeriousListFactory,
    StandingEntryFactory,
    WaitingListFactory,
    WatchListFactory,
)

pytestmark = pytest.mark.django_db
IN_FORCE = {"valid_from": date(2026, 1, 1)}


def refused(row: CreditList | ListEntry, **values: object) -> str:
    with pytest.raises(IntegrityError) as told, transaction.atomic(), acting(SYSTEM):
        type(row).objects.filter(pk=row.pk).update(**values)
    return str(told.value)


@pytest.mark.parametrize("missing", [{"basis": ""}, {"basis_rank": ""}, {"standard_at": ""}, {"review_due": None}])
def test_a_list_without_its_grounds_is_not_put_in_force(missing):
    assert "list_in_force_is_grounded" in refused(SeriousListFactory(), **missing)


def test_a_list_that_waits_is_put_in_force_with_its_grounds_only():
    row = WaitingListFactory()
    assert "list_in_force_is_grounded" in refused(row, **IN_FORCE)
    with acting(SYSTEM):
        CreditList.objects.filter(pk=row.pk).update(
            basis_rank=Rank.LAW, standard_at="网站", review_due=date(2028, 1, 1), **IN_FORCE
        )
    assert CreditList.objects.in_force(TODAY).filter(pk=row.pk).exists()


@pytest.mark.parametrize("wrong", [{"basis_rank": Rank.POLICY}, {"consultation_days": 29}, {"consultation_days": None}])
def test_a_serious_list_rests_on_law_and_was_put_to_the_public_for_thirty_days(wrong):
    assert "list_serious_by_law_and_consulted" in refused(SeriousListFactory(), **wrong)


def test_what_is_watched_is_never_public():
    assert "list_watch_is_never_public" in refused(WatchListFactory(), publication="public")
    assert "list_watch_is_never_public" in refused(SeriousListFactory(), nature=Nature.WATCH)


def test_a_list_holds_from_its_first_day_through_its_last():
    row = RepealedListFactory()
    days = [row.valid_from - timedelta(days=1), row.valid_from, row.valid_until, row.valid_until + timedelta(days=1)]
    assert [CreditList.objects.in_force(day).filter(pk=row.pk).exists() for day in days] == [False, True, True, False]
    assert [row.is_in_force(day) for day in days] == [False, True, True, False]
    assert not CreditList.objects.in_force(TODAY).filter(pk=WaitingListFactory().pk).exists()


def test_a_list_has_one_present_rule():
    row = RepealedListFactory(code="SY-A")
    with acting(SYSTEM):
        second = CreditList.objects.create(
            **{f.attname: getattr(row, f.attname) for f in CreditList._meta.concrete_fields if f.name != "id"}
            | {"valid_from": date(2026, 1, 1), "valid_until": None}
        )
    with pytest.raises(IntegrityError, match="list_one_present_rule"), transaction.atomic(), acting(SYSTEM):
        CreditList.objects.create(
            **{f.attname: getattr(second, f.attname) for f in CreditList._meta.concrete_fields if f.name != "id"}
            | {"valid_from": date(2026, 6, 1)}
        )


def test_an_entry_stands_from_its_first_day_through_its_last():
    row = StandingEntryFactory()
    days = [row.entered_on - timedelta(days=1), row.entered_on, row.ends_on, row.ends_on + timedelta(days=1)]
    assert [ListEntry.objects.listed(day).exists() for day in days] == [False, True, True, False]
    assert [row.stands_on(day) for day in days] == [False, True, True, False]


def test_on_the_day_of_its_early_end_an_entry_stands_no_more():
    row = StandingEntryFactory(ended_on=TODAY, ended_way=Way.SOURCE.value)
    days = [TODAY - timedelta(days=1), TODAY]
    assert [ListEntry.objects.listed(day).exists() for day in days] == [True, False]
    assert [row.stands_on(day) for day in days] == [True, False]


def test_the_sweep_takes_what_is_past_its_term_and_was_not_ended():
    past = PastTermEntryFactory()
    EndedEntryFactory()
    StandingEntryFactory(ends_on=TODAY)
    StandingEntryFactory(ends_on=None)
    assert [row.pk for row in ListEntry.objects.past_term(TODAY)] == [past.pk]


def test_entries_are_asked_by_nature_list_and_subject():
    row, other = StandingEntryFactory(), StandingEntryFactory()
    assert list(ListEntry.objects.of(row.subject)) == [row]
    assert list(ListEntry.objects.on_list(other.credit_list.code)) == [other]
    assert set(ListEntry.objects.of_nature(Nature.SERIOUS)) == {row, other}
    assert not ListEntry.objects.of_nature(Nature.RED, Nature.WATCH).exists()


@pytest.mark.parametrize("way", [Way.EARLY, Way.REPAIR, Way.ANNULLED, Way.WRONG])
def test_what_lowers_an_entry_takes_two_people_and_a_document(way):
    row, one = StandingEntryFactory(), ReviewerFactory()
    ended = {"ended_on": TODAY, "ended_way": way, "ended_document": "示移决〔2026〕1号"}
    name = "entry_lowered_by_two_with_a_document"
    assert name in refused(row, **ended)
    assert name in refused(row, **ended, end_asked_by=one, end_confirmed_by=one)
    assert name in refused(row, **ended | {"ended_document": ""}, end_asked_by=one, end_confirmed_by=ReviewerFactory())
    with acting(SYSTEM):
        ListEntry.objects.filter(pk=row.pk).update(**ended, end_asked_by=one, end_confirmed_by=ReviewerFactory())


def test_a_person_is_named_with_a_firm_by_a_decision_only():
    firm = StandingEntryFactory()
    assert "entry_person_named_by_a_decision" in refused(StandingEntryFactory(), named_with=firm)
