"""Who is at the desk, and which rows are theirs: asked by the pages of every app."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django_filters import FilterSet, ModelChoiceFilter

from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, Role, User
from credit_platform.accounts.queries import own_department_ids

Rows = TypeVar("Rows", bound=QuerySet[Any])


def staff_of(request: HttpRequest, permission: str = "") -> User:
    """The signed-in member of staff, who holds `permission` at least in the own department; 403 for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    if permission:
        policy.require(request.user, permission)
    return request.user


def within(rows: Rows, user: User, on: date | None = None, *, through: str = "department") -> Rows:
    """The rows of the user's department and of those it succeeded; the credit office sees all. `through` is the path to their department."""
    if Role.CREDIT_OFFICE in user.roles:
        return rows
    if not user.department_id:
        return rows.none()
    own = own_department_ids(user.department_id, on or timezone.localdate())
    return rows.filter(**{f"{through}__in": own})


def offer_departments(filters: FilterSet, owners: QuerySet[Any]) -> None:
    """The filter `department` is the credit office's alone; it has those departments to choose from whose ids are `owners`."""
    choice = filters.filters["department"]
    user = filters.request.user if filters.request is not None else None
    if isinstance(user, User) and Role.CREDIT_OFFICE in user.roles and isinstance(choice, ModelChoiceFilter):
        choice.queryset = Department.objects.filter(pk__in=owners).order_by("name")
    else:
        del filters.filters["department"]
