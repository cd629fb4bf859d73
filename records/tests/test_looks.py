"""Looks at what is not public: registered before they are shown, also when nothing is found; never a plain number in a trail."""

from __future__ import annotations

import logging

import pytest
from django.db import connection
from django.test import Client

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry, Kind
from credit_platform.errors import Forbidden, Refused
from records.actions import find_person, look_profile, see_person_number
from records.models import Subject
from records.tests import factories

pytestmark = pytest.mark.django_db
PURPOSE = "办理食品经营许可审查"


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.PenaltyEntryFactory()


@pytest.fixture
def number() -> str:
    return factories.valid_person_id(77)


@pytest.fixture
def person(number: str) -> Subject:
    return factories.PersonFactory(number=number)


def test_the_whole_number_is_shown_to_the_reviewer_and_registered(
    person: Subject, number: str, bob_reviewer: User
) -> None:
    record = factories.CreditRecordFactory(subject=person, authority=bob_reviewer.department)
    assert see_person_number(record, by=bob_reviewer, purpose=PURPOSE, field="CF_XDR_ZJHM") == number
    assert see_person_number(person, by=bob_reviewer, purpose=PURPOSE) == number
    looks = AuditEntry.objects.filter(kind=Kind.LOOK)
    assert [(look.verb, look.purpose, look.results) for look in looks] == [
        ("records.person_number.see", PURPOSE, 1)
    ] * 2
    assert number not in str(looks.values_list())


def test_without_a_purpose_nothing_is_shown(person: Subject, bob_reviewer: User) -> None:
    record = factories.CreditRecordFactory(subject=person, authority=bob_reviewer.department)
    with pytest.raises(Refused, match="查询事由"):
        see_person_number(record, by=bob_reviewer, purpose=" ", field="CF_XDR_ZJHM")
    with pytest.raises(Refused, match="没有可查看"):
        see_person_number(record, by=bob_reviewer, purpose=PURPOSE, field="CF_NR")


