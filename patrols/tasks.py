"""What the clock, and the button at the desk, set going."""

from __future__ import annotations

from celery import shared_task

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from patrols.actions.patrolling import patrol


@shared_task(name="patrols.patrol")
def run_patrol(user: int | None = None) -> int:
    """Read the public face as an outsider; how much was found. Ordered by somebody, or by the clock."""
    by = SYSTEM if user is None else User.objects.get(pk=user)
    return patrol(by=by).found
