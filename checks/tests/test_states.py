"""The state of a subject is kept in the transactions that change it, and equals a computation anew, whatever was done in whatever order."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.actions import sweeping
from checks.actions.register import keep_register
from checks.actions.states import recomputed
from checks.models import CheckRegister, SubjectState
from checks.queries.register import last_version, register
from checks.tests.factories import TODAY, barred, fined, listed, watched
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from records import followers as record_followers
from records.models import CreditRecord, Subject
from records.tests.factories import CreditRecordFactory, SubjectFactory
from sanctions import followers as entry_followers
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory
from sanctions.measures.tests.factories import BanEntryFactory

pytestmark = pytest.mark.usefixtures("city")


def kept(among=None):
    rows = SubjectState.objects.all() if among is None else SubjectState.objects.filter(subject__in=among)
    return {row.pk: {"facts": row.facts, "verdicts": row.verdicts, "changes_on": row.changes_on} for row in rows}


def anew(among=None):
    subjects = among or Subject.objects.unmerged()
    return recomputed([subject.pk for subject in subjects], TODAY, register(last_version()))


def test_of_whom_nothing_is_known_there_is_no_row():
    SubjectFactory()
    assert kept() == anew() == {}


def test_the_verdicts_are_kept_by_field_where_they_say_more():
    state = SubjectState.objects.get(pk=barred().subject_id)
    assert state.verdicts == {"*": 1, "procurement": 3}
    assert state.changes_on == date(2029, 6, 2)


def enter(subject, number):
    entry = StandingEntryFactory(
        record__subject=subject, credit_list=SeriousListFactory(code=f"SY-{number % 4}"), ends_on=None
    )
    entry_followers.tell_entered([entry], on=TODAY, by=SYSTEM)


def end(subject, number):
    entry = ListEntry.objects.filter(subject=subject, ended_on__isnull=True).first()
    if entry is not None:
        entry.ended_on, entry.ended_way = TODAY - timedelta(days=number % 3), Way.TERM.value
        entry.save()
        entry_followers.tell_ended([entry], on=TODAY, by=SYSTEM)


def restore(subject, number):
    entry = ListEntry.objects.filter(subject=subject, ended_on__isnull=False).first()
    if entry is not None:
        entry.ended_on, entry.ended_way = None, ""
        entry.save()
        entry_followers.tell_entered([entry], on=TODAY, by=SYSTEM)


def penalise(subject, number):
    record = CreditRecordFactory(subject=subject, decided_on=date(2023 + number % 4, 11, 22 + number % 2))
    record.content |= {"CF_NR_FK": str(number * 60)}
    record.save()
    for follower in record_followers.followers():
        if type(follower).__module__.startswith("checks."):
            follower.entered([record.pk], by=SYSTEM)


def change(subject, number):
    record = CreditRecord.objects.filter(subject=subject, kind="penalty").first()
    if record is not None:
        record.content |= {"CF_NR_FK": str(number * 90)}
        record.save()
        _records("changed", [record.pk])


def revoke(subject, number):
    record = CreditRecord.objects.filter(subject=subject, kind="penalty", status="active").last()
    if record is not None:
        record.status, record.revoked_on = "revoked", TODAY
        record.save()
        _records("revoked", [record.pk], reason="示例")


def _records(verb, ids, **more):
    for follower in record_followers.followers():
        if type(follower).__module__.startswith("checks."):
            getattr(follower, verb)(ids, by=SYSTEM, **more)


VERBS = (enter, end, restore, penalise, change, revoke)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 7)), max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_in_whatever_order_the_state_is_that_of_a_computation_anew(steps):
    subjects = [SubjectFactory() for _ in range(3)]
    with acting(SYSTEM):
        for verb, whom, number in steps:
            verb(subjects[whom], number)
            assert kept(subjects) == anew(subjects)


def test_penalties_that_do_not_count_touch_nobody():
    record = CreditRecordFactory()
    _records("entered", [record.pk])
    assert kept() == {}


def test_a_merge_takes_the_facts_along():
    entry, heir = listed(), SubjectFactory()
    old = entry.subject
    old.merged_into = heir
    old.save()
    CreditRecord.objects.filter(pk=entry.record_id).update(subject=heir)
    ListEntry.objects.filter(pk=entry.pk).update(subject=heir)
    _records("moved", [entry.record_id])
    assert set(kept()) - {old.pk} == {heir.pk}
    sweeping.sweep(on=TODAY)
    assert kept() == anew()


def test_another_edition_of_measures_makes_another_version_and_other_verdicts():
    entry, before = listed(), last_version()
    assert SubjectState.objects.get(pk=entry.subject_id).verdicts["procurement"] == 2
    BanEntryFactory(measure__code="M99", lists=["@serious"])
    row = keep_register(on=TODAY, by=SYSTEM)
    assert row.pk > before
    assert SubjectState.objects.get(pk=entry.subject_id).verdicts["procurement"] == 3
    assert keep_register(on=TODAY, by=SYSTEM) == row
    assert CheckRegister.objects.count() == 2
    assert AuditEntry.objects.filter(verb="checks.register").count() == 2


@pytest.mark.parametrize(
    ("day", "place"), [(date(2026, 11, 29), 2), (date(2026, 11, 30), 2), (date(2026, 12, 1), None)]
)
def test_a_state_turns_on_the_day_after_the_last(day, place):
    entry = listed(ends_on=date(2026, 11, 30))
    sweeping.turn(on=day)
    state = SubjectState.objects.filter(pk=entry.subject_id).first()
    assert (state.verdicts["procurement"] if state else None) == place


def test_the_sweep_finds_nothing_where_followers_did_their_work():
    listed(), watched(), fined(SubjectFactory())
    swept = sweeping.sweep(on=TODAY)
    assert (swept.compared, swept.wrong) == (3, ())
    assert not AuditEntry.objects.filter(verb="checks.sweep").exists()


def test_the_sweep_names_and_mends_what_was_changed_past_the_application():
    altered, lost, strange = listed().subject_id, barred().subject_id, SubjectFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE checks_subjectstate SET verdicts = '{\"*\": 0}' WHERE subject_id = %s", [altered])
        cursor.execute("DELETE FROM checks_subjectstate WHERE subject_id = %s", [lost])
    SubjectState.objects.create(subject=strange, facts={"kind": "legal"}, verdicts={"*": 3}, register=last_version())
    swept = sweeping.sweep(on=TODAY)
    assert set(swept.wrong) == {altered, lost, strange.pk}
    assert kept() == anew()
    assert set(AuditEntry.objects.get(verb="checks.sweep").after["subjects"]) == set(swept.wrong)
    assert sweeping.sweep(on=TODAY).wrong == ()
