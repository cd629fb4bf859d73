"""Answers about joint action: how far a task is, what a page of it shows, and who is late, since when, with what. Every figure is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from casework.models import Case, Urging
from credit_platform.accounts.models import Department, User
from credit_platform.workdays.queries import calendar
from sanctions.joint import rules
from sanctions.joint.models import JointAction, JointItem, JointItemQuerySet, JointTask
from sanctions.joint.rules import LIFTING, TASK, ItemState, Late, T
from sanctions.measures.models import MeasureEntry

SHOWN = 20
"""Lines on the page of a task before the link to all of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the lines of one measure in a task are."""

    measure: MeasureEntry
    total: int
    todo: int
    taken: int
    not_taken: int
    ended: int


def progress(task: JointTask) -> list[Progress]:
    """Of each measure of a task, how many lines stand where."""
    counted = {
        row["measure"]: row
        for row in task.items.order_by().values("measure").annotate(total=Count("pk"), **{
            "todo": Count("pk", filter=Q(state=ItemState.OPEN)),
            "taken": Count("pk", filter=Q(state=ItemState.TAKEN)),
            "not_taken": Count("pk", filter=Q(state=ItemState.NOT_TAKEN)),
        })
    }  # fmt: skip
    measures = MeasureEntry.objects.filter(pk__in=counted).select_related("measure").order_by("position", "pk")
    return [_progress(row, counted[row.pk]) for row in measures]


def _progress(row: MeasureEntry, counted: Mapping[str, Any]) -> Progress:
    known = counted["todo"] + counted["taken"] + counted["not_taken"]
    ended = counted["total"] - known
    return Progress(row, counted["total"], counted["todo"], counted["taken"], counted["not_taken"], ended)


def of_task(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a task shows beside the kit's."""
    lines = JointItem.objects.filter(task=case.pk)
    return {
        "progress": progress(case.own),
        "lines": lines.listed()[:SHOWN],
        "more_lines": lines.count() > SHOWN,
        "liftings": Case.objects.of(LIFTING).filter(lifting__items__task=case.pk).distinct().order_by("pk"),
    }


