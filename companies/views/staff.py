"""Who is at the desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from credit_platform.accounts.models import User


def staff_of(request: HttpRequest) -> User:
    """The signed-in member of staff."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
