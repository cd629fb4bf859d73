"""What the clock sets going. The truth is in the database: every sweep asks what is due, and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from disclosure import actions
from disclosure.actions import jobs
from disclosure.models import DisclosureChange
from disclosure.public.figures import refresh_totals


@shared_task(name="disclosure.publish_approved")
def publish_approved() -> int:
    """Publish what was approved for today or earlier."""
    return actions.publish_approved()


@shared_task(name="disclosure.run_bulk")
def run_bulk(job_id: int) -> None:
    """Bring one order for many items to its end; a second worker returns at once."""
    jobs.run(job_id)


@shared_task(name="disclosure.sweep_bulk")
def sweep_bulk() -> int:
    """Release what was held long enough, and take up what nobody works on."""
    waiting = jobs.release_held()
    for job_id in waiting:
        run_bulk.delay(job_id)
    return len(waiting)


@shared_task(name="disclosure.end_due")
def end_due() -> int:
    """Mark as ended what the public stopped seeing at midnight."""
    return actions.end_due()


@shared_task(name="disclosure.remind")
def remind() -> int:
    """Remind departments of what falls due and of what is late."""
    return actions.remind()


@shared_task(name="disclosure.number_changes")
def number_changes() -> int:
    """Number the events of the change feed."""
    return DisclosureChange.objects.number_pending()


@shared_task(name="disclosure.recount")
def recount() -> int:
    """Hold the kept counts of timeliness against the rows."""
    return len(actions.recount(by=SYSTEM))


@shared_task(name="disclosure.anchor_faces")
def anchor_faces() -> int:
    """Put under the audit what was published before faces were kept there."""
    return actions.anchor_faces()


@shared_task(name="disclosure.count_shown")
def count_shown() -> int:
    """Count what is shown once for all visitors of the home page; how many altogether."""
    return refresh_totals(timezone.localdate())["total"]
