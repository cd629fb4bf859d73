"""Background work of the ledger: runs of import batches. The broker only wakes; which batch waits is in PostgreSQL."""

from __future__ import annotations

from celery import shared_task

from credit_platform.accounts.actors import SYSTEM
from records import actions
from records.imports.batches import engine, sweeping, undoing

MOST_SECONDS = 30 * 60
"""For one try at an import; what was read until then is kept. Well below the hour after which the broker hands a task out again."""


@shared_task(name="records.run_import", soft_time_limit=MOST_SECONDS)
def run_import(batch_id: int) -> None:
    """Bring one batch to its end; a second worker returns at once."""
    engine.run(batch_id)


@shared_task(name="records.undo_import", soft_time_limit=MOST_SECONDS)
def undo_import(batch_id: int) -> None:
    """Take a large batch back; a second worker returns at once."""
    undoing.run(batch_id)


@shared_task(name="records.resume_imports")
def resume_imports() -> int:
    """Queue what nobody works on: a worker was killed, or the broker lost the message; drop what one left that was killed at its very end."""
    sweeping.drop_left()
    waiting = sweeping.waiting()
    for batch_id in waiting:
        run_import.delay(batch_id)
    half_undone = sweeping.undoing()
    for batch_id in half_undone:
        undo_import.delay(batch_id)
    return len(waiting) + len(half_undone)


@shared_task(name="records.clean_imports")
def clean_imports() -> int:
    """Drop staging tables without a running batch and files that are no longer needed."""
    return sweeping.clean()


@shared_task(name="records.expire_drafts")
def expire_drafts() -> int:
    """Throw away forms that nobody has touched for 90 days: personal numbers are kept no longer than they are needed."""
    return actions.expire_drafts(by=SYSTEM)
