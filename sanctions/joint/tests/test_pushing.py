"""From entries to tasks: who gets one, nothing twice, and what a killed push leaves."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from casework.models import Case
from casework.tests import kit
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import DepartmentSuccession
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from credit_platform.workdays.queries import calendar
from records.tests.factories import PersonFactory
from sanctions import followers
from sanctions.joint.actions import initiating, lifting, pushing
from sanctions.joint.models import JointItem, JointTask
from sanctions.joint.rules import ACTION
from sanctions.joint.tests.factories import TODAY, begun, end, listed, measured, pushed
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import StandingEntryFactory
from sanctions.measures.tests.factories import IssuedListFactory

pytestmark = pytest.mark.django_db


def lines():
    return sorted(JointItem.objects.values_list("task__department", "entry", "measure"))


def by_hand(entries, by=None):
    department = entries[0].record.source_department
    by = by or ClerkFactory(department=department)
    return initiating.initiate(entries[0].credit_list, department=department, reason="措施清单更新。", by=by, on=TODAY)


def action_in(state):
    measured()
    entries = listed()
    case = by_hand(entries)
    if state == "pushing":
        return pushing.push(case, by=ReviewerFactory(department=case.department), on=TODAY)
    if state == "pushed":
        pushing.push(case, by=ReviewerFactory(department=case.department), on=TODAY)
        pushing.push_pending(TODAY)
    if state == "withdrawn":
        return take(case, "withdraw")
    return Case.objects.get(pk=case.pk)


def take(case, verb, by=None):
    by = by or ReviewerFactory(department=case.department)
    if verb == "withdraw":
        return initiating.withdraw(case, reason="发起有误。", by=by, on=TODAY)
    return pushing.push(case, by=by, on=TODAY)


test_moves = kit.every_pair(ACTION, action_in, take, but=("finish",))
test_second_person = kit.two_people(ACTION, action_in, take, ready={"push": "initiated"})


def test_every_department_with_a_measure_to_take_gets_one_task_with_its_last_day():
    one, two = DepartmentFactory(), DepartmentFactory()
    first, second = measured(one, two), measured(two)
    entries = listed(3)
    case = pushed(entries)
    tasks = {task.department: task for task in case.jointaction.tasks.select_related("case")}
    assert set(tasks) == {one, two}
    assert {task.case.due_on for task in tasks.values()} == {calendar().due_on(TODAY, 5)}
    expected = [
        (unit.pk, entry.pk, row.pk)
        for unit, rows in ((one, [first]), (two, [first, second]))
        for entry in entries
        for row in rows
    ]
    assert lines() == sorted(expected)
    assert case.state == "pushed"


def test_a_single_entry_names_its_subject_in_the_tasks():
    measured()
    (entry,) = listed()
    assert pushed([entry]).jointaction.tasks.get().case.subject == entry.subject


def test_what_is_only_told_or_autonomous_is_no_task():
    measured(kind="autonomous", force="inform")
    measured(force="inform")
    assert initiating.begin_for(listed(), on=TODAY) == []


def test_a_measure_for_persons_is_pushed_for_persons_only():
    measured(whom="person")
    (firm,) = listed()
    person = StandingEntryFactory(
        credit_list=firm.credit_list, subject=PersonFactory(), record__source_department=firm.record.source_department
    )
    pushed([firm, person])
    assert list(JointItem.objects.values_list("entry", flat=True)) == [person.pk]


def test_a_department_without_a_line_gets_no_task():
    measured(whom="person")
    assert not pushed(listed()).jointaction.tasks.exists()


def test_the_task_is_that_of_the_department_which_succeeded():
    old, new = DepartmentFactory(), DepartmentFactory()
    DepartmentSuccession.objects.create(predecessor=old, successor=new, on=TODAY - timedelta(days=1))
    measured(old)
    pushed()
    assert JointTask.objects.get().department == new


def test_an_entry_that_ended_before_the_push_is_left_out():
    measured()
    gone, stays = listed(2)
    begun([gone, stays])
    gone.ended_on, gone.ended_way = TODAY, "term"
    gone.save()
    pushing.push_pending(TODAY)
    assert list(JointItem.objects.values_list("entry", flat=True)) == [stays.pk]


def test_pushing_again_changes_nothing():
    measured()
    pushed(listed(3))
    before = lines(), Case.objects.count()
    assert pushing.push_pending(TODAY) == 0
    assert (lines(), Case.objects.count()) == before


def test_entries_of_two_departments_begin_two_actions():
    measured()
    first, second = listed(), listed()
    assert len(initiating.begin_for([*first, *second], on=TODAY)) == 2


def test_an_entry_begins_in_the_transaction_in_which_it_is_entered():
    measured()
    entries = listed(2)
    followers.tell_entered(entries, on=TODAY, by=CreditOfficeFactory())
    (case,) = Case.objects.of(ACTION)
    assert case.drafted_by is None
    assert set(case.jointaction.targets.values_list("entry", flat=True)) == {each.pk for each in entries}


def test_what_waits_is_not_begun_again():
    measured()
    entries = listed()
    begun(entries)
    assert initiating.begin_for(entries, on=TODAY) == []


def test_an_entry_that_stands_again_is_pushed_again():
    measured()
    entries = listed()
    pushed(entries)
    end(entries, "early")
    pushed(entries)
    assert sorted(JointItem.objects.values_list("state", flat=True)) == ["dropped", "todo"]


class Killed(BaseException):
    """The process dies."""


@pytest.mark.parametrize("dies_at", [1, 2, 3])
def test_a_push_killed_midway_is_taken_up_and_nothing_is_doubled(monkeypatch, dies_at):
    one, two = DepartmentFactory(), DepartmentFactory()
    measured(one, two)
    measured(two)
    entries = listed(5)
    begun(entries)
    monkeypatch.setattr(pushing, "PIECE", 2)
    real, calls = pushing._lines, []

    def dying(*args):
        calls.append(1)
        real(*args)
        if len(calls) == dies_at:
            raise Killed

    monkeypatch.setattr(pushing, "_lines", dying)
    with pytest.raises(Killed):
        pushing.push_pending(TODAY)
    assert JointItem.objects.count() == 2 * 3 * (dies_at - 1)
    monkeypatch.setattr(pushing, "_lines", real)
    assert pushing.push_pending(TODAY) == 1
    assert JointItem.objects.count() == 5 * 3
    assert JointTask.objects.count() == 2


def test_a_new_edition_is_pushed_by_hand_by_two_people_and_only_what_is_new():
    department = DepartmentFactory()
    row = measured(department)
    entries = listed(2)
    pushed(entries)
    edition = IssuedListFactory(code="cs-2026", valid_from=TODAY)
    IssuedListFactory._meta.model.objects.filter(pk=row.edition_id).update(valid_until=TODAY - timedelta(days=1))
    measured(department, edition=edition, measure=row.measure)
    new = measured(department, edition=edition)
    case = by_hand(entries)
    assert pushing.push_pending(TODAY) == 0, "what somebody initiated waits for a second person"
    pushing.push(case, by=ReviewerFactory(department=case.department), on=TODAY)
    assert pushing.push_pending(TODAY) == 1
    assert set(JointItem.objects.filter(task__action=case.pk).values_list("measure", flat=True)) == {new.pk}


def test_initiating_needs_a_reason_a_measure_and_an_entry():
    entries = listed()
    with pytest.raises(Refused, match="措施清单没有"):
        by_hand(entries)
    measured()
    department = DepartmentFactory()
    with pytest.raises(Refused, match="没有"):
        initiating.initiate(
            entries[0].credit_list,
            department=department,
            reason="更新。",
            by=ClerkFactory(department=department),
            on=TODAY,
        )
    with pytest.raises(Forbidden):
        by_hand(entries, by=ClerkFactory())


def test_who_initiated_does_not_push():
    measured()
    entries = listed()
    office = CreditOfficeFactory()
    case = by_hand(entries, by=office)
    with pytest.raises(Forbidden):
        pushing.push(case, by=office, on=TODAY)
    pushing.push(case, by=CreditOfficeFactory(), on=TODAY)
    with pytest.raises(Conflict):
        initiating.withdraw(case, reason="发起有误。", by=office, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_ends_while_it_is_pushed_leaves_nothing_to_do(monkeypatch):
    monkeypatch.setattr(pushing, "PIECE", 2)
    measured()
    measured()
    entries = listed(12)
    begun(entries)
    gate = Barrier(2)

    def push_them():
        gate.wait()
        pushing.push_pending(TODAY)

    def end_them():
        gate.wait()
        for entry in entries:
            with acting(SYSTEM):
                row = ListEntry.objects.select_for_update().get(pk=entry.pk)
                row.ended_on, row.ended_way = TODAY, "source"
                row.save()
                lifting.after_end([row], on=TODAY)

    _both(push_them, end_them)
    assert pushing.push_pending(TODAY) in (0, 1)
    assert not JointItem.objects.to_do().exists()
    assert set(JointTask.objects.values_list("case__state", flat=True)) <= {"cancelled", "sent"}


def _both(*calls):
    wrong = []

    def run(call):
        try:
            call()
        except Exception as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
