"""Several Celery workers on one PostgreSQL and one Redis: the same imports by one and by two, every message sent twice, nothing doubled."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import environment
from benchmarks.imports import STANDARD, clerk, write_file
from benchmarks.measure import Book, Figure, rows_of
from credit_platform.accounts.models import Department
from records.imports.batches.batches import Options, receive
from records.imports.batches.undo import undo_batch
from records.models import CreditRecord, ImportBatch
from records.tasks import run_import

BATCHES, ROWS = 8, 1_000
LONGEST = 900
"""Seconds that a worker has for all of them."""
CELERY = [
    sys.executable,
    "-W",
    "ignore::UserWarning:celery.platforms",
    "-m",
    "celery",
    "--quiet",
    "-A",
    "credit_platform",
    "worker",
]
ONE = ["--pool", "solo", "--loglevel", "ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"]
DONE_TWICE = """
SELECT count(*) FROM (SELECT object_id FROM audit_entry WHERE verb = 'records.import.apply' AND object_type = 'records.importbatch'
    AND object_id = ANY(%s) GROUP BY 1 HAVING count(*) > 1) d
"""


def run(book: Book) -> None:
    """One worker, then two, on batches of their own."""
    serial, single = 6_000_000, 0.0
    for workers in (1, 2):
        batches = _received(serial)
        serial += BATCHES * ROWS * 2
        with _workers(workers):
            begin = time.perf_counter()
            for _ in range(2):  # a message that the broker delivers twice
                for batch in batches:
                    run_import.delay(batch.pk)
            _wait(batches)
            took = (time.perf_counter() - begin) * 1000
        single = single or took
        keys = [batch.pk for batch in batches]
        accepted = sum(ImportBatch.objects.filter(pk__in=keys).values_list("accepted", flat=True))
        entered = CreditRecord.objects.filter(batch_id__in=keys).count()
        doubled = rows_of(DONE_TWICE, [[str(key) for key in keys]])[0][0]
        book.add(
            Figure(
                "workers", f"{BATCHES} imports of {ROWS:,} rows by {workers}", took, took, 1, 0.0, "by one worker", single, single,
                took / single, aim="every batch once", reached=entered == accepted and not doubled,
                note=f"{accepted:,} accepted, {entered:,} records, {doubled} batches doubled, {accepted / took * 1000:,.0f} rows/s",
            )
        )  # fmt: skip
        for batch in ImportBatch.objects.filter(pk__in=keys, state=ImportBatch.State.DONE):
            undo_batch(batch, by=clerk(), reason="性能测试结束，撤回")


def _received(serial: int) -> list[ImportBatch]:
    authority, batches = Department.objects.get(code="scjgj"), []
    for number in range(BATCHES):
        path = environment.var() / f"workers-{number}.xlsx"
        write_file(path, ROWS, serial=serial + number * ROWS)
        options = Options(standard=STANDARD, department=authority, channel="shell")
        batches.append(receive([path.read_bytes()], path.name, options, by=clerk()))
        path.unlink()
    return batches


@contextmanager
def _workers(count: int) -> Iterator[None]:
    processes = [
        subprocess.Popen([*CELERY, *ONE, "-n", f"bench{number}@%h"], cwd=environment.ROOT, env=os.environ.copy())
        for number in range(count)
    ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _wait(batches: list[ImportBatch]) -> None:
    keys = [batch.pk for batch in batches]
    limit = time.monotonic() + LONGEST
    waiting = ("queued", "reading", "applying")
    while ImportBatch.objects.filter(pk__in=keys, state__in=waiting).exists():
        if time.monotonic() > limit:
            raise SystemExit("the workers did not finish")
        time.sleep(0.2)
