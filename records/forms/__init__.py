"""Forms of the ledger."""

from records.forms.desk import (
    DayForm,
    HeadForm,
    IdentifierForm,
    MergeDecisionForm,
    MergeForm,
    MergeReversalForm,
    NumberForm,
    OfficeMergeForm,
    PersonSearchForm,
    PurposeForm,
    RenameForm,
    RevokeForm,
    SubjectSearchForm,
)
from records.forms.record import RecordForm, decision_day, defaults_of, form_for, initial_of

__all__ = [
    "DayForm",
    "HeadForm",
    "IdentifierForm",
    "MergeDecisionForm",
    "MergeForm",
    "MergeReversalForm",
    "NumberForm",
    "OfficeMergeForm",
    "PersonSearchForm",
    "PurposeForm",
    "RecordForm",
    "RenameForm",
    "RevokeForm",
    "SubjectSearchForm",
    "decision_day",
    "defaults_of",
    "form_for",
    "initial_of",
]
