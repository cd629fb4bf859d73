"""A ban holds from its first day through its last, in its fields, once two people have registered it; it keeps its entry on its list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.models import Case
from casework.tests import kit
from casework.tests.conftest import at
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, Refused
from records.models import Subject
from records.tests.factories import PersonFactory, SubjectFactory, valid_person_id
from sanctions.bans.models import Ban
from sanctions.bans.rules import BAN, EVERYWHERE, Scope
from sanctions.bans.tests.factories import PDF, TODAY, banned, case_in, registered, take
from sanctions.lists.queries.days import period_of_entry
from sanctions.lists.tests.factories import StandingEntryFactory

pytestmark = pytest.mark.django_db
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def monday(monkeypatch, settings, tmp_path):
    at(TODAY, monkeypatch)
    settings.MEDIA_ROOT = tmp_path


test_moves = kit.every_pair(BAN, case_in, take)
test_second_person = kit.two_people(
    BAN, case_in, take, ready={"confirm": "registered", "refuse": "registered", "lift": "standing"}
)
test_race = kit.one_of_two(case_in, take, verb="confirm", ready="registered")
test_diagram = kit.diagram(BAN, README)


def test_a_ban_holds_from_its_first_day_through_its_last():
    case = case_in("standing")
    own = case.own
    days = [own.starts_on - timedelta(days=1), own.starts_on, own.until, own.until + timedelta(days=1)]
    assert [Ban.objects.in_force(day).exists() for day in days] == [False, True, True, False]


@pytest.mark.parametrize("state", ["registered", "refused"])
def test_what_nobody_confirmed_holds_nobody(state):
    case_in(state)
    assert not Ban.objects.in_force(TODAY).exists()


def test_a_ban_for_life_has_no_last_day():
    case_in("standing", registered(banned(until=None, for_life=True)))
    assert Ban.objects.in_force(date(2099, 1, 1)).exists()


def test_a_lifted_ban_held_until_the_day_before():
    case = case_in("standing")
    take(case, "lift")
    assert Ban.objects.in_force(TODAY - timedelta(days=1)).exists()
    assert not Ban.objects.in_force(TODAY).exists()


def test_a_ban_answers_in_its_fields_and_one_for_everything_in_all():
    one = case_in("standing")
    every = case_in("standing", registered(banned(fields=[EVERYWHERE])))
    found = Ban.objects.in_force(TODAY).in_fields(["procurement"])
    assert {each.pk for each in found} == {one.pk, every.pk}
    assert [each.pk for each in Ban.objects.in_fields(["food"])] == [every.pk]
    assert [each.pk for each in Ban.objects.of(one.subject)] == [one.pk]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"fields": []}, "fields"),
        ({"fields": ["moon"]}, "fields"),
        ({"words": " "}, "words"),
        ({"basis": ""}, "basis"),
        ({"document_number": ""}, "document_number"),
        ({"decided_on": TODAY + timedelta(days=1), "starts_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"starts_on": date(2026, 11, 1)}, "starts_on"),
        ({"until": date(2026, 11, 2)}, "until"),
        ({"until": None}, "until"),
        ({"for_life": True}, "until"),
    ],
)
def test_a_ban_says_field_law_document_and_days(told, field):
    with pytest.raises(Refused) as refused:
        registered(banned(**told))
    assert field in {each.field for each in refused.value.findings}
    assert not Ban.objects.exists()


def test_a_ban_has_its_decision_as_a_file():
    with pytest.raises(Refused) as refused:
        registered(proof=[])
    assert {each.field for each in refused.value.findings} == {"proof"}


def test_other_departments_register_nothing_here():
    case = registered()
    with pytest.raises(Forbidden):
        registered(department=case.department, by=ClerkFactory())


def test_while_an_attached_ban_runs_the_entry_does_not_leave_early():
    entry = StandingEntryFactory()
    case = registered(subject=entry.subject, entry=entry)
    take(case, "confirm")
    entry.refresh_from_db()
    assert entry.attached_until == date(2028, 11, 2)
    assert period_of_entry(entry, performed_on=TODAY).earliest_repair_on == date(2028, 11, 3)
    take(case, "lift")
    entry.refresh_from_db()
    assert entry.attached_until == TODAY


def test_the_entry_is_the_subject_s_own():
    with pytest.raises(Refused) as refused:
        registered(subject=SubjectFactory(), entry=StandingEntryFactory())
    assert refused.value.code == "ban.entry"


def test_a_person_may_be_banned_from_a_post():
    case = case_in("standing", registered(banned(scope=Scope.POST), subject=PersonFactory()))
    assert Ban.objects.in_force(TODAY).of(case.subject).get().scope == Scope.POST


def test_the_form_takes_a_firm_or_a_person_and_keeps_no_number_in_clear(client):
    reviewer = ReviewerFactory()
    clerk = ClerkFactory(department=reviewer.department)
    registered(department=reviewer.department)  # the field is there
    client.force_login(clerk)
    address, number = reverse("ban:register"), valid_person_id(7)
    token = client.get(address).context["form"]["form_token"].value()
    sent = {
        "form_token": token, "scope": "post", "matters": ["procurement"], "words": "五年内不得担任高级管理人员。", "basis": "《示例法》",
        "document_number": "示罚〔2026〕7号", "decided_on": "2026-11-02", "starts_on": "2026-11-03", "until": "2031-11-02",
        "name": "王小明", "id_type": "身份证", "id_number": number,
    }  # fmt: skip
    both = client.post(address, sent | {"code": "91230102MA1B00017U", "proof": SimpleUploadedFile(PDF.name, PDF.data)})
    assert both.status_code == 422
    assert "二者择一" in both.content.decode()
    made = client.post(address, sent | {"proof": SimpleUploadedFile(PDF.name, PDF.data)})
    assert made.status_code == 302, made.context["form"].errors
    person = Subject.objects.get(kind="person")
    page = client.get(made["Location"]).content.decode()
    assert person.name in page
    assert number not in page
    assert "任职限制" in page


def test_who_registered_neither_confirms_nor_lifts_by_constraint():
    case = case_in("lifted")
    for column in ("determined_by", "decided_by"):
        assert getattr(case, f"{column}_id") not in (None, case.drafted_by_id)
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic(), acting(SYSTEM):
            Case.objects.filter(pk=case.pk).update(**{column: case.drafted_by})
