"""What an installation begins with: the tasks of the plan. What an administrator has changed is never touched."""

from __future__ import annotations

from assessment.plan.measures import BASIS, ISSUED_ON, TASKS
from assessment.plan.models import Task
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting


def load() -> list[str]:
    """Enter the tasks that are not there; what was done, in words."""
    with acting(SYSTEM):
        there = set(Task.objects.filter(basis=BASIS).values_list("number", flat=True))
        missing = [
            Task(
                number=each.number,
                position=position,
                title=each.title,
                lead=each.lead,
                responsible=each.responsible,
                basis=BASIS,
                issued_on=ISSUED_ON,
                due=each.due,
                due_on=each.due_on,
                days=each.days,
                continues=each.continues,
                indicator=each.indicator,
            )
            for position, each in enumerate(TASKS, 1)
            if each.number not in there
        ]
        Task.objects.bulk_create(missing)
    return [f"方案任务 {len(missing)} 项"] if missing else []
