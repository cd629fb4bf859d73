"""What the clock sets going for companies' accounts."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from companies import actions


@shared_task(name="companies.lapse")
def lapse() -> None:
    """Applications that nobody came for lapse."""
    actions.lapse(timezone.localdate())
