"""Forms of plans and tasks; nothing is saved here."""

from supervision.inspections.plans.forms.plans import ApproveForm, PlanFilter, PlanForm
from supervision.inspections.plans.forms.tasks import (
    CommitForm,
    EnlargeForm,
    FreezeForm,
    ReasonForm,
    ReplaceForm,
    SkipForm,
    TaskFilter,
    TaskForm,
)

__all__ = [
    "ApproveForm",
    "CommitForm",
    "EnlargeForm",
    "FreezeForm",
    "PlanFilter",
    "PlanForm",
    "ReasonForm",
    "ReplaceForm",
    "SkipForm",
    "TaskFilter",
    "TaskForm",
]
