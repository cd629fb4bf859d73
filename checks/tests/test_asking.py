"""A check is answered from what is kept of the subject, written down before it is told, and signed."""

from datetime import date

import pytest
from django.db import connection

from checks.actions import asking
from checks.actions.asking import ask, ask_many
from checks.models import Check, SubjectState
from checks.receipts.verifying import opened
from checks.rules.questions import Question
from checks.tests import factories
from checks.tests.factories import asked, barred, check_of, client, fined, listed, rewarded, setting, watched
from credit_platform import sealing
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import PersonFactory, SubjectFactory, SubjectIdentifierFactory, valid_code, valid_person_id

pytestmark = pytest.mark.usefixtures("city")


def test_of_whom_nothing_is_known_nothing_follows():
    told = asked(SubjectFactory()).payload
    assert (told["verdict"], told["verdict_label"]) == ("none", "无")
    assert told["hits"] == told["measures"] == told["bans"] == told["breaches"] == []
    assert told["subject"]["found"]
    assert told["serious_record"] == {"years": 3, "clean": True, "items": [], "basis": told["serious_record"]["basis"]}


def test_a_serious_entry_is_weighed_and_never_reads_as_a_refusal():
    entry = listed()
    told = asked(entry.subject).payload
    assert (told["verdict"], told["verdict_label"]) == ("caution", "审慎")
    assert "不是不予办理" in told["verdict_text"]
    (hit,) = told["hits"]
    assert (hit["list"], hit["document"], hit["until"]) == ("SY-1", entry.document_number, "2029-06-01")
    (measure,) = told["measures"]
    assert (measure["code"], measure["force"], measure["because"]) == ("M10", "weigh", ["SY-1"])
    assert measure["legal_text"]


def test_a_must_forbids():
    told = asked(barred().subject).payload
    assert told["verdict"] == "forbid"
    assert [each["code"] for each in told["measures"]] == ["M01a", "M10"]


def test_a_list_without_a_measure_for_the_matter_is_for_information():
    told = asked(listed().subject, matter=factories.FOOD).payload
    assert told["verdict"] == "note"
    assert told["measures"] == []
    assert len(told["hits"]) == 1
    assert told["serious_record"] is None


def test_a_list_that_is_not_public_is_told_only_where_a_measure_hangs_on_it():
    told = asked(watched().subject).payload
    assert (told["verdict"], told["hits"]) == ("none", [])


def test_an_incentive_never_turns_a_verdict():
    told = asked(rewarded().subject).payload
    assert (told["verdict"], told["hits"]) == ("none", [])
    assert [each["code"] for each in told["incentives"]] == ["I01"]


def test_a_serious_penalty_is_told_apart_from_lists_and_only_in_procurement():
    subject = SubjectFactory()
    record = fined(subject)
    told = asked(subject).payload
    assert (told["verdict"], told["hits"]) == ("caution", [])
    (item,) = told["serious_record"]["items"]
    assert (item["document"], item["fine_wan"]) == (record.document_number, "250")
    assert asked(subject, matter=factories.FOOD).payload["verdict"] == "none"


@pytest.mark.parametrize(
    ("wan", "kinds", "counts"),
    [("199.9999", "罚款", False), ("200", "罚款", True), ("", "责令停产停业", True), ("1", "警告；罚款", False)],
)
def test_what_a_serious_penalty_is(wan, kinds, counts):
    subject = SubjectFactory()
    fined(subject, wan, kinds=kinds)
    assert asked(subject).payload["serious_record"]["clean"] is not counts


@pytest.mark.parametrize(("decided_on", "counts"), [(date(2023, 11, 23), True), (date(2023, 11, 22), False)])
def test_three_years_back_to_the_day(decided_on, counts):
    subject = SubjectFactory()
    fined(subject, decided_on=decided_on)
    assert asked(subject).payload["serious_record"]["clean"] is not counts


def test_a_check_is_written_down_with_its_entry_in_the_audit():
    by = client()
    answer = asked(barred().subject, by, case_number="受理-7")
    check = check_of(answer)
    entry = AuditEntry.objects.get(pk=check.entry)
    assert (entry.kind, entry.verb, entry.actor_id) == ("look", "checks.ask", by.pk)
    assert entry.detail == {
        "receipt": check.number,
        "matter": factories.PROCUREMENT,
        "case": "受理-7",
        "channel": "api",
        "verdict": "forbid",
    }
    assert "政府采购" in entry.purpose
    assert (check.verdict, check.case_number, check.department_id) == ("forbid", "受理-7", by.department_id)
    assert (check.valid_until, answer.payload["valid_until"]) == (date(2026, 11, 30), "2026-11-30")


def test_the_receipt_says_exactly_what_was_told():
    answer = asked(listed().subject)
    assert opened(answer.receipt) == answer.payload


def test_a_check_is_one_statement(django_assert_num_queries):
    entry, by = listed(), client()
    asked(entry.subject, by)
    about, reg = asking.hot.matter(factories.PROCUREMENT, factories.TODAY), asking._register(factories.TODAY)
    question = [asking.cleaned(Question("办1", entry.subject.code))]
    with django_assert_num_queries(1):
        (row,) = asking._stated(question, setting(by), about, reg, factories.TODAY)
    assert row.entry


