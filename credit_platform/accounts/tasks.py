"""What the clock sets going for accounts."""

from __future__ import annotations

from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from credit_platform.accounts import tries
from credit_platform.accounts.actions import proposals


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Remove sessions that ran out, whose cookies are refused already, and counts of tries that no limit asks for any more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    tries.clean()


@shared_task(name="accounts.lapse_proposals")
def lapse_proposals() -> None:
    """End account matters that nobody decided and activation codes that nobody used in time."""
    proposals.lapse(timezone.now())
