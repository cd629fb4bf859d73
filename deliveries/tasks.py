"""What the clock sets going. The truth is in the database: the sweep asks what is late, and may run twice."""

from __future__ import annotations

from celery import shared_task

from deliveries.actions import sweeping


@shared_task(name="deliveries.sweep")
def sweep() -> dict[str, int]:
    """Remind who is late, and let go who is no longer."""
    return sweeping.sweep()
