"""Who may see whom was drawn, and what the public is told of a task."""

from __future__ import annotations

from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from supervision.inspections.plans.models import InspectionTask
from supervision.inspections.plans.models.tasks import TaskQuerySet
from supervision.inspections.plans.rules.states import TASK_LABELS, TASK_STEPS, TaskState


def tasks_of(user: User) -> TaskQuerySet:
    """The tasks of one's department, also those in which it only comes along; the credit office sees all."""
    rows = InspectionTask.objects.all()
    own = within(rows, user, through="parts__department")
    return (
        InspectionTask.objects.filter(pk__in=own.values("pk"))
        .select_related("department", "draw")
        .defer("draw__strata")
    )


def may_see_names(user: User, task: InspectionTask) -> bool:
    """Before the notice only the departments that go there see the names; everybody else sees what the public sees."""
    parts = task.parts.select_related("department")
    return any(policy.allows(user, "inspections.libraries", part.department) for part in parts)


def unserved(task: InspectionTask) -> bool:
    """Whether some drawn subject has not been told yet: then every look at the names is logged."""
    return task.objects_drawn.open().filter(notified_on__isnull=True).exists()


def stepper(task: InspectionTask) -> list[dict[str, Any]]:
    """The straight way of a task with where it stands; a task that left the way shows its end alone."""
    state = TaskState(task.state)
    if state not in TASK_STEPS:
        return [{"label": TASK_LABELS[state], "current": True, "done": False}]
    at = TASK_STEPS.index(state)
    return [
        {"label": TASK_LABELS[each], "current": place == at, "done": place < at}
        for place, each in enumerate(TASK_STEPS)
    ]
