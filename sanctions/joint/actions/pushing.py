"""推送: every department with a measure to take gets one task and its lines, in pieces that are each committed with their place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from casework.actions import step
from casework.actions.opening import open_many
from casework.actions.step import locked, own_of
from casework.models import Case
from casework.queries.clocks import days_of
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import successors
from credit_platform.audit.context import acting
from sanctions.joint import rules
from sanctions.joint.models import JointAction, JointItem, JointTarget, JointTask
from sanctions.joint.rules import ACTION, TASK, A, Stage
from sanctions.lists.models import ListEntry
from sanctions.measures.models import MeasureEntry
from sanctions.measures.queries import duties_for
from sanctions.measures.rules import for_whom

PIECE = 1000
"""Entries of one piece: some ten thousand lines, about a second."""
BATCH = 5000


def push(case: Case, *, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """The action goes out. Reviewers of the department that listed and the credit office, never who initiated it; the platform for what
    entries began. From INITIATED; the tasks are made by `push_pending`, which the page wakes and the clock takes up."""
    with step(ACTION, case, "push", by=by, on=on, version=version):
        pass
    return Case.objects.get(pk=case.pk)


def push_pending(on: date | None = None) -> int:
    """Push what entries began, and finish what is being pushed; how many actions were finished. Safe to run twice and side by side."""
    on = on or timezone.localdate()
    begun = Q(state=A.INITIATED, drafted_by__isnull=True)
    waiting = Case.objects.of(ACTION).filter(begun | Q(state=A.PUSHING), drafted_on__lte=on)
    done = 0
    for case in waiting.order_by("pk"):
        done += _pushed(case, on)
    return done


def _pushed(case: Case, on: date) -> bool:
    """Piece after piece until the action is finished; False when another process holds it or finished it first."""
    while True:
        with acting(SYSTEM):
            policy.require(SYSTEM, rules.PUSH)
            held = Case.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=case.pk).first()
            if held is None or held.state not in (A.INITIATED, A.PUSHING):
                return False
            if held.state == A.INITIATED:
                push(held, by=SYSTEM, on=max(on, held.moved_on))
            elif not _piece(held, on):
                with step(ACTION, held, "finish", by=SYSTEM, on=max(on, held.moved_on)) as at:
                    at.detail["tasks"] = at.own.tasks.count()
                return True


def _piece(case: Case, on: date) -> bool:
    """The next entries of an action; False when there are none left.

    The entries are locked, so that one that ends at the same moment is either left out here or found there.
    """
    action: JointAction = own_of(locked(ACTION, case))
    targets = list(JointTarget.objects.filter(action=action, pk__gt=action.place).order_by("pk")[:PIECE])
    if not targets:
        return False
    rows = ListEntry.objects.filter(pk__in=[each.entry_id for each in targets]).listed(on)
    entries = list(rows.select_for_update(of=("self",), no_key=True).select_related("subject").order_by("pk"))
    _lines(action, entries, duties_for(action.credit_list.code, on), on)
    action.place = targets[-1].pk
    action.save(update_fields=["place"])
    return True


def _lines(action: JointAction, entries: Sequence[ListEntry], duties: Sequence[MeasureEntry], on: date) -> None:
    """A line for each entry, measure and department that has none yet; a department without a line gets no task."""
    wanted = list(_wanted(entries, duties, on))
    tasks = _tasks(action, {department for _, _, department in wanted}, on)
    lines = (JointItem(task=tasks[department], entry=entry, measure=duty) for entry, duty, department in wanted)
    JointItem.objects.bulk_create(lines, batch_size=BATCH, ignore_conflicts=True)


def _wanted(
    entries: Sequence[ListEntry], duties: Sequence[MeasureEntry], on: date
) -> Iterator[tuple[ListEntry, MeasureEntry, int]]:
    heirs = successors(on)
    units = {duty.pk: sorted({heirs.get(each.pk, each.pk) for each in duty.departments.all()}) for duty in duties}
    had = JointItem.objects.filter(entry__in=entries, state__in=rules.LIVE)
    known = set(had.values_list("entry_id", "measure__measure_id", "task__department_id"))
    for entry in entries:
        for duty in duties:
            if for_whom(duty.facts.whom, entry.subject.kind):
                found = (unit for unit in units[duty.pk] if (entry.pk, duty.measure_id, unit) not in known)
                yield from ((entry, duty, unit) for unit in found)


def _tasks(action: JointAction, departments: Collection[int], on: date) -> dict[int, JointTask]:
    """The tasks of an action by department; those that it has not got yet are opened, each with its last day to answer."""
    found = {each.department_id: each for each in action.tasks.all()}
    missing = Department.objects.filter(pk__in=set(departments) - set(found)).order_by("code")
    subject = action.case.subject
    days = days_of(TASK, Stage.RESPONSE, on=on, otherwise=rules.DAYS[Stage.RESPONSE])
    begun = [(subject, each, {"action": action, "department": each}) for each in missing]
    for case in open_many(TASK, begun, by=SYSTEM, on=on, days=days):
        found[case.department_id] = case.jointtask
    return found
