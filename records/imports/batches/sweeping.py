"""What the clock finds: batches that nobody works on, staging tables and files that nobody needs."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from credit_platform import pg, vault
from records.imports.batches.engine import RUNNING
from records.imports.ledger import stage
from records.models import ImportBatch

QUIET_SECONDS = 20
"""Silence after which a batch is queued again. Only less work for nothing depends on it: whoever finds the batch held returns at once."""
FILES_KEPT_DAYS = 180
State = ImportBatch.State


def waiting() -> list[int]:
    """Running batches without a heartbeat for twenty seconds. One that is in its long last transaction is held by its worker's
    advisory lock, so queueing it once more does no harm."""
    before = timezone.now() - timedelta(seconds=getattr(settings, "IMPORT_QUIET_SECONDS", QUIET_SECONDS))
    return list(
        ImportBatch.objects.filter(state__in=RUNNING, heartbeat_at__lt=before)
        .order_by("pk")
        .values_list("pk", flat=True)[:50]
    )


def undoing() -> list[int]:
    """Batches that a worker is to take back, and none gives a sign of life of."""
    before = timezone.now() - timedelta(seconds=getattr(settings, "IMPORT_QUIET_SECONDS", QUIET_SECONDS))
    rows = ImportBatch.objects.filter(state=State.UNDOING, heartbeat_at__lt=before).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:50])


def drop_left() -> int:
    """Drop staging tables of batches that are over, left by a worker that was killed between its last commit and the end; how many."""
    prefix = stage.table_of(0)[:-1]
    # Tables first, batches second: what is found over stays over, and a batch begun meanwhile is not among the tables.
    tables = pg.query(
        "SELECT substr(relname, %s)::bigint FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u' AND relname ~ %s",
        [len(prefix) + 1, f"^{prefix}[0-9]+$"],
    )
    if not tables:
        return 0
    running = set(ImportBatch.objects.filter(state__in=RUNNING).values_list("pk", flat=True))
    over = [int(str(pk)) for (pk,) in tables if pk not in running]
    for pk in over:
        stage.drop(pk)
    return len(over)


def clean() -> int:
    """Drop staging tables of batches that are over, and files of batches older than half a year; how many."""
    over = drop_left()
    old = ImportBatch.objects.filter(finished_at__lt=timezone.now() - timedelta(days=FILES_KEPT_DAYS)).exclude(
        file_path=""
    )
    gone = 0
    for batch in old.iterator(chunk_size=200):
        vault.remove(batch.file_path)
        ImportBatch.objects.filter(pk=batch.pk).update(file_path="")
        gone += 1
    return over + gone
