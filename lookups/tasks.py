"""The clock's part of the review and of retention."""

from __future__ import annotations

from celery import shared_task

from lookups.actions import reviewing
from lookups.retention.actions import dispose_due


@shared_task(name="lookups.sift")
def sift() -> int:
    """Point at queries of today and of the days before by the rules."""
    return reviewing.sift_lately()


@shared_task(name="lookups.draw")
def draw() -> int:
    """Draw the daily sample of the days that have a checkpoint behind them."""
    return reviewing.draw_lately()


@shared_task(name="lookups.dispose")
def dispose() -> int:
    """Destroy the content of what is past its time and not held."""
    return dispose_due()
