"""A look at a subject's grade is registered before anything is shown."""

from __future__ import annotations

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from records.actions.looks import reference
from records.models import Subject
from supervision.grading.rules.permissions import VIEW

PURPOSE = "分级分类监管"


def look(subject: Subject, *, by: User) -> None:
    """Register that somebody reads how a subject's grade comes about. Forbidden without `grading.view`; what cannot be registered is not shown."""
    with acting(by):
        policy.require(by, VIEW)
        audit.look(
            "grading.look",
            by=by,
            subject_ref=reference(subject),
            purpose=PURPOSE,
            fields="grade",
            results=1,
            unit_id=by.department_id,
        )
