"""Whose letters, reviews and cases somebody may see on the desk."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from credit_platform.accounts.models import Role, User
from credit_platform.accounts.queries import own_department_ids

M = TypeVar("M", bound=Model)


def within(rows: QuerySet[M], user: User, on: date | None = None) -> QuerySet[M]:
    """The rows of the user's department and of those it succeeded; the credit office sees all. `rows` have a `department`."""
    if Role.CREDIT_OFFICE in user.roles:
        return rows
    if not user.department_id:
        return rows.none()
    return rows.filter(department_id__in=own_department_ids(user.department_id, on or timezone.localdate()))
