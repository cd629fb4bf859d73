"""What falls away and what is lifted when entries end, by way and by term; and the sweep of terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case
from casework.tests import kit
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.errors import Forbidden, Refused
from credit_platform.workdays.queries import calendar
from sanctions import followers
from sanctions.joint.actions import lifting
from sanctions.joint.models import JointItem
from sanctions.joint.rules import LIFTING, Feedback
from sanctions.joint.tests.factories import TODAY, WAYS, end, listed, measured, pushed, take, task_in
from sanctions.lists.models import ListEntry

pytestmark = pytest.mark.django_db
BANNED = {"kind": "limiting", "force": "must", "whom": "firm", "term": "decided", "months_least": 12, "months_most": 36}


def entries_of(case):
    return list(ListEntry.objects.filter(joint_items__task=case.pk).distinct())


def states():
    return sorted(JointItem.objects.values_list("state", flat=True))


def lifting_in(state):
    case = task_in("completed")
    (made,) = end(entries_of(case), "early")
    return lift(made) if state == "lifted" else made


def lift(case, verb="lift", by=None):
    by = by or ReviewerFactory(department=case.department)
    return lifting.lift(case, note="已在业务系统中解除。", by=by, on=TODAY)


test_moves = kit.every_pair(LIFTING, lifting_in, lift)
test_race = kit.one_of_two(lifting_in, lift, verb="lift", ready="asked")


@pytest.mark.parametrize("state", WAYS)
def test_what_an_end_does_to_a_task_in_each_state(state):
    case = task_in(state)
    end(entries_of(case), "early")
    after = Case.objects.get(pk=case.pk)
    done = state in ("settled", "reported", "completed")
    assert states() == {True: ["lifting"], False: ["not_taken"] if state == "released" else ["dropped"]}[done]
    assert after.state == ("cancelled" if state in ("sent", "accepted", "refused", "cancelled") else case.state)
    assert Case.objects.of(LIFTING).count() == done


def test_a_lifting_has_its_department_its_subject_and_three_working_days():
    case = task_in("completed")
    (made,) = end(entries_of(case), "early")
    assert (made.department, made.subject) == (case.department, entries_of(case)[0].subject)
    assert made.due_on == calendar().due_on(TODAY, 3)
    assert made.lifting.why == "提前移出"


def test_the_lines_are_lifted_on_the_day_that_the_department_says():
    lift(lifting_in("asked"))
    item = JointItem.objects.get()
    assert (item.state, item.lifted_on) == ("lifted", TODAY)


def test_lifting_is_confirmed_by_a_reviewer_of_the_department_with_words():
    case = lifting_in("asked")
    for by in (ClerkFactory(department=case.department), ReviewerFactory()):
        with pytest.raises(Forbidden):
            lift(case, by=by)
    with pytest.raises(Refused):
        lifting.lift(case, note=" ", by=ReviewerFactory(department=case.department), on=TODAY)
    assert states() == ["lifting"]


def banned():
    """A completed task with a ban until 23 November 2027 beside a measure that goes with the entry."""
    department = DepartmentFactory()
    ban, plain = measured(department, **BANNED), measured(department)
    case = take(pushed().jointaction.tasks.get().case, "accept")
    given = {
        JointItem.objects.get(measure=ban).pk: Feedback(True, TODAY, "示执〔2026〕1号", date(2027, 11, 23)),
        JointItem.objects.get(measure=plain).pk: Feedback(True, TODAY, "示执〔2026〕2号"),
    }
    for verb, more in (("settle", {"given": given}), ("report", {}), ("confirm", {})):
        case = take(case, verb, **more)
    return case


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("term", ["lifting", "taken"]), ("early", ["lifting", "taken"]), ("repair", ["lifting", "taken"]),
        ("source", ["lifting", "taken"]), ("annulled", ["lifting", "lifting"]), ("wrong", ["lifting", "lifting"]),
    ],
)  # fmt: skip
def test_a_measure_with_a_term_of_its_own_outlives_the_entry_unless_the_entry_was_wrong(way, expected):
    end(entries_of(banned()), way)
    assert states() == expected


@pytest.mark.parametrize(("day", "asked"), [(-1, 0), (0, 0), (1, 1)])
def test_a_term_of_its_own_ends_the_day_after_its_last(day, asked):
    banned()
    assert lifting.ask_past_term(date(2027, 11, 23) + timedelta(days=day)) == asked


def test_the_sweep_of_terms_asks_once():
    banned()
    day = date(2027, 11, 24)
    assert (lifting.ask_past_term(day), lifting.ask_past_term(day)) == (1, 0)
    assert Case.objects.of(LIFTING).get().lifting.why == "措施期限届满"


def test_thousands_that_end_together_ask_each_department_once():
    one, two = DepartmentFactory(), DepartmentFactory()
    measured(one)
    measured(two)
    entries = listed(4)
    for task in pushed(entries).jointaction.tasks.all():
        for verb in WAYS["completed"]:
            take(Case.objects.get(pk=task.pk), verb)
    made = end(entries, "source")
    assert {case.department for case in made} == {one, two}
    assert {case.subject for case in made} == {None}
    assert JointItem.objects.filter(state="lifting").count() == 8


def test_an_entry_that_ends_leaves_the_lines_of_the_others():
    measured()
    entries = listed(2)
    case = take(pushed(entries).jointaction.tasks.get().case, "accept")
    end(entries[:1])
    assert states() == ["dropped", "todo"]
    assert Case.objects.get(pk=case.pk).state == "accepted"


def test_lifting_hangs_on_the_end_of_the_entry():
    case = task_in("completed")
    entries = entries_of(case)
    for entry in entries:
        entry.ended_on, entry.ended_way = TODAY, "annulled"
    followers.tell_ended(entries, on=TODAY, by=ReviewerFactory())
    assert Case.objects.of(LIFTING).count() == 1
