"""解除: what falls away and what is lifted when entries end, and when measures are past their own term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casework.actions import step
from casework.actions.hearing import close
from casework.actions.opening import open_many
from casework.models import Case
from casework.queries.clocks import days_of
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.queries import successors
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, required
from records.models import Subject
from sanctions.joint import rules
from sanctions.joint.models import JointItem, JointItemQuerySet, JointTask, Lifting
from sanctions.joint.rules import LIFTING, TASK, ItemState, Stage
from sanctions.lists.models import ListEntry

CHUNK = 5000
DROPPED = "名单条目已经结束，无需执行。"
NOTHING_LEFT = "所涉名单条目均已结束，任务取消。"


def after_end(entries: Sequence[ListEntry], *, on: date) -> list[Case]:
    """Entries ended: what was not done falls away, what goes with them is to be lifted, by one case for each department and way.

    Set-wise, inside the transaction of the end. Tasks that have no line left to do, and none done, are cancelled.
    """
    ways = {entry.pk: entry.ended_way for entry in entries}
    _hold_tasks(ways)
    rows = JointItem.objects.select_for_update(of=("self",)).filter(
        entry__in=ways, state__in=[ItemState.OPEN.value, ItemState.TAKEN.value]
    )
    dropped: list[int] = []
    to_lift: dict[str, list[JointItem]] = defaultdict(list)
    for row in rows.select_related("measure__measure", "entry", "task").order_by("pk"):
        verb = rules.after_the_end(ItemState(row.state), row.measure.facts, ways[row.entry_id])
        if verb == "drop":
            dropped.append(row.pk)
        elif verb == "ask":
            to_lift[ways[row.entry_id]].append(row)
    JointItem.objects.filter(pk__in=dropped).update(state=ItemState.DROPPED.value, note=DROPPED)
    _cancel_empty(ways, on)
    return [case for way, found in sorted(to_lift.items()) for case in _ask(found, way=way, ended_on=on)]


def _hold_tasks(entries: Iterable[int]) -> None:
    """Lock the open tasks of entries before their lines, in the order in which a department that gives feedback does."""
    tasks = JointItem.objects.filter(entry__in=list(entries)).values("task")
    list(Case.objects.open().filter(pk__in=tasks).select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def ask_past_term(on: date | None = None) -> int:
    """Measures whose own last day has passed are to be lifted; how many lines. The last day itself is still theirs. Safe to run twice."""
    on = on or timezone.localdate()
    asked = 0
    while True:
        with acting(SYSTEM):
            policy.require(SYSTEM, rules.PUSH)
            rows = _held(JointItem.objects.past_their_term(on))
            _ask(rows, way="", ended_on=on)
            asked += len(rows)
        if len(rows) < CHUNK:
            return asked


def _held(rows: JointItemQuerySet) -> list[JointItem]:
    locked = rows.select_for_update(of=("self",), skip_locked=True).select_related("entry", "task")
    return list(locked.order_by("until", "pk")[:CHUNK])


def ask_one(item: JointItem, *, on: date) -> Case:
    """One measure that hinders a plan of bankruptcy is to be lifted while its entry still stands (国办发〔2025〕22号).

    Inside the caller's transaction, which has asked the policy and holds the ruling. Conflict when the measure is not being carried out.
    """
    rows = JointItem.objects.select_for_update(of=("self",)).select_related("entry", "task")
    row = rows.get(pk=item.pk)
    if row.state != ItemState.TAKEN:
        raise Conflict("joint.not-taken", f"该措施当前为“{row.get_state_display()}”，不需要解除。")
    return _ask([row], way="", ended_on=on)[0]


def lift(case: Case, *, note: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The department confirms that it has lifted its measures, on a day. Reviewers of the department, from ASKED.

    Refused without words of how it was done.
    """
    with step(LIFTING, case, "lift", by=by, on=on, version=version) as at:
        at.refuse(
            required(note, "note", "请写明解除的情况（文书、系统或者方式）。", rule="joint.lifting", most=rules.LONGEST)
        )
        close(at, reason=note, words="请写明解除的情况。")
        at.own.note = note.strip()
        rows = JointItem.objects.filter(lifting=at.own, state=ItemState.LIFTING.value)
        at.detail["lines"] = rows.update(state=ItemState.LIFTED.value, lifted_on=at.on)
        at.case.decided_by, at.case.decided_on = by, at.on
    return at.case


def _ask(rows: Sequence[JointItem], *, way: str, ended_on: date) -> list[Case]:
    """One lifting for each department that does today what the tasks' departments did."""
    heirs = successors(ended_on)
    by_department: dict[int, list[JointItem]] = defaultdict(list)
    for row in rows:
        unit = row.task.department_id
        by_department[heirs.get(unit, unit)].append(row)
    departments = Department.objects.in_bulk(by_department)
    units = sorted(by_department, key=lambda pk: departments[pk].code)
    own = {"ended_on": ended_on, "way": way}
    begun = [(_only_subject(by_department[unit]), departments[unit], own) for unit in units]
    days = days_of(LIFTING, Stage.LIFTING, on=ended_on, otherwise=rules.DAYS[Stage.LIFTING])
    cases = open_many(LIFTING, begun, by=SYSTEM, on=ended_on, days=days)
    for unit, case in zip(units, cases, strict=True):
        found = [row.pk for row in by_department[unit]]
        JointItem.objects.filter(pk__in=found).update(state=ItemState.LIFTING.value, lifting=Lifting(pk=case.pk))
    return cases


def _only_subject(rows: Iterable[JointItem]) -> Subject | None:
    subjects = {row.entry.subject_id for row in rows}
    return Subject.objects.get(pk=subjects.pop()) if len(subjects) == 1 else None


def _cancel_empty(entries: Iterable[int], on: date) -> None:
    """Close the open tasks of these entries in which nothing is left to do and nothing was said."""
    lines = JointItem.objects.filter(task=OuterRef("pk")).exclude(state=ItemState.DROPPED.value)
    of_entries = JointItem.objects.filter(task=OuterRef("pk"), entry__in=list(entries))
    tasks = JointTask.objects.filter(Exists(of_entries), ~Exists(lines), case__closed_on__isnull=True)
    for case in Case.objects.filter(pk__in=tasks.values("pk")).order_by("pk"):
        cancel(case, by=SYSTEM, on=max(on, case.moved_on))


def cancel(case: Case, *, by: Actor, on: date | None = None) -> Case:
    """A task ends because its entries ended before anything was done. The platform, from every open state."""
    with step(TASK, case, "cancel", by=by, on=on) as at:
        close(at, reason=NOTHING_LEFT)
    return at.case
