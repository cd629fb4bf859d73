"""A process killed with SIGKILL between the entries and the rows of a published list: nothing of it is there, and the next one takes it in once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from credit_platform.audit.models import AuditEntry
from disclosure.models import Disclosure
from records.imports.batches import batches, engine
from records.models import CreditRecord, ImportBatch
from sanctions.filed.models import FiledRow
from sanctions.filed.tests.factories import PublicationFactory, as_csv, line
from sanctions.lists.models import ListEntry
from tests.faults.processes import until

WORKER = """
import os, sys, time
from datetime import datetime, timezone as zone
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"], settings.MEDIA_ROOT = sys.argv[1], sys.argv[2]
import django
django.setup()
from django.utils import timezone
timezone.now = lambda: datetime(2026, 11, 23, 2, tzinfo=zone.utc)
from records.imports.batches import engine
from sanctions.filed.actions.taking import Taking
def held(taking, lines):
    Path(sys.argv[3]).touch()
    time.sleep(600)
Taking._keep = held
engine.run(int(sys.argv[4]))
"""
LINES = 40


@pytest.mark.django_db(transaction=True)
def test_a_list_whose_import_was_killed_is_taken_in_once(filing, tmp_path):
    publication = PublicationFactory()
    given = batches.Options(standard=publication.standard, department=publication.department)
    data = as_csv([line(n) for n in range(LINES)], publication.standard)
    batch = batches.receive([data], "名单.csv", given, by=publication.drafted_by)
    entered = tmp_path / "entered"
    told = [str(connection.settings_dict["NAME"]), str(settings.MEDIA_ROOT), str(entered), str(batch.pk)]
    worker = subprocess.Popen([sys.executable, "-c", WORKER, *told], cwd=settings.BASE_DIR)
    try:
        until(entered.exists, "the entries of the list")
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert not ListEntry.objects.exists()
    assert not CreditRecord.objects.exists()
    until(lambda: engine.run(batch.pk).state == "done", "the second run")
    assert ImportBatch.objects.get(pk=batch.pk).accepted == LINES
    assert FiledRow.objects.filter(state="entered").count() == ListEntry.objects.count() == LINES
    assert Disclosure.objects.filter(state="published").count() == CreditRecord.objects.count() == LINES
    assert AuditEntry.objects.filter(verb="sanctions.filed.take").count() == 1
