"""How assignments stand, and what of them fell due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from assessment.plan.models import Contact, Document, EvidenceCase, Task, TaskAssignment, TaskAssignmentQuerySet
from assessment.plan.rules import (
    CONTACT_LABELS,
    SITUATION_LABELS,
    SITUATION_TONES,
    ContactKind,
    EvidenceState,
    Situation,
    due_days,
    how_it_stands,
    met,
)
from credit_platform.accounts.models import Department

AHEAD = 366
"""Calendar days within which the next last day lies."""


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment as it stands on a day; `day` is the day that matters (`rules.how_it_stands`)."""

    assignment: TaskAssignment
    situation: Situation
    day: date | None

    @property
    def label(self) -> str:
        """How it stands, in words."""
        return SITUATION_LABELS[self.situation]

    @property
    def tone(self) -> str:
        """The colour of it."""
        return SITUATION_TONES[self.situation]


def _done(assignments: Iterable[TaskAssignment]) -> dict[int, dict[date, date]]:
    """By assignment: the earliest day of accepted evidence for each day that it answers to (what answers to no day stands under its own)."""
    rows = EvidenceCase.objects.accepted().filter(assignment__in=assignments).order_by("-done_on")
    days: dict[int, dict[date, date]] = defaultdict(dict)
    for assignment, due, done in rows.values_list("assignment_id", "for_due", "done_on"):
        days[assignment][due or done] = done
    return days


def due_in(since: date, until: date) -> Iterator[tuple[TaskAssignment, date, bool]]:
    """What fell due in these days, whose it was, and whether it was done by its day. A department that is gone keeps what it owed."""
    rows = list(TaskAssignment.objects.filter(valid_from__lte=until).select_related("task").order_by("pk"))
    done = _done(rows)
    for row in rows:
        last = min(until, row.valid_until or until)
        for day in due_days(row.timing, max(since, row.valid_from), last):
            yield row, day, met(day, done[row.pk])


def lines_of(assignments: Sequence[TaskAssignment], on: date) -> list[Line]:
    """These assignments, read with their tasks, as they stand on a day; one query whatever their number."""
    done = _done(assignments)
    return [Line(row, *how_it_stands(row.timing, done[row.pk], on)) for row in assignments]


def lines(rows: TaskAssignmentQuerySet, on: date) -> list[Line]:
    """Assignments as they stand on a day, in the order of the plan; three queries whatever their number."""
    return lines_of(list(rows.in_force(on).select_related("task", "department")), on)


def answers(row: TaskAssignment, on: date) -> list[tuple[date, date | None]]:
    """The last days of an assignment through the next one, the latest first, each with the day on which what answers to it was done."""
    done = _done([row])[row.pk]
    ahead = due_days(row.timing, row.timing.starts_on, on + timedelta(days=AHEAD))
    passed = [day for day in ahead if day <= on]
    return [(day, done.get(day)) for day in reversed([*passed, *[day for day in ahead if day > on][:1]])]


def unanswered(row: TaskAssignment, on: date) -> list[date]:
    """The last days that wait for evidence, the earliest first; what is under review waits no longer."""
    states = [EvidenceState.SUBMITTED, EvidenceState.RETURNED, EvidenceState.ACCEPTED]
    rows = row.evidence.filter(case__state__in=states, refuted_on__isnull=True)
    there = set(rows.values_list("for_due", flat=True))
    return sorted(day for day, _ in answers(row, on) if day not in there)


@dataclass(frozen=True, slots=True)
class Progress:
    """A task over all departments that have it."""

    task: Task
    total: int
    counts: Sequence[tuple[str, str, int]]
    documents: int

    @property
    def done(self) -> int:
        """How many departments have done it or are at it without being late."""
        return self.total - sum(count for label, _, count in self.counts if label == SITUATION_LABELS[Situation.LATE])


def progress(on: date) -> list[Progress]:
    """Every task with how its departments stand: for everybody to read, so that it names no person and no department that is late."""
    by_task: dict[int, Counter[Situation]] = defaultdict(Counter)
    for line in lines(TaskAssignment.objects.all(), on):
        by_task[line.assignment.task_id][line.situation] += 1
    issued = dict(Document.objects.issued().order_by().values("task").annotate(n=Count("pk")).values_list("task", "n"))
    return [
        Progress(
            task,
            by_task[task.pk].total(),
            [
                (SITUATION_LABELS[each], SITUATION_TONES[each], by_task[task.pk][each])
                for each in Situation
                if by_task[task.pk][each]
            ],
            issued.get(task.pk, 0),
        )
        for task in Task.objects.all()
    ]


def without_contact(on: date) -> list[tuple[Department, list[str]]]:
    """Departments with a task that lack a contact in force, and which: they are shown red."""
    departments = Department.objects.filter(pk__in=TaskAssignment.objects.in_force(on).values("department")).order_by(
        "code"
    )
    named: dict[int, set[str]] = defaultdict(set)
    for department, kind in Contact.objects.in_force(on).values_list("department_id", "kind"):
        named[department].add(kind)
    return [
        (row, [CONTACT_LABELS[kind] for kind in ContactKind if kind not in named[row.pk]])
        for row in departments
        if len(named[row.pk]) < len(ContactKind)
    ]
