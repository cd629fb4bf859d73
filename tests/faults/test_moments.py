"""Every moment at which a worker can die, one after the other and not by chance: the import goes on by itself and is whole.

Who takes it up, and after how long at most, stands in docs/operations.md; `records/tests/imports/batches/test_sweeping.py` holds the figures.
"""

from __future__ import annotations

import os
import signal

import pytest

from credit_platform import pg
from tests.faults.length import LONG
from tests.faults.moments import MOMENTS
from tests.faults.processes import until
from tests.faults.whole import assert_whole

ROWS = 60
"""Three checkpoints."""


@pytest.mark.parametrize("who", ["child", "head"] if LONG else ["child"])
def test_dead_at_every_moment_of_an_import(site, who):
    """Twelve files at once, each of which ends whoever works on it (one process; the whole worker) at a moment of its own."""
    site.up("worker", "beat")
    batches = [site.upload(ROWS, f"{who}-{moment}.csv") for moment in MOMENTS]
    assert [site.finished(batch) for batch in batches] == ["done"] * len(MOMENTS)
    until(lambda: site.died() >= {f"{who}-{moment}" for moment in MOMENTS}, "every death")
    assert_whole(site)


def test_dead_while_the_server_works_for_it(site):
    """The statement would go on for ten minutes and hold the batch's lock: the server notices that nobody waits for the answer."""
    site.up("worker", "beat")
    batch = site.upload(ROWS, "sleeper.csv")
    until(lambda: sleeping(site), "a worker inside a statement")
    site.worker.kill()
    site.worker.start()
    assert site.finished(batch) == "done"
    assert not sleeping(site)
    assert_whole(site)


def sleeping(site):
    return pg.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)' AND state = 'active'"
    )


def test_a_worker_that_loses_a_process_while_it_starts_ends_itself_and_is_started_again(site):
    """Celery gives up then. Held still for a moment, so that its process is surely dead before it looks."""
    site.up("beat")
    site.worker.kill()
    batch = site.upload(ROWS, wake=False)
    site.worker.start()
    until(site.worker.children, "a first process")
    os.kill(site.worker.pid, signal.SIGSTOP)
    site.worker.kill_child()
    os.kill(site.worker.pid, signal.SIGCONT)
    until(lambda: not site.worker.running(), "its end")
    assert "Could not start worker processes" in site.worker.said()
    assert site.finished(batch) == "done"
    assert_whole(site)
