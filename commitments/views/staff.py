"""The signed-in member of staff, asked in one place."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from credit_platform.accounts import policy
from credit_platform.accounts.models import User


def staff_of(request: HttpRequest, permission: str = "commitments.view") -> User:
    """The member of staff who may open these pages at all; Forbidden for any other."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    policy.require(request.user, permission)
    return request.user


def tabs(scopes: dict[str, str], current: str) -> list[dict[str, object]]:
    """The tabs of a list's scopes."""
    return [{"label": label, "url": f"?scope={key}", "current": key == current} for key, label in scopes.items()]
