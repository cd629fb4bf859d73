"""What the clock and the verify button set going."""

from __future__ import annotations

from celery import shared_task

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions


@shared_task(name="audit.seal_pending")
def seal_pending() -> int:
    """Link what waits; a backlog is worked off in one go."""
    linked = 0
    while count := actions.seal():
        linked += count
    return linked


@shared_task(name="audit.verify_chain")
def verify_chain() -> bool:
    """Verify the whole chain and leave the outcome in the trail."""
    return actions.verify_and_record(by=SYSTEM).ok
