"""The task of a department: every step, who may, what a line of feedback needs, and one effect of twenty at once."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from casework.models import Case
from casework.tests import kit
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from credit_platform.workdays.queries import calendar
from sanctions.joint.actions import tasks
from sanctions.joint.models import JointItem
from sanctions.joint.rules import TASK, Feedback
from sanctions.joint.tests.factories import DONE, LEFT, PDF, TODAY, listed, measured, pushed, take, task_in

pytestmark = pytest.mark.django_db
READY = {"report": "settled"}
test_moves = kit.every_pair(TASK, task_in, take, ready=READY)
test_second_person = kit.two_people(TASK, task_in, take, ready={"confirm": "reported", "send_back": "reported"})
test_race = kit.one_of_two(task_in, take, verb="confirm", ready="reported")


def items(case):
    return list(JointItem.objects.filter(task=case.pk).order_by("pk"))


@pytest.mark.parametrize(
    ("verb", "state", "days"), [("accept", "sent", 15), ("refuse", "sent", 5), ("report", "settled", 3)]
)
def test_every_stage_has_its_last_day_in_working_days(verb, state, days):
    case = take(task_in(state), verb)
    assert (case.due_from, case.due_days, case.due_on) == (TODAY, days, calendar().due_on(TODAY, days))


def test_feedback_keeps_the_last_day():
    case = task_in("accepted")
    assert take(case, "settle").due_on == case.due_on


def test_a_line_holds_what_was_said_and_who_said_it():
    case = task_in("accepted")
    clerk = ClerkFactory(department=case.department)
    (item,) = items(case)
    tasks.settle(case, {item.pk: DONE}, by=clerk, evidence=[PDF], on=TODAY)
    item.refresh_from_db()
    assert (item.state, item.done_on, item.document_number, item.settled_by) == (
        "taken",
        TODAY,
        "示执〔2026〕1号",
        clerk,
    )
    assert item.until == item.entry.ends_on
    assert list(case.attachments.values_list("role", flat=True)) == [f"item-{item.pk}"]


def test_a_line_may_be_mended_until_it_is_confirmed():
    case = task_in("settled")
    (item,) = items(case)
    take(case, "settle", given={item.pk: LEFT})
    item.refresh_from_db()
    assert (item.state, item.done_on, item.document_number, item.until) == ("not_taken", None, "", None)
    take(case, "report")
    with pytest.raises(Conflict):
        take(Case.objects.get(pk=case.pk), "settle")


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (Feedback(True, None, "示执〔2026〕1号"), "joint.day"),
        (Feedback(True, TODAY + timedelta(days=400), "示执〔2026〕1号"), "joint.day"),
        (Feedback(True, TODAY), "joint.proof"),
        (Feedback(False), "joint.reason"),
    ],
)
def test_feedback_without_its_facts_is_refused_and_nothing_is_kept(given, rule):
    case = task_in("accepted")
    (item,) = items(case)
    with pytest.raises(Refused) as refused:
        take(case, "settle", given={item.pk: given})
    assert [each.rule for each in refused.value.findings] == [rule]
    assert items(case)[0].state == "todo"


def test_a_file_already_kept_with_the_line_proves_it_again():
    case = task_in("accepted")
    (item,) = items(case)
    case = take(case, "settle", given={item.pk: Feedback(True, TODAY)}, evidence=[PDF])
    assert take(case, "settle", given={item.pk: Feedback(True, TODAY, note="已补充说明。")}).state == "accepted"


def test_of_many_lines_each_wrong_one_is_named_and_none_is_kept():
    case = task_in("accepted", listed(3))
    first, second, third = items(case)
    given = {first.pk: DONE, second.pk: Feedback(True, TODAY), third.pk: Feedback(False)}
    with pytest.raises(Refused) as refused:
        take(case, "settle", given=given)
    assert [each.text.split("（")[0] for each in refused.value.findings] == [f"编号{second.pk}", f"编号{third.pk}"]
    assert {each.state for each in items(case)} == {"todo"}


def test_lines_of_other_tasks_are_refused():
    case = task_in("accepted")
    other = items(pushed(listed(code="CS-02")).jointaction.tasks.get().case)[0]
    with pytest.raises(Refused, match="不是本任务的条目"):
        take(case, "settle", given={other.pk: DONE})


def test_a_number_of_a_person_in_a_note_is_refused():
    case = task_in("accepted")
    (item,) = items(case)
    with pytest.raises(Refused):
        take(case, "settle", given={item.pk: Feedback(False, note="当事人11010519491231002X已经离开本市。")})


def test_feedback_with_a_gap_is_not_reported():
    case = task_in("accepted", listed(2))
    case = take(case, "settle", given={items(case)[0].pk: DONE})
    with pytest.raises(Refused, match="还有1项没有反馈"):
        take(case, "report")


def test_a_refusal_that_stands_leaves_the_lines_undone_for_its_reason():
    case = task_in("released")
    (item,) = items(case)
    assert (item.state, item.note) == ("not_taken", "不属于本单位职责。")
    assert case.closed_on == TODAY


def test_a_refusal_that_does_not_stand_begins_anew():
    case = take(task_in("refused"), "insist")
    assert (case.state, case.due_days, case.own.ruling) == ("sent", 5, "属于该单位职责。")


def test_only_the_department_and_the_credit_office_act_each_for_its_part():
    case = task_in("sent")
    own, other = ClerkFactory(department=case.department), ClerkFactory()
    for by in (other, CreditOfficeFactory()):
        with pytest.raises(Forbidden):
            take(case, "accept", by=by)
    refused = take(case, "refuse", by=own)
    for by in (own, ReviewerFactory(department=case.department)):
        with pytest.raises(Forbidden):
            take(refused, "agree", by=by)


def test_a_clerk_does_not_confirm():
    case = task_in("reported")
    with pytest.raises(Forbidden):
        take(case, "confirm", by=ClerkFactory(department=case.department))


def test_a_step_is_audited_with_what_it_changed():
    case = task_in("settled")
    told = AuditEntry.objects.filter(verb="sanctions.joint.task.settle").latest("pk")
    assert told.detail["lines"] == told.detail["taken"] == 1
    assert told.object_id == str(case.pk)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_one_confirms():
    case = task_in("reported")
    people = [ReviewerFactory(department=case.department) for _ in range(20)]
    gate, ends = Barrier(20), []

    def run(by):
        gate.wait()
        try:
            ends.append(tasks.confirm(case, by=by, on=TODAY))
        except Conflict as told:
            ends.append(told)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(each, Case) for each in ends) == 1
    assert AuditEntry.objects.filter(verb="sanctions.joint.task.confirm").count() == 1


def test_a_decided_term_is_held_to_the_list():
    department = DepartmentFactory()
    measured(department, kind="limiting", force="must", whom="firm", term="decided", months_least=12, months_most=36)
    case = take(pushed().jointaction.tasks.get().case, "accept")
    (item,) = items(case)
    short = Feedback(True, TODAY, "示执〔2026〕1号", date(2027, 11, 22))
    with pytest.raises(Refused, match="不少于12个月"):
        take(case, "settle", given={item.pk: short})
    take(case, "settle", given={item.pk: Feedback(True, TODAY, "示执〔2026〕1号", date(2027, 11, 23))})
    assert items(case)[0].until == date(2027, 11, 23)
