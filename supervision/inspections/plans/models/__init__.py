"""Tables of plans, tasks, and who was drawn."""

from supervision.inspections.plans.models.drawn import Assignment, TaskObject
from supervision.inspections.plans.models.plans import InspectionPlan, PlanBatch
from supervision.inspections.plans.models.rows import FrequencyCap, ShareRow
from supervision.inspections.plans.models.tasks import (
    InspectionTask,
    TaskExclusion,
    TaskItem,
    TaskPart,
    TaskStratum,
)

__all__ = [
    "Assignment",
    "FrequencyCap",
    "InspectionPlan",
    "InspectionTask",
    "PlanBatch",
    "ShareRow",
    "TaskExclusion",
    "TaskItem",
    "TaskObject",
    "TaskPart",
    "TaskStratum",
]
