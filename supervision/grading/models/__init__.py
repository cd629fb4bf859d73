"""Schemes, fields and tiers as rows by date; grades as received; versions of our own model and the grades that they give."""

from supervision.grading.models.grades import Grade
from supervision.grading.models.received import ReceivedGrade
from supervision.grading.models.schemes import GradeScheme, SupervisionField, TierRule
from supervision.grading.models.versions import Band, DirectRule, GradingModel, Indicator, Trial

__all__ = [
    "Band",
    "DirectRule",
    "Grade",
    "GradeScheme",
    "GradingModel",
    "Indicator",
    "ReceivedGrade",
    "SupervisionField",
    "TierRule",
    "Trial",
]
