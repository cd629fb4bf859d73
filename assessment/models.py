"""Tables of the assessment, room by room."""

from assessment.articles.models import ArticleCase
from assessment.plan.models import Contact, Document, EvidenceCase, SpotCheckCase, Task, TaskAssignment
from assessment.sheets.models import (
    AdjustmentCase,
    CircularCase,
    ContestCase,
    Month,
    Number,
    SchemeCase,
    SchemeLine,
    Sheet,
)

__all__ = [
    "AdjustmentCase",
    "ArticleCase",
    "TaskAssignment",
    "CircularCase",
    "Contact",
    "ContestCase",
    "Document",
    "EvidenceCase",
    "Month",
    "Number",
    "SchemeCase",
    "SchemeLine",
    "Sheet",
    "SpotCheckCase",
    "Task",
]
