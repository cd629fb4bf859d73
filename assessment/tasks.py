"""What the clock does."""

from __future__ import annotations

from celery import shared_task

from assessment.sheets.actions.freezing import freeze_due


@shared_task(name="assessment.freeze_months")
def freeze_months() -> int:
    """Freeze every month that is over and not frozen; how many were."""
    return len(freeze_due())
