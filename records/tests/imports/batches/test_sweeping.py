"""What the clock finds of imports, and how long it can take."""

from __future__ import annotations

import pytest
from django.utils import timezone

from credit_platform import patience, pg
from credit_platform.timetable import TIMETABLE
from records.imports.batches import batches, engine, sweeping
from records.imports.ledger import stage
from records.models import ImportBatch
from records.tasks import resume_imports
from records.tests.imports.samples import as_csv, penalty

SUPERVISOR_SECONDS = 3  # RestartSec of the units; containers are started at once
START_SECONDS = 15  # of a worker on a loaded machine


@pytest.fixture
def batch(db, penalties, market_bureau, alice_clerk):
    options = batches.Options(standard="penalty-2018", department=market_bureau)
    return batches.receive([as_csv([penalty(1, market_bureau)])], "处罚.csv", options, by=alice_clerk)


def seconds_between_sweeps():
    (entry,) = [each for each in TIMETABLE.values() if each["task"] == "records.resume_imports"]
    return entry["schedule"]


def test_whatever_dies_an_import_goes_on_within_a_minute():
    """The table of docs/operations.md, added up. Supervisor and silence run side by side."""
    sweep = seconds_between_sweeps()
    worker = max(sweeping.QUIET_SECONDS + sweep, SUPERVISOR_SECONDS + START_SECONDS)
    server_in_a_statement = max(sweeping.QUIET_SECONDS, patience.CHECK_SECONDS) + 2 * sweep
    machine = max(sweeping.QUIET_SECONDS, patience.VANISHED_SECONDS) + 2 * sweep
    clock = sweeping.QUIET_SECONDS + SUPERVISOR_SECONDS + START_SECONDS + sweep
    assert max(worker, server_in_a_statement, machine, clock) < 60
    assert sweeping.QUIET_SECONDS > 2 * engine.HEARTBEAT_SECONDS, "one that works is mostly left alone"


def test_a_table_left_by_a_killed_worker_goes_with_the_next_sweep(batch):
    stage.create(batch.pk)
    assert resume_imports() == 0, "it has just begun"
    assert stage.count(batch.pk) == 0, "it is under way"
    ImportBatch.objects.filter(pk=batch.pk).update(state="done", finished_at=timezone.now())
    assert resume_imports() == 0
    assert stage.count(batch.pk) is None


def test_the_tables_of_a_push_are_its_own(batch):
    ImportBatch.objects.filter(pk=batch.pk).update(state="done")
    stage.create(batch.pk, for_now=True)
    assert sweeping.drop_left() == 0
    assert pg.query("SELECT to_regclass(%s)", [stage.table_of(batch.pk)])[0][0] is not None