def test_without_the_entry_there_is_no_answer(monkeypatch):
    subject = listed().subject
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry ADD CONSTRAINT closed CHECK (verb <> 'checks.ask') NOT VALID")
    with pytest.raises(Exception, match="closed"):
        asked(subject)


def test_who_is_not_known_is_told_so_and_logged():
    answer = ask(Question("办1", valid_code(77777777)), setting())
    assert answer.payload["subject"]["found"] is False
    assert answer.payload["verdict"] == "none"
    assert AuditEntry.objects.get(pk=check_of(answer).entry).object_id == valid_code(77777777)


def test_a_name_is_compared_and_finds_nobody():
    subject = SubjectFactory(name="哈尔滨示例（道里）商贸有限公司")
    assert asked(subject, name="哈尔滨示例(道里)商贸有限公司").payload["subject"]["name_fits"] is True
    assert asked(subject, name="哈尔滨另一家公司").payload["subject"]["name_fits"] is False
    with pytest.raises(Refused, match="两者填一项"):
        ask(Question("办1", name=subject.name), setting())


def test_a_merged_file_answers_for_the_one_that_stands():
    entry = listed()
    old = SubjectFactory(merged_into=SubjectFactory(merged_into=entry.subject))
    told = asked(old).payload
    assert (told["verdict"], told["subject"]["code"]) == ("caution", entry.subject.code)


def test_a_former_code_leads_to_the_subject():
    entry, former = listed(), valid_code(70000001)
    SubjectIdentifierFactory(subject=entry.subject, kind="former_code", value=former)
    assert ask(Question("办1", former), setting()).payload["verdict"] == "caution"


def test_a_person_is_asked_by_number_and_stands_masked_everywhere():
    number = valid_person_id(7)
    person = PersonFactory(number=number, name="李某某")
    by = client("checks.ask", "checks.ask_person")
    answer = ask(Question("办1", id_number=number, name="李某某"), setting(by))
    assert answer.payload["subject"] | {"kind": ""} == {
        "found": True,
        "kind": "",
        "asked_code": "",
        "asked_name": "李**",
        "code": "",
        "name": "李**",
        "name_fits": True,
    }
    check = check_of(answer)
    assert check.subject == person
    entry = AuditEntry.objects.get(pk=check.entry)
    kept = f"{answer.payload}{vars(check)}{vars(entry)}"
    assert number not in kept
    assert sealing.number_hash(number) not in kept


def test_a_person_needs_a_right_of_its_own():
    with pytest.raises(Forbidden):
        ask(Question("办1", id_number=valid_person_id(7), name="李某某"), setting())


def test_without_the_scope_nothing_is_asked():
    subject = SubjectFactory()
    with pytest.raises(Forbidden):
        asked(subject, client("records.read"))
    assert not Check.objects.exists()


def test_everything_wrong_is_told_at_once():
    with pytest.raises(Refused) as caught:
        ask(Question("", "123", name="甲" * 201, as_of=date(2027, 1, 1)), setting())
    assert {finding.field for finding in caught.value.findings} == {"case_number", "code", "name", "as_of"}


@pytest.mark.parametrize("case", ["230102199003071237", "a b", "x" * 65, "案\n件"])
def test_a_case_number_is_no_place_for_other_things(case):
    with pytest.raises(Refused):
        ask(Question(case, valid_code(1)), setting())


def test_an_unknown_matter_is_told_with_the_nearest():
    with pytest.raises(Refused, match="没有编码") as caught:
        ask(Question("办1", valid_code(1)), setting(matter="HC-ZFCC"))
    assert "HC-ZFCG" in caught.value.mend


def test_of_a_day_that_is_over_is_told_what_stood_then():
    entry = listed()
    before = asked(entry.subject, as_of=date(2026, 5, 31))
    assert (before.payload["verdict"], before.payload["as_of"]) == ("none", "2026-05-31")
    assert asked(entry.subject, as_of=date(2026, 6, 1)).payload["verdict"] == "caution"
    check = check_of(before)
    assert (check.as_of, check.valid_until) == (date(2026, 5, 31), date(2026, 5, 31))


def test_a_state_that_time_made_wrong_is_computed_before_it_is_told():
    entry = listed(ends_on=date(2026, 11, 30))
    SubjectState.objects.filter(pk=entry.subject_id).update(changes_on=date(2026, 11, 23), verdicts={"*": 3})
    assert asked(entry.subject).payload["verdict"] == "caution"
    assert SubjectState.objects.get(pk=entry.subject_id).changes_on == date(2026, 12, 1)


def test_a_state_that_never_stands_still_is_no_answer(monkeypatch):
    entry = listed()
    SubjectState.objects.filter(pk=entry.subject_id).update(register=1)
    monkeypatch.setattr(asking, "keep", lambda ids, on: 0)
    with pytest.raises(Conflict, match="正在变化"):
        asked(entry.subject)
    assert not Check.objects.exists()


def test_many_are_asked_in_one_statement_and_each_has_its_receipt():
    subjects = [listed().subject, SubjectFactory(), barred().subject]
    answers = ask_many([Question(f"办{n}", subject.code) for n, subject in enumerate(subjects)], setting())
    assert [answer.payload["verdict"] for answer in answers] == ["caution", "none", "forbid"]
    assert len({answer.payload["receipt"] for answer in answers}) == 3
    assert [opened(answer.receipt)["case_number"] for answer in answers] == ["办0", "办1", "办2"]
