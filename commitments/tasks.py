"""What the clock sets going. The truth is in the database: every sweep asks what is due, and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from commitments.breaches import sweep
from commitments.reviews import actions as reviews
from commitments.reviews.actions import escalating, sampling
from commitments.statistics import queries as statistics


@shared_task(name="commitments.open_reviews")
def open_reviews() -> int:
    """Put reviews that fall due within ten working days on the desks."""
    return reviews.sweep()


@shared_task(name="commitments.shortfall_candidates")
def shortfall_candidates() -> int:
    """Candidates for letters whose missing papers did not come in time."""
    return sweep.shortfall_candidates()


@shared_task(name="commitments.escalate")
def escalate() -> int:
    """Put the reviews that are long late before the credit office."""
    return escalating.escalate()


@shared_task(name="commitments.announce_monthly")
def announce_monthly() -> int:
    """Announce a draw for the departments that have none this month, where the city wants the clock to do it."""
    return sampling.announce_monthly()


@shared_task(name="commitments.count_share")
def count_share() -> int:
    """Count how many subjects have promised something, for the statistics."""
    return statistics.refresh_share().promised


@shared_task(name="commitments.count_public")
def count_public() -> int:
    """Count this year's letters as the public may know them, for the door and the statistics."""
    return statistics.refresh_public(timezone.localdate()).total.made
