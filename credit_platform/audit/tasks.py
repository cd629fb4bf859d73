"""What the clock and the verify button set going."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from credit_platform.accounts.actors import SYSTEM, NamedActor
from credit_platform.audit import actions, checkpoints


@shared_task(name="audit.seal_pending")
def seal_pending() -> int:
    """Link what waits; a backlog is worked off in one go."""
    linked = 0
    while count := actions.seal():
        linked += count
    return linked


@shared_task(name="audit.verify_chain")
def verify_chain(asked_by: dict[str, Any] | None = None) -> bool:
    """Verify the whole chain and leave the outcome in the trail, in the name of who asked for it (nobody: the nightly run)."""
    return actions.verify_and_record(by=NamedActor(**asked_by) if asked_by else SYSTEM).ok


@shared_task(name="audit.make_checkpoint")
def make_checkpoint() -> int:
    """Sign and publish the head of the chain; how many links it holds, 0 while there is none."""
    made = checkpoints.make_checkpoint(by=SYSTEM)
    return made.size if made else 0
