"""What the clock does with reports."""

from __future__ import annotations

from celery import shared_task

from reports.actions import dispose_past_keeping


@shared_task(name="reports.dispose")
def dispose() -> int:
    """Destroy the files whose retention is over."""
    return dispose_past_keeping()
