"""What a visit tells the draw: an object of several authorities stands where the slowest of them does, the task begins and ends with them."""

from __future__ import annotations

from casework.actions import At
from credit_platform.accounts.actors import OnBehalf
from credit_platform.errors import Conflict, at_field
from supervision.inspections.libraries.models import Inspector
from supervision.inspections.plans import actions as plans
from supervision.inspections.plans.models import TaskObject
from supervision.inspections.plans.rules.states import ObjectState, TaskState
from supervision.inspections.visits.models import VisitCase
from supervision.inspections.visits.rules.drawn import state_of


def moved(at: At) -> None:
    """Inside a step: the object that was drawn follows its visits; the task begins with the first notice and ends with the last of its objects.
    Skipped by every authority, the object is skipped in the draw, where the next ticket may step in. Nothing outside the draw."""
    if at.own.object_id is None:
        return
    drawn = TaskObject.objects.select_for_update(of=("self",)).select_related("task").get(pk=at.own.object_id)
    if drawn.state == ObjectState.SKIPPED:
        if at.state == ObjectState.SKIPPED:
            return
        raise Conflict("visit.object", "该对象在抽查任务中已登记未检查。", mend="请登记不能检查，结束本案。")
    others = VisitCase.objects.filter(object=drawn).exclude(pk=at.own.pk).values_list("case__state", flat=True)
    parts = drawn.items.order_by().values("part").distinct().count()
    state = state_of([ObjectState(at.state), *map(ObjectState, others)], parts)
    if state is ObjectState.SKIPPED:
        given = {"reason": at.own.skip_reason, "note": at.own.skip_evidence}
        plans.skip_visited(drawn, by=OnBehalf(at.by), on=at.on, **given)
    else:
        _stand(drawn, state, at)
    drawn.task.refresh_from_db()
    if drawn.task.state == TaskState.DRAWN and at.state == ObjectState.NOTIFIED:
        plans.begin(drawn.task, by=OnBehalf(at.by))
    elif drawn.task.state == TaskState.RUNNING and not drawn.task.objects_drawn.open().exists():
        plans.finish(drawn.task, by=OnBehalf(at.by), on=at.on)


def _stand(drawn: TaskObject, state: ObjectState, at: At) -> None:
    if at.state == ObjectState.NOTIFIED and drawn.notified_on is None:
        drawn.notified_on = at.on
    drawn.state = state.value
    drawn.version += 1
    drawn.save(update_fields=["state", "notified_on", "version"])


def replace(at: At, inspector: Inspector, *, reason: str) -> None:
    """Inside a step: the next in the same rank of the draw goes in an inspector's place. Nothing outside the draw, where the authority names somebody
    else as the visit begins. Refused when nobody is left."""
    own: VisitCase = at.own
    if own.object is None:
        return
    current = own.object.assignments.current().filter(part=own.part, inspector=inspector).first()
    at.refuse([] if current else [at_field("visit.inspector", "inspector", "该检查人员已经更换。")])
    assert current is not None  # noqa: S101 - refused above
    visit_on = max(own.planned_on or at.on, at.on)
    plans.replace_inspector(own.object, current, reason=reason, by=OnBehalf(at.by), on=at.on, visit_on=visit_on)
