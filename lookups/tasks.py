"""The clock's part of the review."""

from __future__ import annotations

from celery import shared_task

from lookups.actions import reviewing


@shared_task(name="lookups.sift")
def sift() -> int:
    """Point at queries of today and of the days before by the rules."""
    return reviewing.sift_lately()


@shared_task(name="lookups.draw")
def draw() -> int:
    """Draw the daily sample of the days that have a checkpoint behind them."""
    return reviewing.draw_lately()
