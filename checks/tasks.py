"""What the clock sets going."""

from __future__ import annotations

from celery import shared_task

from checks.actions import sweeping


@shared_task(name="checks.turn")
def turn() -> int:
    """The register of the day, and the states that time turns."""
    return sweeping.turn()


@shared_task(name="checks.sweep")
def sweep() -> int:
    """Hold the kept states against a computation anew; how many were wrong."""
    return len(sweeping.sweep().wrong)
