"""What the clock sets going for accounts."""

from __future__ import annotations

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Remove sessions that ran out; their cookies are refused already."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
