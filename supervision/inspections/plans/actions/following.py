"""After the draw: inspections begin and end, somebody falls out, an inspector is replaced, the sample grows."""

from __future__ import annotations

from datetime import date

from casework.rules import drawing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused, at_field, refuse, required
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from supervision.inspections.plans.actions.committing import make_objects
from supervision.inspections.plans.actions.steps import DRAFT, REDRAW, locked, save, trail
from supervision.inspections.plans.actions.teams import Team, assign_all, next_in_rank
from supervision.inspections.plans.models import Assignment, InspectionTask, TaskObject
from supervision.inspections.plans.rules.states import (
    OBJECT_LABELS,
    OBJECT_MOVES,
    SKIP_LABELS,
    ObjectState,
    Skip,
    TaskState,
)

RUNNING = (TaskState.DRAWN, TaskState.RUNNING)


def begin(task: InspectionTask, *, by: Actor) -> InspectionTask:
    """The first notice was served. `inspections.draft`; Conflict in any other state than 已抽取."""
    with acting(by):
        row = locked(task, DRAFT, "begin", by=by)
        save(row)
        trail(row, "begin", by=by)
    return row


def finish(task: InspectionTask, *, by: Actor, on: date) -> InspectionTask:
    """Every object is inspected and public, or skipped. Refused while one is open."""
    with acting(by):
        row = locked(task, DRAFT, "finish", by=by)
        if left := row.objects_drawn.open().count():
            raise Refused("task.open", f"还有{left}户没有完成检查和公示，任务不能完成。")
        row.closed_on = on
        save(row, "closed_on")
        trail(row, "finish", by=by)
    return row


def skip(drawn: TaskObject, *, reason: str, note: str, by: Actor, on: date, version: str | None = None) -> TaskObject:
    """An object is not inspected, with the evidence; the next ticket of its stratum steps in when the task said so beforehand.

    Nobody else moves. `reason` of `Skip`. Refused without a reason and without evidence; Conflict while an authority's visit is open, which is
    ended there.
    """
    with acting(by):
        row = _locked(drawn, by, version)
        if row.begun():
            mend = "请在“检查”中打开该对象的检查，登记不能检查。"
            raise Conflict("object.begun", "该对象的检查已经开始办理，不能在抽中名单中登记未检查。", mend=mend)
        return _skipped(row, reason, note, by, on)


def skip_visited(drawn: TaskObject, *, reason: str, note: str, by: Actor, on: date) -> TaskObject:
    """An object whose visits have all ended as not inspected: `skip`, as the last of them says.

    Nobody steps in once the task was drawn anew.
    """
    with acting(by):
        return _skipped(_held(drawn, by), reason, note, by, on)


def _skipped(row: TaskObject, reason: str, note: str, by: Actor, on: date) -> TaskObject:
    found = [] if reason in set(Skip) else [at_field("object.skip", "reason", "请选择未检查的原因。")]
    refuse([*found, *required(note, "note", "请写明证明材料和说明。", rule="object.note", most=500)])
    row.state = next_state(
        OBJECT_MOVES,
        OBJECT_LABELS,
        ObjectState(row.state),
        "skip",
        code="inspections.object.state",
        what="检查对象",
    ).value
    row.skip_reason, row.skip_note = reason, note.strip()
    row.version += 1
    row.save(update_fields=["state", "skip_reason", "skip_note", "version"])
    row.assignments.current().update(ended_on=on, ended_reason=SKIP_LABELS[Skip(reason)])
    steps_in = row.task.substitutes and row.task.state in RUNNING
    stepped_in = _next(row.task, row.stratum, 1, by=by, on=on, stands_for=row) if steps_in else []
    audit.record(
        "inspections.object.skip",
        row,
        by=by,
        after={"reason": reason, "substitute": [each.slip for each in stepped_in]},
        reason=row.skip_note,
        unit_id=row.task.department_id,
    )
    return row


