"""An alert as a case: its moves, its ends and what each needs, what follows from it, and that nobody outside ever reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from casework.models import Case
from casework.rules import procedures
from casework.tests import kit
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from records.actions.changes import revoke
from sanctions.corrections.models import CorrectionCase
from sanctions.lists.tests.factories import StandingEntryFactory, WatchListFactory
from supervision.alerts.actions import handling
from supervision.alerts.models import AlertCase, VerificationCase
from supervision.alerts.rules.alerts import ALERT, VERIFICATION
from supervision.alerts.tests.factories import TODAY, alerted, case_in, take
from supervision.inspections.tests.factories import ItemEntryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

test_moves = kit.every_pair(ALERT, case_in, take)
test_race = kit.one_of_two(case_in, take, verb="close", ready="handling")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="interview", ready="handling", breaks="supervision.alerts.actions.handling.open_correction"
)
test_diagram = kit.diagram(ALERT, README)
test_diagram_of_verifications = kit.diagram(VERIFICATION, README)


def test_the_days_to_handle_run_from_the_acknowledgement_and_go_on():
    case = case_in("acknowledged")
    due = case.due_on
    assert case.due_days == 10
    assert take(case, "handle").due_on == due


def test_an_interview_begins_an_order_to_correct_of_who_brought_the_record():
    case = take(case_in("handling"), "interview")
    own = AlertCase.objects.get(pk=case.pk)
    assert (case.state, own.correction.procedure, own.correction.state) == ("handling", "correction", "drafted")
    assert CorrectionCase.objects.get(pk=own.correction_id).found in [fact.record for fact in own.facts.all()]
    assert case.due_on is not None, "the alert's own clock runs on"
    closed = take(case, "close", measure="interview")
    assert AlertCase.objects.get(pk=closed.pk).measure == "interview"


def test_an_inspection_begins_outside_the_draw_and_one_at_a_time():
    case = take(case_in("handling"), "inspect")
    visit = AlertCase.objects.get(pk=case.pk).inspection
    assert (visit.procedure, visit.subject_id, visit.department_id) == ("visit", case.subject_id, case.department_id)
    assert visit.visitcase.exempt == "remote"
    with pytest.raises(Conflict) as refused:
        take(case, "inspect")
    assert visit.number in str(refused.value)
    closed = take(case, "close", measure="inspect")
    assert AlertCase.objects.get(pk=closed.pk).measure == "inspect"


def test_an_item_that_is_not_on_the_list_of_the_own_department_is_not_inspected():
    other = ItemEntryFactory(departments=[DepartmentFactory()]).item
    with pytest.raises(Refused) as refused:
        take(case_in("handling"), "inspect", items=[other])
    assert refused.value.findings[0].rule == "visit.unlisted"


def test_another_record_than_the_alerts_own_is_not_acted_on():
    other = alerted().facts.first().record
    with pytest.raises(Refused) as refused:
        take(case_in("handling"), "interview", record=other)
    assert refused.value.findings[0].rule == "alert.record"


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"reason": " "}, "alert.reason"),
        ({"measure": ""}, "alert.measure"),
        ({"verdict": "false", "measure": "remind"}, "alert.measure"),
        ({"verdict": "lapsed", "measure": ""}, "alert.verdict"),
        ({"measure": "watch"}, "alert.document"),
        ({"measure": "refer"}, "alert.document"),
        ({"measure": "inspect"}, "alert.inspection"),
        ({"measure": "interview"}, "alert.interview"),
        ({"verdict": "wrong", "measure": ""}, "alert.wrong"),
    ],
)
def test_what_an_end_needs(given, rule):
    case = case_in("handling")
    with pytest.raises(Refused) as refused:
        take(case, "close", **given)
    assert rule in {each.rule for each in refused.value.findings}
    assert Case.objects.get(pk=case.pk).state == "handling"


@pytest.mark.parametrize("given", [{"is_open": True, "verdict": "false"}, {"verdict": "true", "measure": ""}])
def test_the_database_holds_verdict_and_measure(given):
    case = case_in("closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertCase.objects.filter(pk=case.pk).update(**given)


def test_who_is_to_be_watched_was_put_on_the_list_first():
    case = case_in("handling")
    given = {"measure": "watch", "document": "示列〔2026〕7号"}
    with pytest.raises(Refused) as refused:
        take(case, "close", **given)
    assert refused.value.findings[0].rule == "alert.watch"
    given_by = {"record__subject": case.subject, "record__document_number": "示列〔2026〕7号"}
    StandingEntryFactory(credit_list=WatchListFactory(), **given_by)
    assert take(case, "close", **given).state == "closed"


def test_nobody_of_another_department_handles_it():
    case = case_in("open")
    with pytest.raises(Forbidden):
        handling.acknowledge(case, by=ClerkFactory())


def wrong(case: Case) -> VerificationCase:
    record = AlertCase.objects.get(pk=case.pk).facts.first().record
    take(case, "close", verdict="wrong", measure="", wrong=record, reason="处罚金额录入有误。")
    return VerificationCase.objects.get(checked=record)


def test_wrong_information_asks_its_provider_to_verify_it():
    row = wrong(case_in("handling"))
    assert (row.case.state, row.case.department, row.question) == (
        "asked",
        row.checked.source_department,
        "处罚金额录入有误。",
    )
    assert row.case.due_days == 10
    by = ReviewerFactory(department=row.case.department)
    with pytest.raises(Refused) as refused:
        handling.correct(row.case, reason="已更正。", by=by)
    assert refused.value.code == "verification.same"
    revoke(row.checked, by=ClerkFactory(department=row.case.department), reason="录入有误。", on=TODAY)
    assert handling.correct(Case.objects.get(pk=row.pk), reason="已撤销。", by=by).state == "corrected"
    with pytest.raises(Conflict):
        handling.uphold(Case.objects.get(pk=row.pk), reason="无误。", by=by)


def test_a_provider_upholds_with_reasons_and_is_not_asked_twice_at_once():
    row = wrong(case_in("handling"))
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationCase.objects.create(
            case=case_in("open"), checked=row.checked, alert=row.alert, asked_version=1, question="再问。"
        )
    by = ReviewerFactory(department=row.case.department)
    with pytest.raises(Refused):
        handling.uphold(row.case, reason=" ", by=by)
    assert handling.uphold(row.case, reason="与案卷一致。", by=by).state == "upheld"


def test_a_rule_that_is_mostly_wrong_falls_silent():
    case = case_in("handling", false_least=2, false_share=50)
    take(case, "close", verdict="false", measure="")
    own = AlertCase.objects.get(pk=case.pk)
    assert own.rule.state == "active", "of two at least"
    take(case_in("handling"), "close", verdict="false", measure="")
    own.rule.refresh_from_db()
    assert (own.rule.state, own.rule.state_why) == ("paused", "已办结2件，其中误报2件，超过50%，自动停用。")


def test_a_subject_never_sees_an_alert_about_itself():
    case = case_in("handling")
    assert not Case.objects.shown_to(case.subject).filter(pk=case.pk).exists()
    for procedure in (ALERT, VERIFICATION):
        assert (procedure.shown_to_subject, procedure.respond, procedure.outside) == (frozenset(), "", "")
        assert procedures.of(procedure.slug) is procedure
