"""What the clock sets going for accounts."""

from __future__ import annotations

from importlib import import_module

from celery import shared_task
from django.conf import settings

from credit_platform.accounts import tries


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Remove sessions that ran out, whose cookies are refused already, and counts of tries that no limit asks for any more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    tries.clean()
