"""What the clock sets going in the kit."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from credit_platform.web.once import forget_before

KEPT_DAYS = 7


@shared_task(name="web.forget_sent_forms")
def forget_sent_forms() -> int:
    """Remove the tokens of forms that were sent more than KEPT_DAYS calendar days ago."""
    return forget_before(timezone.now() - timedelta(days=KEPT_DAYS))
