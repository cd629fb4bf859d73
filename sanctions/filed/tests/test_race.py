"""Of many who decide at once one has an effect; two imports of one list stand in line; a killed import is taken up and nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.errors import Conflict
from records.imports.batches import batches, engine, sweeping
from records.models import ImportBatch, Subject
from records.tests.imports.batches.test_killed import WORKER, _wait_for
from sanctions.filed import actions
from sanctions.filed.models import FiledRow
from sanctions.filed.rules import RowState
from sanctions.filed.tests.factories import PublicationFactory, as_csv, line, row_in
from sanctions.lists.models import ListEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("filing")]
AT_ONCE = 20
ROWS = 120


def together(*jobs) -> list[object]:
    gate, ends = Barrier(len(jobs)), []

    def run(job) -> None:
        gate.wait()
        try:
            ends.append(job())
        except Conflict as told:
            ends.append(told)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_twenty_at_once_list_once():
    row = row_in(RowState.PROPOSED)
    people = [ReviewerFactory(department=row.department) for _ in range(AT_ONCE)]
    ends = together(*(lambda by=by: actions.confirm(row, by=by) for by in people))
    assert sum(isinstance(end, Conflict) for end in ends) == AT_ONCE - 1
    assert ListEntry.objects.count() == 1
    assert FiledRow.objects.get().version == row.version + 1


def received(publication, rows, name: str) -> int:
    options = batches.Options(standard=publication.standard, department=publication.department)
    return batches.receive([as_csv(rows)], name, options, by=publication.drafted_by).pk


def test_two_files_of_one_list_at_once_list_everybody_once():
    publication = PublicationFactory()
    first = received(publication, [line(n) for n in range(30)], "a.csv")
    other = received(publication, [line(n) for n in range(10, 40)], "b.csv")
    together(lambda: engine.run(first), lambda: engine.run(other))
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {"done"}
    assert FiledRow.objects.count() == ListEntry.objects.count() == 40
    assert set(FiledRow.objects.values_list("state", flat=True)) == {"entered"}


def test_a_killed_import_of_a_list_is_taken_up_by_the_next():
    publication = PublicationFactory(is_full=True)
    batch_id = received(publication, [line(n, GB_SHXYM=None) if n % 3 == 0 else line(n) for n in range(ROWS)], "a.csv")
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", WORKER, str(batch_id), name, str(settings.MEDIA_ROOT)]
    worker = subprocess.Popen(command, cwd=settings.BASE_DIR)
    try:
        _wait_for(lambda: ImportBatch.objects.get(pk=batch_id).progress.get("read", 0) >= 30, worker)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert not FiledRow.objects.exists(), "nothing is taken in before everything is read"
    ImportBatch.objects.filter(pk=batch_id).update(heartbeat_at=timezone.now() - timedelta(seconds=40))
    assert sweeping.waiting() == [batch_id]
    _wait_for(lambda: engine.run(batch_id).state == "done", None)
    states = list(FiledRow.objects.values_list("state", flat=True))
    assert (states.count("entered"), states.count("waiting")) == (80, 40)
    assert ListEntry.objects.count() == Subject.objects.count() == 80


ENTERING = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "credit_platform.settings_for_tests"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
settings.MEDIA_ROOT = sys.argv[3]
import django
django.setup()
from records.imports.batches import engine
from sanctions.filed.actions import taking
kept = taking.Taking._keep
def slowly(self, lines):
    kept(self, lines)
    print("kept", flush=True)
    time.sleep(60)
taking.Taking._keep = slowly
engine.run(int(sys.argv[1]))
"""


def test_killed_between_the_entries_and_the_end_leaves_nothing_half_done():
    publication = PublicationFactory()
    batch_id = received(publication, [line(n) for n in range(20)], "a.csv")
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", ENTERING, str(batch_id), name, str(settings.MEDIA_ROOT)]
    worker = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
    assert worker.stdout is not None
    try:
        assert worker.stdout.readline() == b"kept\n"
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    time.sleep(0.2)
    assert not FiledRow.objects.exists()
    assert not ListEntry.objects.exists()
    _wait_for(lambda: engine.run(batch_id).state == "done", None)
    assert FiledRow.objects.count() == ListEntry.objects.count() == 20
