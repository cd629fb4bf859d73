"""What the clock sets going."""

from __future__ import annotations

from celery import shared_task

from credit_platform.freshness import actions


@shared_task(name="freshness.gather")
def gather() -> None:
    """Few marks are counted faster than many."""
    actions.gather()
