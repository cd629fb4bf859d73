"""What the clock does about objections."""

from __future__ import annotations

from celery import shared_task

from objections.actions.verifying import tell_silent as silent


@shared_task(name="objections.tell_silent")
def tell_silent() -> int:
    """Name the sources that let their last day pass."""
    return silent()
