"""Tables of random inspections, room by room."""

from supervision.inspections.items.models import Item, ItemEntry, ItemList
from supervision.inspections.libraries.models import Inspector, ObjectTag, Recusal, TaggedSubject
from supervision.inspections.plans.models import (
    Assignment,
    FrequencyCap,
    InspectionPlan,
    InspectionTask,
    PlanBatch,
    ShareRow,
    TaskExclusion,
    TaskItem,
    TaskObject,
    TaskPart,
    TaskStratum,
)
from supervision.inspections.visits.models import FollowUp, RecusalRequest, VisitCase, VisitItem

__all__ = [
    "Assignment",
    "FollowUp",
    "FrequencyCap",
    "InspectionPlan",
    "InspectionTask",
    "Inspector",
    "Item",
    "ItemEntry",
    "ItemList",
    "ObjectTag",
    "PlanBatch",
    "Recusal",
    "RecusalRequest",
    "ShareRow",
    "TaggedSubject",
    "TaskExclusion",
    "TaskItem",
    "TaskObject",
    "TaskPart",
    "TaskStratum",
    "VisitCase",
    "VisitItem",
]
