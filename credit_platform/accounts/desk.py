"""Who is at the desk, and which rows are theirs: asked by the pages of every app."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import Role, User
from credit_platform.accounts.queries import own_department_ids

M = TypeVar("M", bound=Model)


def staff_of(request: HttpRequest, permission: str = "") -> User:
    """The signed-in member of staff, who holds `permission` at least in the own department; 403 for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    if permission:
        policy.require(request.user, permission)
    return request.user


def within(rows: QuerySet[M], user: User, on: date | None = None) -> QuerySet[M]:
    """The rows of the user's department and of those it succeeded; the credit office sees all. `rows` have a `department`."""
    if Role.CREDIT_OFFICE in user.roles:
        return rows
    if not user.department_id:
        return rows.none()
    return rows.filter(department_id__in=own_department_ids(user.department_id, on or timezone.localdate()))
