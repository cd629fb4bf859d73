"""Forms of plans and tasks; nothing is saved here."""

from supervision.inspections.plans.forms.plans import ApproveForm, PlanEditForm, PlanFilter, PlanForm
from supervision.inspections.plans.forms.tasks import (
    CommitForm,
    EnlargeForm,
    FreezeForm,
    ReasonForm,
    ReplaceForm,
    SkipForm,
    TaskEditForm,
    TaskFilter,
    TaskForm,
)

__all__ = [
    "ApproveForm",
    "CommitForm",
    "EnlargeForm",
    "FreezeForm",
    "PlanEditForm",
    "PlanFilter",
    "PlanForm",
    "ReasonForm",
    "ReplaceForm",
    "SkipForm",
    "TaskEditForm",
    "TaskFilter",
    "TaskForm",
]
