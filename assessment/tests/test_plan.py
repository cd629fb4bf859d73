"""The plan: its kinds of due, how an assignment stands, evidence by two, spot checks, contacts and documents."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assessment.plan import actions
from assessment.plan.actions.checking import gone, population
from assessment.plan.measures import ALL, TASKS
from assessment.plan.models import Contact, Document, Task
from assessment.plan.queries import due_in, progress, unanswered, without_contact
from assessment.plan.rules import Due, Situation, Timing, due_days, how_it_stands, met
from assessment.tests.factories import (
    TODAY,
    assigned,
    evidence_in,
    office,
    plan,
    spot_check_in,
    take_check,
    take_evidence,
)
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import DepartmentSuccession
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused

PLAN = date(2020, 8, 24)
YEAR = (date(2020, 1, 1), date(2021, 12, 31))


def test_the_plan_has_its_forty_two_tasks():
    assert [each.number for each in TASKS] == [*map(str, range(1, 39)), "组1", "组2", "组3", "组4"]
    once = {each.number: each.due_on for each in TASKS if each.due is Due.ONCE}
    assert once["1"] == date(2020, 10, 31)
    assert once["33"] == date(2020, 11, 30)
    assert [each.number for each in TASKS if each.due is Due.BY_PROVINCE] == ["29"]
    assert next(each for each in TASKS if each.number == "14").responsible == ALL


@pytest.mark.parametrize(
    ("timing", "days"),
    [
        (Timing(Due.WITHIN, PLAN, days=2), [date(2020, 8, 26)]),
        (Timing(Due.WITHIN, PLAN, days=5), [date(2020, 8, 29)]),
        (Timing(Due.ONCE, PLAN, date(2020, 10, 31)), [date(2020, 10, 31)]),
        (Timing(Due.YEARLY, PLAN, date(2020, 12, 31)), [date(2020, 12, 31), date(2021, 12, 31)]),
        (Timing(Due.ONGOING, PLAN), []),
        (Timing(Due.BY_PROVINCE, PLAN), []),
    ],
)
def test_each_kind_of_due_has_its_days(timing, days):
    """2020-08-29 is a Saturday, and stays."""
    assert due_days(timing, *YEAR) == days


def test_monthly_and_yearly_days_keep_to_their_months():
    monthly = Timing(Due.MONTHLY, date(2024, 1, 15))
    assert due_days(monthly, date(2024, 1, 31), date(2024, 3, 30)) == [date(2024, 1, 31), date(2024, 2, 29)]
    leap = Timing(Due.YEARLY, PLAN, date(2024, 2, 29))
    assert due_days(leap, date(2024, 1, 1), date(2025, 12, 31)) == [date(2024, 2, 29), date(2025, 2, 28)]


DUE = date(2026, 11, 30)
ONCE = Timing(Due.ONCE, PLAN, DUE)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (DUE - timedelta(days=16), Situation.OPEN),
        (DUE - timedelta(days=15), Situation.SOON),
        (DUE, Situation.SOON),
        (DUE + timedelta(days=1), Situation.LATE),
    ],
)
def test_an_assignment_is_late_on_the_day_after(on, standing):
    assert how_it_stands(ONCE, {}, on) == (standing, DUE)


def test_what_is_done_is_done_and_what_goes_on_goes_on():
    done = {DUE: DUE + timedelta(days=3)}
    assert how_it_stands(ONCE, done, DUE + timedelta(days=9))[0] is Situation.DONE
    assert not met(DUE, done), "done, and late in the figures"
    assert met(DUE, {DUE: DUE})
    assert how_it_stands(Timing(Due.ONGOING, PLAN), {}, DUE) == (Situation.RUNNING, None)
    assert how_it_stands(Timing(Due.BY_PROVINCE, PLAN), {}, DUE)[0] is Situation.WAITING
    monthly = Timing(Due.MONTHLY, date(2026, 10, 1))
    assert how_it_stands(monthly, {date(2026, 10, 31): date(2026, 10, 30)}, date(2026, 11, 2))[0] is Situation.DONE
    assert how_it_stands(monthly, {}, date(2026, 11, 2)) == (Situation.LATE, date(2026, 10, 31))


OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def counted() -> list[tuple[date, bool]]:
    return [(day, done) for _, day, done in due_in(*OCTOBER)]


@pytest.mark.django_db
def test_evidence_counts_once_it_is_accepted_and_no_longer_once_it_is_refuted():
    case = evidence_in("submitted")
    assert counted() == [(date(2026, 10, 31), False)]
    take_evidence(case, "accept")
    assert counted() == [(date(2026, 10, 31), True)]
    spot_check_in("settled", evidence=case.own)
    assert counted() == [(date(2026, 10, 31), False)]
    assert unanswered(case.own.assignment, TODAY) == [date(2026, 10, 31)], "it may be answered again"


@pytest.mark.django_db
def test_a_true_spot_check_changes_nothing():
    case = evidence_in("accepted")
    spot_check_in("settled", evidence=case.own, result="true", finding="与原件一致。")
    assert counted() == [(date(2026, 10, 31), True)]


@pytest.mark.django_db
def test_a_day_is_answered_once_and_a_department_answers_its_own():
    case = evidence_in("accepted")
    row = case.own.assignment
    given = {"text": "再次报送。", "done_on": TODAY, "for_due": row.due_on}
    with pytest.raises(Conflict):
        actions.submit(row, by=ClerkFactory(department=row.department), **given)
    with pytest.raises(Forbidden):
        actions.submit(row, by=ClerkFactory(), **given)
    with pytest.raises(Refused) as refused:
        actions.submit(row, by=ClerkFactory(department=row.department), **given | {"for_due": TODAY, "text": " "})
    assert {each.rule for each in refused.value.findings} == {"evidence.due", "evidence.text"}


@pytest.mark.django_db
def test_who_accepted_does_not_look_again():
    who = office()
    evidence = take_evidence(evidence_in("submitted"), "accept", by=who).own
    check = spot_check_in("drawn", evidence=evidence)
    with pytest.raises(Forbidden) as refused:
        take_check(check, "inspect", by=who)
    assert refused.value.code == "spot-check.oneself"


@pytest.mark.django_db
def test_chance_draws_from_what_was_accepted_and_not_looked_at():
    accepted = evidence_in("accepted")
    evidence_in("returned", assignment=assigned(number="16", due=Due.ONCE, due_on=date(2026, 10, 31)))
    (stratum,) = population(accepted.department, TODAY)
    assert (stratum.ids, stratum.size) == ([str(accepted.pk)], 1)
    assert gone([str(accepted.pk)]) == []
    spot_check_in("drawn", evidence=accepted.own)
    assert population(accepted.department, TODAY) == []
    assert gone([str(accepted.pk)]) == [str(accepted.pk)]


@pytest.mark.django_db
def test_a_task_is_given_once_and_what_was_owed_stays():
    row = assigned(due=Due.ONCE, due_on=date(2026, 10, 31))
    with pytest.raises(Conflict) as refused:
        actions.assign(row.task, [DepartmentFactory(), row.department], by=office())
    assert row.department.label in refused.value.text
    assert row.task.assignments.count() == 1, "nothing is half assigned"
    with pytest.raises(Refused):
        actions.assign(row.task, [], by=office())
    actions.end_assignment(row, on=TODAY, by=office())
    assert counted() == [(date(2026, 10, 31), False)], "it had been due before"


@pytest.mark.django_db
def test_a_department_that_merged_keeps_what_it_owed():
    row = assigned(due=Due.ONCE, due_on=date(2026, 10, 31))
    with acting(SYSTEM):
        DepartmentSuccession.objects.create(
            predecessor=row.department, successor=DepartmentFactory(), on=date(2026, 10, 15)
        )
    assert [each.department for each, _, _ in due_in(*OCTOBER)] == [row.department]


@pytest.mark.django_db
def test_a_contact_follows_another_and_a_department_without_one_is_red():
    row = assigned()
    clerk = ClerkFactory(department=row.department)
    assert without_contact(TODAY) == [(row.department, ["分管领导", "专职工作人员"])]
    given = {"name": "某人", "post": "科长", "phone": "0451-84660000", "by": clerk}
    actions.name_contact(row.department, "staff", on=TODAY - timedelta(days=9), **given)
    actions.name_contact(row.department, "staff", on=TODAY, **given | {"name": "另一人"})
    former, now = Contact.objects.order_by("valid_from")
    assert (former.valid_until, now.valid_until) == (TODAY - timedelta(days=1), None)
    with pytest.raises(Refused):
        actions.name_contact(row.department, "staff", on=TODAY, **given)
    assert without_contact(TODAY) == [(row.department, ["分管领导"])]
    with pytest.raises(Forbidden):
        actions.name_contact(row.department, "leader", **given | {"by": ClerkFactory()})


@pytest.mark.django_db
def test_a_document_is_planned_issued_and_repealed_in_this_order():
    plan()
    department = DepartmentFactory()
    clerk = ClerkFactory(department=department)
    row = actions.list_document(department, Task.objects.get(number="组2"), title="制度", planned_on=TODAY, by=clerk)
    for state, number, rule in (("repealed", "", "document.state"), ("issued", " ", "document.number")):
        with pytest.raises(Refused) as refused:
            actions.change_document(row, state=state, number=number, on=TODAY, by=clerk)
        assert refused.value.findings[0].rule == rule
    actions.change_document(row, state="issued", number="示发〔2026〕1号", on=TODAY, by=clerk)
    assert next(each for each in progress(TODAY) if each.task == row.task).documents == 1
    actions.change_document(row, state="repealed", number="", on=TODAY, by=clerk)
    with pytest.raises(IntegrityError, match="with_a_number"), transaction.atomic():
        Document.objects.filter(pk=row.pk).update(number="")
