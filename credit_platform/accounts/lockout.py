"""Lock-out after failed log-ins: django-axes counts, this page says it in our words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from credit_platform.audit.plain import clean_text


def username_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The account that a log-in is counted for. In small letters: the same account in another case is the same account."""
    given = (credentials or {}).get("username") or request.POST.get("username")
    return clean_text(given).strip().lower()[:50] if isinstance(given, str) else None


def locked_until(request: HttpRequest, credentials: dict[str, Any] | None = None) -> datetime:
    """When the account may be tried again from here."""
    waiting = get_cool_off(request)
    last = (
        AccessAttempt.objects.filter(
            username=username_of(request, credentials), failures_since_start__gte=settings.AXES_FAILURE_LIMIT
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    return (last or timezone.now()) + waiting


def forget(username: str) -> int:
    """Forget the failed log-ins of an account from everywhere; how many lines there were."""
    return AccessAttempt.objects.filter(username=username.lower()).delete()[0]
