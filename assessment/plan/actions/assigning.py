"""A task is given to a department, and taken from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from assessment.plan import rules
from assessment.plan.models import Task, TaskAssignment
from assessment.plan.rules import Due
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, refuse


def assign(
    task: Task,
    departments: Sequence[Department],
    *,
    leads: bool = False,
    due: str = "",
    due_on: date | None = None,
    valid_from: date | None = None,
    by: User,
) -> list[TaskAssignment]:
    """Give a task to departments from a day on (today), with a due of its own where the task's does not say enough ("" takes the task's).

    The credit office. Refused for nobody, and for a due on a day without the day; Conflict, and nothing assigned, where one of them has the task.
    """
    start = valid_from or timezone.localdate()
    with acting(by):
        policy.require(by, rules.ASSIGN)
        Task.objects.select_for_update().get(pk=task.pk)
        if not departments:
            refuse([at_field("assignment.nobody", "departments", "请至少选择一个单位。")])
        if due in (Due.ONCE, Due.YEARLY) and due_on is None:
            refuse([at_field("assignment.day", "due_on", "一次完成、按年报送的，请填写期限。")])
        rows = TaskAssignment.objects.filter(task=task, valid_until__isnull=True)
        there = rows.filter(department__in=departments).select_related("department")
        if names := "、".join(row.department.label for row in there):
            raise Conflict("assignment.there", f"已经有这项任务的单位：{names}。", mend="请取消勾选后重新分派。")
        made = TaskAssignment.objects.bulk_create(
            TaskAssignment(
                task=task, department=each, leads=leads, due=due, due_on=due_on, valid_from=start, assigned_by=by
            )
            for each in departments
        )
        after = {"task": task.number, "departments": [each.name for each in departments], "valid_from": start}
        audit.record("assessment.assign", task, by=by, after=after, members=[row.pk for row in made])
    return made


def end_assignment(row: TaskAssignment, *, on: date | None = None, by: User) -> TaskAssignment:
    """A department has a task no longer after a day (today); what it owed until then stays. The credit office. Conflict when it ended before."""
    last = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.ASSIGN)
        row = TaskAssignment.objects.select_for_update(of=("self",)).select_related("department").get(pk=row.pk)
        if row.valid_until is not None:
            raise Conflict("assignment.ended", "这项分工已经终止。", mend="请刷新页面查看。")
        if last < row.valid_from:
            refuse([at_field("assignment.order", "on", "终止日期不得早于起始日期。")])
        row.valid_until = last
        row.save(update_fields=["valid_until"])
        audit.record("assessment.unassign", row, by=by, after={"valid_until": last}, unit_id=row.department_id)
        return row
