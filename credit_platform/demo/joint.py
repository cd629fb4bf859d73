"""Joint action in the demonstration city: what entries on lists began is pushed, and each department is somewhere else with its task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from casework.actions import reminders
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from sanctions.joint.actions import lifting, pushing, tasks
from sanctions.joint.models import JointItem
from sanctions.joint.rules import ACTION, LIFTING, TASK, Feedback
from sanctions.lists.models import ListEntry
from sanctions.measures.rules import Term

PROOF = AttachedFile("执行证明.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
COURSES: tuple[tuple[str, ...], ...] = (
    ("accept", "settle", "report", "confirm"),
    ("accept", "settle", "report"),
    ("accept", "settle"),
    ("accept",),
    ("refuse",),
    (),
    ("accept", "settle", "report", "confirm"),
    ("refuse", "agree"),
)
"""How far the task of each department has come; after the last one from the first again."""
PAUSE = 2
"""Working days between two steps."""


@dataclass(slots=True)
class JointCourse:
    """The tasks of the actions that the lists of the city began, up to `today`."""

    today: date

    def build(self) -> int:
        """Push, act, lift, remind; how many tasks there are."""
        for day in sorted(set(Case.objects.of(ACTION).values_list("drafted_on", flat=True))):
            with clock.at(day, 10):
                pushing.push_pending(day)
        gone = JointItem.objects.filter(entry__ended_on__isnull=False)
        for case in Case.objects.of(TASK).filter(pk__in=gone.values("task")).order_by("pk"):
            self._course(case, COURSES[0], _ended_on(case))
        self._end()
        open_ones = Case.objects.of(TASK).filter(state=TASK.begins).order_by("pk")
        for place, case in enumerate(open_ones):
            self._course(case, COURSES[place % len(COURSES)], self.today)
        for place, case in enumerate(Case.objects.of(LIFTING).order_by("pk")):
            if place % 2 == 0:
                self._lift(case)
        for back in (1, 0):
            with clock.at(self.today - timedelta(days=back), 8):
                lifting.ask_past_term()
                reminders.remind()
        return Case.objects.of(TASK).count()

    def _end(self) -> None:
        """The lists of the city ended some entries before anything was pushed; what hangs on their end is told now, on its day."""
        lines = JointItem.objects.filter(entry__ended_on__isnull=False)
        for entry in ListEntry.objects.filter(pk__in=lines.values("entry")).order_by("ended_on", "pk"):
            on = entry.ended_on or self.today
            with clock.at(on, 17), acting(SYSTEM):
                lifting.after_end([entry], on=on)

    def _course(self, case: Case, verbs: tuple[str, ...], until: date) -> None:
        day = case.drafted_on
        for verb in verbs:
            day = calendar().due_on(day, PAUSE)
            if day > until:
                return
            with clock.at(day, 15):
                self._step(case, verb, day)
            case = Case.objects.get(pk=case.pk)

    def _step(self, case: Case, verb: str, on: date) -> None:
        clerk, reviewer = _people(case)
        office = User.objects.get(username="xyb")
        steps: dict[str, Callable[[], object]] = {
            "accept": lambda: tasks.accept(case, by=clerk, on=on),
            "refuse": lambda: tasks.refuse(case, reason="相关职责已经划转，建议由承接单位执行。", by=clerk, on=on),
            "agree": lambda: tasks.agree(case, reason="经核实职责已经划转。", by=office, on=on),
            "settle": lambda: tasks.settle(case, _said(case, on), by=clerk, evidence=[PROOF], on=on),
            "report": lambda: tasks.report(case, by=clerk, on=on),
            "confirm": lambda: tasks.confirm(case, by=reviewer, on=on),
        }
        steps[verb]()

    def _lift(self, case: Case) -> None:
        on = min(calendar().due_on(case.drafted_on, 1), self.today)
        _, reviewer = _people(case)
        with clock.at(on, 16):
            lifting.lift(case, note="已在本单位业务系统中解除，并通知相关科室。", by=reviewer, on=on)


def _ended_on(case: Case) -> date:
    """The first day on which an entry of the task was off its list."""
    days = JointItem.objects.filter(task=case.pk, entry__ended_on__isnull=False).values_list(
        "entry__ended_on", flat=True
    )
    return min(day for day in days if day is not None)


def _people(case: Case) -> tuple[User, User]:
    """The clerk and the reviewer of the department that has the task."""
    code = case.department.code
    return User.objects.get(username=f"{code}_lr"), User.objects.get(username=f"{code}_sh")


def _said(case: Case, on: date) -> dict[int, Feedback]:
    """Feedback on every line: most measures were taken, every fifth could not be."""
    rows = JointItem.objects.to_do().filter(task=case.pk).select_related("measure").order_by("pk")
    return {row.pk: _feedback(row, place, on) for place, row in enumerate(rows)}


def _feedback(row: JointItem, place: int, on: date) -> Feedback:
    if place % 5 == 4:
        return Feedback(False, note="该主体在本市没有办理中的相关事项，已列入办理前核查的范围。")
    months = row.measure.months_least or 12
    decided = on + timedelta(days=31 * months) if row.measure.term == Term.DECIDED else None
    return Feedback(True, on, f"执〔{on.year}〕{row.pk}号", decided)
