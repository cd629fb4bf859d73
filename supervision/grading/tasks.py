"""What the clock, and the desk, set going."""

from __future__ import annotations

from celery import shared_task

from supervision.grading.actions import trying
from supervision.grading.actions.computing import compute_all, compute_due


@shared_task(name="grading.compute")
def compute() -> int:
    """The grades of all organisations and sole traders; how many changed."""
    return compute_all()


@shared_task(name="grading.try")
def try_out(pk: int) -> str:
    """Carry out a dry run that somebody ordered."""
    return trying.run(pk).state


@shared_task(name="grading.resume")
def resume() -> int:
    """Take up dry runs that nobody works on, and the grades after an adoption."""
    return trying.resume() + compute_due()
