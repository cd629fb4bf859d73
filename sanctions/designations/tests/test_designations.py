"""Nobody is listed without notice, answer, a second person and both papers; nobody on a list that does not hold."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from casework.models import Attachment, Case
from casework.tests import kit
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from records.actions.entry import enter
from records.models import CreditRecord
from records.tests.factories import PersonFactory, SubjectFactory, valid_person_id
from sanctions.designations import actions, rules
from sanctions.designations.models import DesignationCase
from sanctions.designations.rules import DESIGNATION
from sanctions.designations.tests.factories import CONDUCT, TODAY, case_in, proposed, take
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.tests.factories import RepealedListFactory, SeriousListFactory, WaitingListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
READY = {"determine": "heard", "decide": "determined", "dismiss": "served"}

test_moves = kit.every_pair(DESIGNATION, case_in, take, ready={"determine": "heard"})
test_second_person = kit.two_people(DESIGNATION, case_in, take, ready=READY)
test_race = kit.one_of_two(case_in, take, verb="decide", ready="determined")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="decide", ready="determined", breaks="sanctions.lists.actions.entering.enter_outcome"
)
test_diagram = kit.diagram(DESIGNATION, README)


def found(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {each.rule for each in refused.value.findings}


def test_a_decision_is_on_the_list_in_the_ledger_in_public_and_its_notice_on_repair_is_made():
    case = case_in("decided")
    own = case.own
    entry = ListEntry.objects.get(case=case)
    assert (entry, entry.record, entry.document_number) == (own.entry, case.record, case.document_number)
    assert entry.stands_on(TODAY)
    assert entry.ends_on == date(2029, 11, 23)
    face = Disclosure.objects.get(record=case.record)
    assert face.state == "published"
    assert "拖欠工资" in str(face.shown)
    assert "作为许可和政府采购的重要考量因素" in str(face.shown)
    assert len(own.repair_sha256) == 64
    assert case.due_on is not None, "both papers are to be served"


def test_both_papers_are_delivered_together():
    case = case_in("delivered")
    assert (case.own.delivered_on, case.closed_on) == (TODAY, TODAY)
    assert Attachment.objects.filter(case=case, role="delivery").count() == 1


@pytest.mark.parametrize("missing", [{"repair_notice": ""}, {"repair_number": " "}])
def test_without_the_notice_on_repair_nothing_is_decided(missing):
    case = case_in("determined")
    with pytest.raises(Refused) as told:
        take(case, "decide", **missing)
    assert found(told) == {"designation.repair-notice"}
    assert not ListEntry.objects.exists()
    assert not CreditRecord.objects.exists()


def test_the_table_itself_wants_both_papers():
    case = case_in("decided")
    with pytest.raises(IntegrityError, match="designation_both_papers"), transaction.atomic(), acting(SYSTEM):
        DesignationCase.objects.filter(pk=case.pk).update(repair_notice="")


@pytest.mark.parametrize("state", ["proposed", "notified", "served"])
def test_nobody_is_listed_before_it_was_told_and_heard(state):
    case = case_in(state)
    for verb in ("decide", "determine"):
        with pytest.raises((Conflict, Refused)):
            take(case, verb)
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True)])
def test_the_last_day_to_respond_is_the_subject_s_own(days, allowed, monkeypatch):
    from casework.tests.conftest import at

    case = case_in("served")
    day = case.hearing.until + timedelta(days=days)
    at(day, monkeypatch)
    if allowed:
        assert take(case, "determine", considered="").state == rules.State.DETERMINED
        return
    with pytest.raises(Refused) as told:
        take(case, "determine", considered="")
    assert "case.hearing-open" in found(told)


def test_what_was_said_is_answered():
    with pytest.raises(Refused) as told:
        take(case_in("heard"), "determine", considered="")
    assert found(told) == {"case.considered"}


@pytest.mark.parametrize("factory", [WaitingListFactory, RepealedListFactory])
def test_a_list_out_of_force_takes_nobody(factory):
    with pytest.raises(Refused) as told:
        proposed(factory())
    assert "list.in-force" in found(told)
    assert not Case.objects.exists()


@pytest.mark.parametrize(("state", "verb"), [("proposed", "notify"), ("determined", "decide")])
def test_a_list_that_is_repealed_meanwhile_stops_the_case(state, verb):
    case = case_in(state)
    with acting(SYSTEM):
        CreditList.objects.filter(pk=case.own.credit_list_id).update(valid_until=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as told:
        take(case, verb)
    assert "list.in-force" in found(told)
    assert not ListEntry.objects.exists()


def test_no_other_door_leads_onto_a_list():
    row, subject, department = SeriousListFactory(), SubjectFactory(), DepartmentFactory()
    given = {
        "MD_XDR_MC": subject.name, "MD_XDR_LB": "法人及非法人组织", "MD_XDR_SHXYM": subject.code, "MD_WSH": "自拟〔2026〕1号",
        "MD_BM": row.code, "MD_MC": row.name, "MD_SY": "自行录入。", "MD_YJ": "无", "MD_LRRQ": "2026-11-20", "MD_JZRQ": "2029-11-20",
        "MD_JG": department.name, "MD_JGDM": department.uscc, "MD_LYDW": department.name, "MD_LYDWDM": department.uscc,
        "MD_GKSX": "社会公开",
    }  # fmt: skip
    with pytest.raises(Refused) as told:
        enter("list-entry", given, by=ClerkFactory(department=department), department=department)
    assert "list.ground" in found(told)


def test_only_what_was_told_is_decided():
    case = case_in("determined")
    with pytest.raises(Refused) as told:
        take(case, "decide", measures=["M01"], months=48)
    assert found(told) == {"designation.not-told", "designation.months"}


def test_a_shorter_term_than_announced_may_be_decided():
    case = take(case_in("determined"), "decide", months=12)
    assert case.own.entry.ends_on == date(2027, 11, 23)


def test_a_measure_that_the_list_of_measures_does_not_know_is_not_announced():
    with pytest.raises(Refused) as told:
        take(case_in("proposed"), "notify", intended=["M99"])
    assert found(told) == {"measure.not-listed"}


def test_a_case_begins_with_facts_basis_and_a_conduct_that_has_been():
    with pytest.raises(Refused) as told:
        proposed(facts=" ", basis="", conduct_on=TODAY + timedelta(days=1), months=40)
    assert found(told) == {"designation.facts", "designation.basis", "designation.conduct", "designation.months"}


def test_no_personal_number_stands_in_what_the_subject_reads():
    with pytest.raises(Refused):
        proposed(facts=f"负责人身份证号{valid_person_id(5)}，拖欠工资。")


def test_one_open_case_of_a_subject_and_a_list():
    case = proposed()
    with pytest.raises(Conflict):
        proposed(case.own.credit_list, case.department, subject=case.subject)
    take(case, "dismiss")
    assert proposed(case.own.credit_list, case.department, subject=case.subject).pk


def test_only_the_department_that_leads_a_list_lists():
    row = SeriousListFactory(department=DepartmentFactory())
    with pytest.raises(Forbidden):
        proposed(row)
    assert proposed(row, row.department).pk


def test_a_natural_person_is_named_beside_its_firm_only():
    with pytest.raises(Refused) as told:
        proposed(subject=PersonFactory())
    assert told.value.code == "designation.person"


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), CONDUCT])
def test_no_step_lies_in_the_future_or_before_the_one_it_follows(day):
    with pytest.raises(Refused) as told:
        take(case_in("determined"), "decide", on=day)
    assert "case.day" in found(told)


def test_every_step_is_in_the_trail_with_its_ground():
    case = case_in("delivered")
    verbs = set(AuditEntry.objects.filter(verb__startswith="sanctions.").values_list("verb", flat=True))
    steps = ("open", "notify", "serve", "hear", "determine", "decide", "deliver")
    assert verbs >= {f"sanctions.designation.{step}" for step in steps} | {"sanctions.entry.enter"}
    decided = AuditEntry.objects.get(verb="sanctions.designation.decide")
    assert decided.basis == case.own.basis


def test_a_reviewer_of_another_department_decides_nothing():
    with pytest.raises(Forbidden):
        take(case_in("determined"), "decide", by=ReviewerFactory())


def test_the_draft_papers_say_what_the_law_wants():
    case = case_in("proposed")
    from sanctions.designations import queries

    notice = queries.draft_notice(case, TODAY)
    for words in (case.own.facts, case.own.basis, "作为许可和政府采购的重要考量因素", "36个月", "陈述、申辩"):
        assert words in notice
    papers = queries.draft_decision(case, TODAY)
    assert "不收取任何费用" in papers["repair_notice"]
    assert "行政复议" in papers["remedies"]
    assert actions.DESIGNATION is DESIGNATION