def of_action(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of an action shows: its targets and its tasks, each with how many lines it has left."""
    action: JointAction = case.own
    left = Count("items", filter=Q(items__state=ItemState.OPEN))
    tasks = action.tasks.select_related("case", "department").annotate(lines=Count("items"), left=left)
    targets = action.targets.select_related("entry__subject").order_by("pk")
    return {
        "tasks": tasks.order_by("department__code"),
        "targets": targets[:SHOWN],
        "target_count": targets.count(),
        "shown": SHOWN,
    }


def of_lifting(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a lifting shows: its lines."""
    lines = JointItem.objects.filter(lifting=case.pk)
    return {"lines": lines.listed()[:SHOWN], "line_count": lines.count(), "shown": SHOWN}


def left_measures(case: Case, on: date) -> Sequence[MeasureEntry]:
    """The measures of a task that have a line left to do, for the form that answers many at once."""
    left = JointItem.objects.to_do().filter(task=case.pk).values("measure")
    return list(MeasureEntry.objects.filter(pk__in=left).select_related("measure").order_by("position", "pk"))


def lines_of(case: Case) -> JointItemQuerySet:
    """All lines of a task, for its list and its workbook."""
    return JointItem.objects.filter(task=case.pk).select_related(
        "entry__subject", "entry__credit_list", "measure__measure", "settled_by", "task__case__department"
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """A department on the board: `late_since` is the last day that it missed first, `rung` how far that was escalated."""

    department: Department
    open: int
    waiting: int
    working: int
    refused: int
    late: int
    late_since: date | None
    working_days_late: int
    rung: Late
    urged: int
    lines: int
    lines_left: int
    taken: int
    not_taken: int
    liftings: int
    liftings_late: int

    @property
    def rung_label(self) -> str:
        """How far it was escalated, in words."""
        return rules.LATE_LABELS[self.rung]


def board(on: date) -> list[Backlog]:
    """Every department that ever had a task or a lifting: what is open, what is late and since when, how many lines are left.

    The latest first: by the last day that was missed, then by what is open.
    """
    tasks, liftings = _cases(Case.objects.of(TASK), on), _cases(Case.objects.of(LIFTING), on)
    lines, urged = _lines(), _urged()
    units = Department.objects.in_bulk({*tasks, *liftings})
    found = [
        _backlog(unit, tasks.get(pk, {}), liftings.get(pk, {}), lines.get(pk, {}), urged.get(pk, 0), on)
        for pk, unit in units.items()
    ]
    return sorted(found, key=lambda each: (each.late_since or date.max, -each.open, each.department.code))


def _cases(rows: QuerySet[Case], on: date) -> dict[int, dict[str, Any]]:
    late = Q(closed_on__isnull=True, paused=False, due_on__lt=on)
    counted = (
        rows.order_by()
        .values("department")
        .annotate(
            open=Count("pk", filter=Q(closed_on__isnull=True)),
            waiting=Count("pk", filter=Q(state=T.SENT)),
            working=Count("pk", filter=Q(state__in=[T.ACCEPTED, T.REPORTED])),
            refused=Count("pk", filter=Q(state=T.REFUSED)),
            late=Count("pk", filter=late),
            late_since=Min("due_on", filter=late),
        )
    )
    return {row["department"]: dict(row) for row in counted}


def _lines() -> dict[int, dict[str, Any]]:
    counted = (
        JointItem.objects.order_by()
        .values(unit=F("task__department"))
        .annotate(
            lines=Count("pk"),
            left=Count("pk", filter=Q(state=ItemState.OPEN)),
            taken=Count("pk", filter=Q(state__in=[ItemState.TAKEN, ItemState.LIFTING, ItemState.LIFTED])),
            not_taken=Count("pk", filter=Q(state=ItemState.NOT_TAKEN)),
        )
    )
    return {row["unit"]: dict(row) for row in counted}


def _urged() -> dict[int, int]:
    slugs = [TASK.slug, LIFTING.slug]
    open_ones = Urging.objects.filter(answered_on__isnull=True, case__procedure__in=slugs).order_by()
    counted = open_ones.values("case__department").annotate(count=Count("pk"))
    return {row["case__department"]: row["count"] for row in counted}


def _backlog(
    unit: Department, tasks: dict[str, Any], liftings: dict[str, Any], lines: dict[str, Any], urged: int, on: date
) -> Backlog:
    missed = [day for day in (tasks.get("late_since"), liftings.get("late_since")) if day is not None]
    since = min(missed, default=None)
    days = working_days_late(since, on) if since else 0
    return Backlog(
        department=unit,
        open=tasks.get("open", 0),
        waiting=tasks.get("waiting", 0),
        working=tasks.get("working", 0),
        refused=tasks.get("refused", 0),
        late=tasks.get("late", 0),
        late_since=since,
        working_days_late=days,
        rung=rules.rung(days, head=TASK.ladder.head, office=TASK.ladder.office),
        urged=urged,
        lines=lines.get("lines", 0),
        lines_left=lines.get("left", 0),
        taken=lines.get("taken", 0),
        not_taken=lines.get("not_taken", 0),
        liftings=liftings.get("open", 0),
        liftings_late=liftings.get("late", 0),
    )


def working_days_late(due_on: date, on: date) -> int:
    """Working days that have passed since a last day, the day itself included when it is one; 0 on the last day and before it."""
    days = calendar()
    span = (due_on + timedelta(days=n) for n in range(1, (on - due_on).days + 1))
    return sum(days.is_workday(day) for day in span)


def late_cases(on: date) -> QuerySet[Case]:
    """The tasks and liftings that are late, the latest first."""
    slugs = [TASK.slug, LIFTING.slug]
    rows = Case.objects.filter(procedure__in=slugs).late(on).select_related("subject", "department")
    return rows.order_by("due_on", "pk")


def totals(rows: Iterable[Backlog]) -> dict[str, int]:
    """The sums of the board."""
    found = list(rows)
    names = (
        "open",
        "waiting",
        "working",
        "refused",
        "late",
        "urged",
        "lines",
        "lines_left",
        "taken",
        "not_taken",
        "liftings",
        "liftings_late",
    )
    return {name: sum(getattr(each, name) for each in found) for name in names}
