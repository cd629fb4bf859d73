"""What the clock does about cases."""

from __future__ import annotations

from celery import shared_task

from casework.actions import draws, notices, reminders


@shared_task(name="casework.remind")
def remind() -> dict[str, int]:
    """Tell of deadlines: before, late, to the head, to the credit office."""
    return reminders.remind()


@shared_task(name="casework.send_messages")
def send_messages() -> dict[str, int]:
    """Send what waits to go out of the house."""
    return notices.send_waiting()


@shared_task(name="casework.void_draws")
def void_draws() -> int:
    """Draws that nobody revealed in time are void, and say so in public."""
    return draws.void_unrevealed()
