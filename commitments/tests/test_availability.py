"""“Not available until …”: as of the moment, by code, registered before it is answered."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.availability.queries import availability
from commitments.rules.kinds import CommitmentType
from commitments.tests import cases
from commitments.tests.cases import TODAY, case_in, step
from credit_platform.accounts.tests.factories import ApiClientFactory
from credit_platform.audit.models import AuditEntry
from records.tests.factories import SubjectFactory, valid_person_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
ADDRESS = "/api/v1/commitments/availability/"


@pytest.fixture
def ask(client):
    key = "tested-key-of-an-approval-system-2026"
    ApiClientFactory(key=key, scopes=["records.read"])

    def asked(expect=200, **given):
        given = {"purpose": "办件 SP2026-1"} | given
        answer = client.get(
            ADDRESS, {name: value for name, value in given.items() if value}, headers={"X-Api-Key": key}
        )
        assert answer.status_code == expect, answer.content
        return answer.json()

    return asked


def test_a_decided_breach_bars_all_listed_matters_up_to_its_last_day():
    case = case_in("decided")
    other = cases.EntryFactory(edition=case.own.letter.entry.edition)
    for matter in (case.own.letter.matter, other.matter):
        found = availability(case.subject, matter, date(2027, 11, 23))
        assert (found.available, found.until, found.case_number) == (False, date(2027, 11, 23), case.number)
        assert availability(case.subject, matter, date(2027, 11, 24)).available
    open_to_all = cases.EntryFactory(edition=other.edition, commitment_type=CommitmentType.ACTIVE.value)
    assert availability(case.subject, open_to_all.matter, TODAY).available


def test_a_bar_follows_any_number_of_merges():
    case = case_in("decided")
    between, kept = SubjectFactory(), SubjectFactory()
    for file, into in ((case.subject, between), (between, kept)):
        file.merged_into = into
        file.save(update_fields=["merged_into"])
    for file in (kept, between, case.subject):
        assert availability(file, case.own.letter.matter, TODAY).case_number == case.number
    assert availability(SubjectFactory(), case.own.letter.matter, TODAY).available


@pytest.mark.parametrize("state", ["candidate", "served", "determined", "dismissed", "annulled"])
def test_only_a_decision_bars(state):
    case = case_in(state)
    assert availability(case.subject, case.own.letter.matter, TODAY).available


def test_a_matter_outside_the_list_is_not_open_to_anybody():
    found = availability(cases.LetterFactory().subject, cases.MatterFactory(), TODAY)
    assert not found.available
    assert "清单" in found.reason


def test_the_interface_answers_in_words_and_fields_and_registers_every_question(ask):
    case = case_in("decided")
    told = ask(code=case.subject.code.lower(), matter=case.own.letter.matter.code)
    assert told["available"] is False
    assert told["until"] == "2027-11-23"
    assert told["case_number"] == case.number
    assert "不适用告知承诺至2027年11月23日，自2027年11月24日起可以适用" in told["reason"]
    look = AuditEntry.objects.get(pk=told["receipt"])
    assert (look.verb, look.purpose, look.object_id) == ("commitments.availability", "办件 SP2026-1", case.subject.code)
    step(case, "annul")
    assert ask(code=case.subject.code, matter=case.own.letter.matter.code)["available"] is True


def test_what_is_not_known_is_told_and_registered_too(ask):
    letter = cases.LetterFactory()
    assert ask(404, code="91230102MA1B00017U", matter=letter.matter.code)["code"] == "availability.code"
    assert ask(404, code=letter.subject.code, matter="NOTHING")["code"] == "availability.matter"
    assert AuditEntry.objects.filter(verb="commitments.availability", results=0).count() == 2


def test_malformed_questions_are_refused_and_a_persons_number_is_never_kept(ask):
    letter = cases.LetterFactory()
    assert ask(400, code=letter.subject.name, matter=letter.matter.code)["code"] in (
        "param.value",
        "availability.code-form",
    )
    assert ask(400, code=valid_person_id(7), matter=letter.matter.code)["code"] == "search.personal-number"
    for name in ("code", "matter", "purpose"):
        given = {"code": letter.subject.code, "matter": letter.matter.code, "purpose": "办件"} | {name: ""}
        assert ask(400, **given)["code"] == "param.missing"
    assert not AuditEntry.objects.filter(verb="commitments.availability").exists()


def test_a_key_without_the_scope_and_nobody_are_refused(client):
    key = "another-key-of-a-pushing-system-2026"
    ApiClientFactory(key=key, scopes=["records.write"])
    assert client.get(ADDRESS, headers={"X-Api-Key": key}).status_code == 403
    assert client.get(ADDRESS).status_code == 401
