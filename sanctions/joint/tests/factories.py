"""Joint actions for tests, one way a state: each brought there by its real steps."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.context import acting
from sanctions.joint.actions import initiating, lifting, pushing, tasks
from sanctions.joint.models import JointItem
from sanctions.joint.rules import Feedback
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory
from sanctions.measures.tests.factories import WeighedEntryFactory

TODAY = date(2026, 11, 23)
PDF = AttachedFile("证明.pdf", b"%PDF-1.4 tested")
DONE = Feedback(True, TODAY, "示执〔2026〕1号")
LEFT = Feedback(False, note="该主体在本市没有相关业务，无法执行。")
WAYS = {
    "sent": (),
    "accepted": ("accept",),
    "settled": ("accept", "settle"),
    "refused": ("refuse",),
    "reported": ("accept", "settle", "report"),
    "completed": ("accept", "settle", "report", "confirm"),
    "released": ("refuse", "agree"),
    "cancelled": ("cancel",),
}


def listed(count: int = 1, *, code: str = "CS-01") -> list[ListEntry]:
    """Standing entries of one list, listed by one department."""
    credit_list, department = SeriousListFactory(code=code), DepartmentFactory()
    return [StandingEntryFactory(credit_list=credit_list, record__source_department=department) for _ in range(count)]


def measured(*departments: Department, **more):
    """A measure that follows every serious list, carried out by departments."""
    return WeighedEntryFactory(departments=departments or [DepartmentFactory()], **more)


def begun(entries: list[ListEntry] | None = None) -> Case:
    """A joint action that entries began."""
    (case,) = initiating.begin_for(entries or listed(), on=TODAY)
    return case


def pushed(entries: list[ListEntry] | None = None) -> Case:
    case = begun(entries)
    pushing.push_pending(TODAY)
    return Case.objects.get(pk=case.pk)


def task_in(state: str, entries: list[ListEntry] | None = None) -> Case:
    """The task of one department with one measure."""
    unit = DepartmentFactory()
    measured(unit)
    case = pushed(entries).jointaction.tasks.get(case__department=unit).case
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def take(case: Case, verb: str, by: User | None = None, **more) -> Case:
    """Carry a task one step on, by the person whom it falls to."""
    unit = case.department
    clerk = case.drafted_by or ClerkFactory(department=unit)
    if verb == "cancel":
        return lifting.cancel(case, by=SYSTEM, on=TODAY)
    given = {
        "accept": lambda: {"by": clerk},
        "refuse": lambda: {"by": clerk, "reason": "不属于本单位职责。"},
        "agree": lambda: {"by": CreditOfficeFactory(), "reason": "职责已经划转。"},
        "insist": lambda: {"by": CreditOfficeFactory(), "reason": "属于该单位职责。"},
        "settle": lambda: {"by": clerk, "given": {item.pk: DONE for item in JointItem.objects.filter(task=case.pk)}},
        "report": lambda: {"by": clerk},
        "confirm": lambda: {"by": ReviewerFactory(department=unit)},
        "send_back": lambda: {"by": ReviewerFactory(department=unit), "reason": "请补充文书号。"},
    }[verb]() | more
    if by is not None:
        given["by"] = by
    return getattr(tasks, verb)(case, **{"on": TODAY} | given)


def end(entries: list[ListEntry], way: str = "term", on: date = TODAY) -> list[Case]:
    """Entries end, as the verbs of lists tell it."""
    for entry in entries:
        entry.ended_on, entry.ended_way = on, way
    with acting(SYSTEM):
        return lifting.after_end(entries, on=on)