def enlarge(
    task: InspectionTask, *, stratum: str, size: int, reason: str, by: User, on: date, version: str | None = None
) -> list[TaskObject]:
    """Draw more of a stratum from the same tickets: who was drawn stays, the next follow. Refused for a smaller number."""
    with acting(by):
        rows = InspectionTask.objects.select_for_update(of=("self",)).select_related("department", "draw")
        row = rows.get(pk=task.pk)
        policy.require(by, REDRAW, row.department)
        if version is not None:
            require_version(row, version)
        if row.state not in RUNNING:
            raise Conflict("inspections.task.state", f"该任务当前为“{row.get_state_display()}”，不能增加抽取户数。")
        part, there = row.strata.get(code=stratum), row.objects_drawn.filter(stratum=stratum)
        drawn, stepped_in = there.filter(stands_for=None).count(), there.exclude(stands_for=None).count()
        refuse(required(reason, "reason", "请写明增加抽取户数的理由。", rule="task.reason", most=500))
        if not drawn < size <= part.count - stepped_in:
            words = (
                f"{part.label}已抽取{drawn}户，另有替补{stepped_in}户，名单共{part.count}户；"
                "抽取户数只能增加，不能减少，也不能超过名单的剩余户数。"
            )
            raise Refused("task.size", words, findings=[at_field("task.size", "size", words)])
        row.size += size - drawn
        more = _next(row, stratum, size - drawn, by=by, on=on)
        save(row, "size")
        trail(row, "enlarge", by=by, reason=reason.strip(), stratum=stratum, size=size)
    return more


def replace_inspector(
    drawn: TaskObject,
    assignment: Assignment,
    *,
    reason: str,
    by: Actor,
    on: date,
    visit_on: date,
    version: str | None = None,
) -> Assignment:
    """Somebody cannot go on the day of the visit (card, illness, recusal granted): the next of the same ranking goes.

    Refused without a reason, and when nobody is left who holds a card that day, may inspect the items, avoids nobody and has room.
    """
    with acting(by):
        row = _locked(drawn, by, version)
        refuse(required(reason, "reason", "请写明更换检查人员的原因。", rule="object.reason", most=300))
        old = Assignment.objects.current().select_related("part").filter(object=row, pk=assignment.pk).first()
        if old is None or row.task.draw is None:
            raise Conflict("object.replaced", "该检查人员已经更换。", mend="请刷新页面查看。")
        team = Team.of(row.task, old.part, row.task.size)
        team.inspectors = {
            card: each for card, each in team.inspectors.items() if each.card_from <= visit_on <= each.card_until
        }
        team.load = max(team.load, 1)
        _keep_speciality(team, old)
        used = row.assignments.values_list("inspector_id", flat=True)
        following = next_in_rank(team, row, row.task.draw.seed, used, on=visit_on)
        if following is None:
            raise Refused(
                "object.nobody", "没有可以更换的检查人员。", mend="请在人员名录库中增加人员，或者提高每人承担的户数。"
            )
        old.ended_on, old.ended_reason = on, reason.strip()
        old.save(update_fields=["ended_on", "ended_reason"])
        made = Assignment.objects.create(object=row, part=old.part, inspector=following[0], rank=following[1], since=on)
        audit.record(
            "inspections.object.replace",
            row,
            by=by,
            before={"rank": old.rank},
            after={"rank": made.rank},
            reason=old.ended_reason,
            unit_id=row.task.department_id,
        )
    return made


def _next(
    task: InspectionTask, stratum: str, count: int, *, by: Actor, on: date, stands_for: TaskObject | None = None
) -> list[TaskObject]:
    """The next tickets of a stratum; none when its list is at its end."""
    if task.draw is None:
        return []
    ids = next(part.ids for part in task.draw.parts() if part.code == stratum)
    taken = set(task.objects_drawn.filter(stratum=stratum).values_list("slip", flat=True))
    following = drawing.first(ids, task.draw.seed, count, gone=taken)
    tickets = [(each.id, each.value) for each in following]
    made = make_objects(task, stratum, tickets, first=len(taken) + 1, stands_for=stands_for)
    assign_all(task, made, task.draw.seed, on)
    return made


def _held(drawn: TaskObject, by: Actor) -> TaskObject:
    rows = TaskObject.objects.select_for_update(of=("self",)).select_related("task__department", "task__draw")
    row = rows.get(pk=drawn.pk)
    policy.require(by, DRAFT, row.task.department)
    return row


def _locked(drawn: TaskObject, by: Actor, version: str | None) -> TaskObject:
    row = _held(drawn, by)
    if version is not None:
        require_version(row, version)
    if row.task.state not in RUNNING:
        raise Conflict("inspections.task.state", f"该任务当前为“{row.task.get_state_display()}”，不能进行此操作。")
    return row


def _keep_speciality(team: Team, leaving: Assignment) -> None:
    """When nobody who stays has the speciality that is asked for, whoever comes must have it."""
    if not team.speciality:
        return
    staying = Assignment.objects.current().filter(object_id=leaving.object_id, part=team.part).exclude(pk=leaving.pk)
    if not any(team.speciality in each.inspector.specialities for each in staying.select_related("inspector")):
        team.inspectors = {card: each for card, each in team.inspectors.items() if team.speciality in each.specialities}
