"""What the clock and the verify button set going."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM, NamedActor
from credit_platform.audit import actions, checkpoints, rereading
from credit_platform.audit.queries import reread_on


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


READING_SECONDS = 540.0
"""How long one turn of the clock reads; the next one, ten minutes later, goes on from there."""


@shared_task(name="audit.reread")
def reread() -> int:
    """Read on in the night's pass over everything that is kept beside a hash; how many rows it has read. Once a night."""
    if reread_on(timezone.localdate()):
        return 0
    return rereading.go_on(by=SYSTEM, seconds=READING_SECONDS).total
