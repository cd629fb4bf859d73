"""What the clock sets going."""

from __future__ import annotations

from celery import shared_task

from checks.actions import jobs, sweeping
from checks.models import CheckJob


@shared_task(name="checks.turn")
def turn() -> int:
    """The register of the day, and the states that time turns."""
    return sweeping.turn()


@shared_task(name="checks.run_job")
def run_job(pk: int) -> str:
    """Check a file."""
    return jobs.run(pk).state


@shared_task(name="checks.resume_jobs")
def resume_jobs() -> int:
    """Take up files that nobody works on: what is worked on is locked."""
    waiting = list(CheckJob.objects.open().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        jobs.run(pk)
    return len(waiting)


@shared_task(name="checks.sweep")
def sweep() -> int:
    """Hold the kept states against a computation anew; how many were wrong."""
    return len(sweeping.sweep().wrong)
