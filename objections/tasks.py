"""What the clock does about objections."""

from __future__ import annotations

from celery import shared_task

from objections.actions.lodging import lapse as lapsed
from objections.actions.verifying import tell_silent as silent


@shared_task(name="objections.tell_silent")
def tell_silent() -> int:
    """Name the sources that let their last day pass."""
    return silent()


@shared_task(name="objections.lapse")
def lapse() -> int:
    """Close what was lodged without an account and nobody came with papers for."""
    return lapsed()
