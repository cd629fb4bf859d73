"""Who was responsible is listed by a decision of its own, as of the time of the conduct; never because a firm is listed or changes hands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Refused
from disclosure.models import Disclosure
from records.models import Subject
from sanctions.designations import actions
from sanctions.designations.models import DesignationCase
from sanctions.designations.tests.factories import CONDUCT, TODAY, case_in, person, proposed, take
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import SeriousListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
STEPS = ("notify", "serve", "hear", "determine")


def named(firm, **more):
    return actions.name_person(firm, person(**more), by=firm.drafted_by)


def through(case, verbs=STEPS):
    for verb in verbs:
        case = take(case, verb)
    return case


def test_a_person_is_told_heard_and_decided_in_its_own_name_and_stays_linked_to_the_firm():
    firm = case_in("decided")
    case = through(named(firm), (*STEPS, "decide"))
    entry = case.own.entry
    assert entry.subject.kind == "person"
    assert entry.named_with == firm.own.entry
    assert entry.case == case
    assert case.hearing.served_on == TODAY
    assert case.document_number != firm.document_number


def test_a_listed_firm_lists_nobody_by_itself():
    firm = case_in("delivered")
    assert not ListEntry.objects.exclude(subject=firm.subject).exists()
    assert not Subject.objects.filter(kind="person").exists()


def test_a_person_is_not_decided_before_its_firm():
    firm = proposed()
    case = through(named(firm))
    with pytest.raises(Refused) as told:
        take(case, "decide")
    assert {each.rule for each in told.value.findings} == {"designation.firm-first"}


def test_changing_hands_puts_nobody_on_a_list_and_takes_nobody_off():
    firm = case_in("decided")
    entry = through(named(firm), (*STEPS, "decide")).own.entry
    with acting(SYSTEM):
        Subject.objects.filter(pk=firm.subject_id).update(legal_representative="新任某某", name="哈尔滨更名后有限公司")
    assert set(ListEntry.objects.listed(TODAY)) == {entry, firm.own.entry}
    entry.refresh_from_db()
    assert entry.named_with_id == firm.own.entry_id


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        (CONDUCT, None, True),
        (CONDUCT + timedelta(days=1), None, False),
        (date(2024, 1, 1), CONDUCT, True),
        (date(2024, 1, 1), CONDUCT - timedelta(days=1), False),
    ],
)
def test_only_who_held_the_post_on_the_day_of_the_conduct_is_named(since, until, allowed):
    firm = proposed()
    if allowed:
        assert named(firm, since=since, until=until).pk
        return
    with pytest.raises(Refused) as told:
        named(firm, since=since, until=until)
    assert {each.rule for each in told.value.findings} == {"designation.not-then"}


def test_the_table_itself_holds_the_post_against_the_conduct():
    case = named(proposed())
    with (
        pytest.raises(IntegrityError, match="designation_person_as_of_the_conduct"),
        transaction.atomic(),
        acting(SYSTEM),
    ):
        DesignationCase.objects.filter(pk=case.pk).update(post_since=TODAY)


def test_a_list_that_names_nobody_names_nobody():
    firm = proposed(SeriousListFactory(lists_responsible=False))
    with pytest.raises(Refused) as told:
        named(firm)
    assert {each.rule for each in told.value.findings} == {"designation.persons"}


def test_a_number_that_is_none_is_refused_without_being_told():
    number = "230102199003070000"
    with pytest.raises(Refused) as told:
        named(proposed(), id_number=number)
    assert {each.field for each in told.value.findings} == {"id_number"}
    assert number not in str(told.value.findings)


def test_no_number_lies_in_clear_and_the_public_sees_a_masked_name():
    firm, who = case_in("decided"), person()
    case = through(actions.name_person(firm, who, by=firm.drafted_by), (*STEPS, "decide"))
    record = case.record
    assert who.id_number not in str(record.content)
    assert who.id_number not in str(list(AuditEntry.objects.values_list("after", "detail", "reason")))
    assert who.id_number not in repr(who)
    face = Disclosure.objects.get(record=record)
    assert "王小明" not in f"{face.shown}{face.subject_name}{face.title}"


def test_the_same_person_of_two_firms_is_one_file():
    one, two = proposed(), proposed()
    assert named(one).subject == named(two).subject


def test_nobody_is_named_in_a_case_that_was_dismissed_or_is_a_person_s_own():
    firm = proposed()
    own = named(firm)
    with pytest.raises(Conflict):
        named(own, number=2)
    with pytest.raises(Conflict):
        named(take(proposed(), "dismiss"))