def test_what_cannot_be_registered_is_not_shown(
    person: Subject, bob_reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = factories.CreditRecordFactory(subject=person, authority=bob_reviewer.department)

    def broken(*args: object, **options: object) -> None:
        raise OSError("no log")

    monkeypatch.setattr("records.actions.looks.audit.look", broken)
    with pytest.raises(OSError, match="no log"):
        see_person_number(record, by=bob_reviewer, purpose=PURPOSE, field="CF_XDR_ZJHM")


@pytest.mark.parametrize(
    "who", ["alice_clerk", "wendy_window", "rita_other_reviewer", "simon_system_admin", "arthur_auditor"]
)
def test_who_may_not_see_numbers(who: str, person: Subject, bob_reviewer: User, request: pytest.FixtureRequest) -> None:
    record = factories.CreditRecordFactory(subject=person, authority=bob_reviewer.department)
    stranger = request.getfixturevalue(who)
    with pytest.raises(Forbidden):
        see_person_number(record, by=stranger, purpose=PURPOSE, field="CF_XDR_ZJHM")
    with pytest.raises(Forbidden):
        see_person_number(person, by=stranger, purpose=PURPOSE)
    assert not AuditEntry.objects.filter(kind=Kind.LOOK).exists()


def test_a_search_for_a_person_is_registered_also_when_nobody_is_found(
    person: Subject, number: str, alice_clerk: User
) -> None:
    assert find_person(number, by=alice_clerk, purpose=PURPOSE) == person
    assert find_person(factories.valid_person_id(78), by=alice_clerk, purpose=PURPOSE) is None
    found, none = AuditEntry.objects.filter(verb="subject.find_person").order_by("id")
    assert (found.results, none.results) == (1, 0)
    assert found.object_id == f"{number[:6]}********{number[-4:]}"


def test_the_first_generation_number_finds_the_same_person(alice_clerk: User) -> None:
    person = factories.PersonFactory(number="230102199003071237")
    assert find_person("230102900307123", by=alice_clerk, purpose=PURPOSE) == person
    assert find_person("230102 19900307 1237", by=alice_clerk, purpose=PURPOSE) == person


def test_looking_at_a_file_needs_a_purpose_and_a_role(alice_clerk: User, arthur_auditor: User) -> None:
    firm = factories.SubjectFactory()
    with pytest.raises(Refused):
        look_profile(firm, by=alice_clerk, purpose="")
    with pytest.raises(Forbidden):
        look_profile(firm, by=arthur_auditor, purpose=PURPOSE)


def test_the_pages_ask_register_and_show_once(client: Client, bob_reviewer: User, person: Subject, number: str) -> None:
    record = factories.CreditRecordFactory(subject=person, authority=bob_reviewer.department)
    client.force_login(bob_reviewer)
    address = f"/desk/records/{record.pk}/number/?field=CF_XDR_ZJHM"
    assert number not in client.get(f"/desk/records/{record.pk}/").content.decode()
    assert number not in client.get(address).content.decode()
    assert client.post(address, {"purpose": ""}).status_code == 422
    shown = client.post(address, {"purpose": PURPOSE, "field": "CF_XDR_ZJHM"})
    assert number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert AuditEntry.objects.filter(verb="records.person_number.see").count() == 1


def test_a_person_is_searched_by_post_and_leaves_no_plain_number_anywhere(
    client: Client, alice_clerk: User, person: Subject, number: str, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(alice_clerk)
    with caplog.at_level(logging.DEBUG):
        assert client.get("/desk/subjects/person/", {"number": number}).status_code == 400
        refused = client.post("/desk/subjects/person/", {"number": number, "purpose": ""})
        none = client.post("/desk/subjects/person/", {"number": factories.valid_person_id(79), "purpose": PURPOSE})
        found = client.post("/desk/subjects/person/", {"number": number, "purpose": PURPOSE})
    assert refused.status_code == 422
    assert number not in refused.content.decode()
    assert "没有该证件号码的信用档案" in none.content.decode()
    assert found.url == f"/desk/subjects/{person.pk}/"
    page = client.get(found.url).content.decode()
    assert person.name in page
    assert number not in page
    assert number not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_history", "django_session"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{number}%"])
            assert cursor.fetchone() == (0,), table


def test_another_department_sees_shared_fields_only_and_only_with_a_purpose(
    client: Client, bob_reviewer: User, dan_other_clerk: User
) -> None:
    record = factories.CreditRecordFactory(authority=bob_reviewer.department)
    record.content["CF_FR_ZJLX"] = "身份证"
    record.content["BZ"] = "共享备注"
    record.save()
    client.force_login(dan_other_clerk)
    address = f"/desk/records/{record.pk}/"
    asked = client.get(address).content.decode()
    assert "查询事由" in asked
    assert record.content["CF_SY"] not in asked
    client.post(f"/desk/subjects/{record.subject_id}/purpose/", {"purpose": PURPOSE, "next": address})
    page = client.get(address).content.decode()
    assert record.content["CF_SY"] in page
    assert "共享备注" in page
    assert "法定代表人证件类型" not in page
    assert "修改历史" not in page
    assert AuditEntry.objects.filter(verb="subject.profile", actor_id=dan_other_clerk.pk, purpose=PURPOSE).count() == 1


def test_what_the_catalogue_does_not_share_stays_with_its_department(
    client: Client, bob_reviewer: User, dan_other_clerk: User
) -> None:
    entry = factories.PenaltyEntryFactory()
    entry.visibility = "private"
    entry.save()
    record = factories.CreditRecordFactory(authority=bob_reviewer.department)
    client.force_login(dan_other_clerk)
    assert client.get(f"/desk/records/{record.pk}/").status_code == 403
    page = client.get(f"/desk/subjects/{record.subject_id}/").content.decode()
    assert record.document_number not in page
    assert "其他部门另有" not in page
