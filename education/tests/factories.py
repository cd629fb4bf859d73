"""Courses and learners for tests, brought to a state by the true actions; everything made up."""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.tests.factories import ActingFactory, ClerkFactory, DepartmentFactory, ReviewerFactory
from education import actions
from education.models import Attempt, Certificate, CourseVersion, KeyGroup, Learner
from education.rules.courses import State

GIVEN = {
    "code": "honest-trade",
    "title": "诚信经营基础",
    "audience": "market",
    "group": None,
    "occasions": ["registration"],
    "summary": "登记以后要知道的信用规则。",
    "minutes": 45,
    "drawn": 5,
    "pass_percent": 80,
    "attempts": 3,
    "pause_hours": 24,
    "valid_months": 24,
    "basis": "哈政办规〔2020〕12号第5项",
}
NUMBER, OTHER_NUMBER = "230102199003070023", "230102198501014513"


class KeyGroupFactory(ActingFactory):
    """A group in force."""

    class Meta:
        model = KeyGroup
        django_get_or_create = ("code",)

    code = "lawyer"
    name = "律师"
    basis = "示例"
    valid_from = date(2020, 10, 16)


def written(department=None, *, questions: int = 8, by=None, **changed) -> CourseVersion:
    """A version with a lesson and a bank, still being written."""
    department = department or DepartmentFactory()
    clerk = by or ClerkFactory(department=department)
    row = actions.draft(GIVEN | changed, department=department, by=clerk)
    actions.add_lesson(row, title="第一课", text="守信受益，失信受限。", by=clerk)
    for number in range(questions):
        add_question(row, f"第{number}个问题", by=clerk)
    row.refresh_from_db()
    return row


def add_question(row: CourseVersion, text: str, *, by):
    """A question whose first option is right."""
    return actions.add_question(row, text=text, options=["对", "错", "不知道"], right=[1], by=by)


def version_in(state: State, department=None, **changed) -> CourseVersion:
    """A version in a state."""
    row = written(department, **changed)
    department = row.course.department
    if state is State.DRAFT:
        return row
    row = actions.submit(row, by=ClerkFactory(department=department), seen=str(row.version))
    if state is State.SUBMITTED:
        return row
    row = actions.publish(row, by=ReviewerFactory(department=department), seen=str(row.version))
    if state is State.RETIRED:
        reviewer = ReviewerFactory(department=department)
        row = actions.retire(row, reason="内容已经过时。", by=reviewer, seen=str(row.version))
    return row


def person(number: str = NUMBER, **more) -> Learner:
    """Somebody who learns under a code."""
    return actions.enrol(name="张示例", number=number, **more)[0]


def right_answers(attempt: Attempt) -> dict[str, list[int]]:
    """What passes."""
    return {each["id"]: each["right"] for each in attempt.paper}


def failed(learner: Learner, version: CourseVersion) -> Attempt:
    """An attempt with nothing right."""
    return actions.hand_in(actions.begin(learner, version), {})


def certified(version: CourseVersion | None = None, learner: Learner | None = None) -> Certificate:
    """A certificate of a person."""
    attempt = actions.begin(learner or person(), version or version_in(State.PUBLISHED))
    return actions.hand_in(attempt, right_answers(attempt)).certificate
