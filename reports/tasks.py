"""What the clock does with reports."""

from __future__ import annotations

from celery import shared_task

from reports.uses.actions import lapse


@shared_task(name="reports.lapse_uses")
def lapse_uses() -> int:
    """Close the requests to use a report that nobody answered in their days."""
    return lapse()
