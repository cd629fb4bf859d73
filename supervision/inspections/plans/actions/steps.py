"""One beat for every verb of a task: locked, asked, moved, with the reason where one is needed."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from supervision.inspections.plans.models import InspectionTask
from supervision.inspections.plans.rules.states import TASK_LABELS, TASK_MOVES, TaskState
from supervision.inspections.sealed_places import SLIPS

DRAFT, DRAW, REDRAW = "inspections.draft", "inspections.draw", "inspections.redraw"


def locked(
    task: InspectionTask, permission: str, verb: str, *, by: Actor, version: str | None = None
) -> InspectionTask:
    """The task as it stands, held until the end of the transaction, in the state that follows. Forbidden, Conflict."""
    rows = InspectionTask.objects.select_for_update(of=("self",)).select_related("department")
    row = rows.get(pk=task.pk)
    policy.require(by, permission, row.department)
    if version is not None:
        require_version(row, version)
    row.state = next_state(
        TASK_MOVES, TASK_LABELS, TaskState(row.state), verb, code="inspections.task.state", what="任务"
    ).value
    return row


def save(row: InspectionTask, *columns: str) -> None:
    """Write the columns with the state and the next version."""
    row.version += 1
    row.save(update_fields=[*columns, "state", "version"])


def trail(row: InspectionTask, verb: str, *, by: Actor, reason: str = "", **after: object) -> None:
    """The line of the trail."""
    audit.record(
        f"inspections.task.{verb}",
        row,
        by=by,
        after={"state": row.state, **after},
        reason=reason,
        unit_id=row.department_id,
    )


def secret_of(task: InspectionTask) -> str:
    """The secret of a task, from which the salts of its slips come; nobody but the actions opens it."""
    return sealing.decrypt(bytes(task.sealed_secret or b""), sealing.place(SLIPS, task.number)).decode()
