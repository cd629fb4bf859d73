"""What the clock sets going for the platform as a whole."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from credit_platform.metrics import heartbeats


@shared_task(name=heartbeats.TASK_NAME, bind=True)
def heartbeat(self: Any) -> None:
    """Prove that the clock, the broker and a worker are there, and measure how long the queue made it wait."""
    sent_at = self.request.get(heartbeats.SENT_HEADER)
    heartbeats.arrived(float(sent_at) if sent_at is not None else None)
