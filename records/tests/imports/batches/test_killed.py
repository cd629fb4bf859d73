"""A worker process killed with SIGKILL in the middle: the next one takes the batch up, and nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from credit_platform.accounts.tests import factories as people
from records.imports.batches import batches, engine, sweeping
from records.imports.ledger import stage
from records.models import CreditRecord, ImportBatch, Subject
from records.tests import factories
from records.tests.imports.samples import as_csv, counts, penalty

WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
settings.MEDIA_ROOT = sys.argv[3]
import django
django.setup()
from records.imports.batches import engine
engine.CHUNK_ROWS = 10
kept = engine._Run._checkpoint
def slowly(self, chunk, expected, *, last=False):
    kept(self, chunk, expected, last=last)
    time.sleep(0.1)
engine._Run._checkpoint = slowly
engine.run(int(sys.argv[1]))
"""
ROWS = 300


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_is_taken_up_by_the_next(tmp_path):
    bureau = people.DepartmentFactory(code="scjgj")
    clerk = people.ClerkFactory(department=bureau)
    factories.PenaltyEntryFactory()
    options = batches.Options(standard="penalty-2018", department=bureau)
    batch = batches.receive([as_csv([penalty(n, bureau) for n in range(ROWS)])], "a.csv", options, by=clerk)
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(batch.pk), name, str(settings.MEDIA_ROOT)], cwd=settings.BASE_DIR
    )
    try:
        _wait_for(lambda: ImportBatch.objects.get(pk=batch.pk).progress.get("read", 0) >= 50, worker)
        assert engine.run(batch.pk).state == "reading", "the other process holds the batch"
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    half = ImportBatch.objects.get(pk=batch.pk)
    assert half.state == "reading"
    assert stage.count(batch.pk) == half.progress["staged"] < ROWS
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(seconds=40))
    assert sweeping.waiting() == [batch.pk]
    _wait_for(lambda: engine.run(batch.pk).state == "done", None)
    done = ImportBatch.objects.get(pk=batch.pk)
    assert counts(done) == (ROWS, ROWS, 0, 0)
    assert CreditRecord.objects.count() == Subject.objects.count() == ROWS
    assert stage.count(batch.pk) is None


def _wait_for(condition, worker: subprocess.Popen | None) -> None:
    for _ in range(600):
        if condition():
            return
        assert worker is None or worker.poll() is None, "the worker ended by itself"
        time.sleep(0.1)
    raise AssertionError("waited in vain")
