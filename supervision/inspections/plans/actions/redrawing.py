"""A draw is repeated: a new task with the reason, the old one and its result stay public."""

from __future__ import annotations

from datetime import date

from casework.actions.opening import numbers_of
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, refuse, required
from supervision.inspections.plans.actions.drafting import COLUMNS, NUMBER
from supervision.inspections.plans.actions.steps import REDRAW, locked, save, trail
from supervision.inspections.plans.models import InspectionTask, TaskItem, TaskPart
from supervision.inspections.plans.rules.states import TaskState


def redraw(task: InspectionTask, *, reason: str, by: User, on: date, version: str | None = None) -> InspectionTask:
    """Begin the task anew with a reason: a draft of the same content. The former one, its draw and its result stay public.

    `inspections.redraw`. Refused without a reason; a result that was void is begun anew in the same way, and stays void.
    """
    with acting(by):
        if task.state == TaskState.VOID:
            row = InspectionTask.objects.select_for_update(of=("self",)).select_related("department").get(pk=task.pk)
            policy.require(by, REDRAW, row.department)
        else:
            row = locked(task, REDRAW, "redraw", by=by, version=version)
        refuse(required(reason, "reason", "请写明重新抽取的原因，予以公开。", rule="task.reason", most=500))
        if InspectionTask.objects.filter(redraw_of=row).exists():
            raise Conflict("task.redrawn", "该任务已经重新抽取过。", mend="请查看新的任务。")
        row.ended_reason = row.ended_reason or reason.strip()
        save(row, "ended_reason")
        made = _again(row, on)
        trail(row, "redraw", by=by, reason=reason.strip(), redrawn_as=made.number)
    return made


def _again(row: InspectionTask, on: date) -> InspectionTask:
    made = InspectionTask(
        department=row.department,
        number=numbers_of("inspection-task", NUMBER, on.year)[0],
        redraw_of=row,
        source=row.source,
        criteria=row.criteria,
        load_cap=row.load_cap,
        **{name: getattr(row, name) for name in COLUMNS},
    )
    made.save()
    for part in row.parts.all():
        copied = TaskPart.objects.create(task=made, department_id=part.department_id, leads=part.leads)
        TaskItem.objects.bulk_create([TaskItem(part=copied, item_id=each.item_id) for each in part.items.all()])
    return made
