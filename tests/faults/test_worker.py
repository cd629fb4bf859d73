"""The worker dies: at random moments of an import, always at the same place, or because somebody asked it to stop."""

from __future__ import annotations

import time

import pytest

from credit_platform.audit.models import AuditEntry
from records.models import CreditRecord
from tests.faults.length import LONG
from tests.faults.processes import until
from tests.faults.whole import assert_whole

ROWS = 200


def test_killed_at_random_moments_an_import_is_whole_in_the_end(site, chance, times):
    """Now the whole worker, now one process of it, while it reads, while it enters, before it has begun."""
    site.up("worker", "beat")
    struck = []
    for _ in range(times(1, 20)):
        batch = site.upload(ROWS)
        time.sleep(chance.uniform(0, 2))
        struck.append((site.state_of(batch), site.read_of(batch)))
        if chance.random() < 0.7:
            site.worker.kill()
            site.worker.start()
        else:
            site.worker.kill_child(chance.randrange(2))
        assert site.finished(batch) == "done", struck
    print("struck at", struck)  # noqa: T201
    assert_whole(site)


def test_a_file_that_breaks_or_kills_its_worker_is_given_up_and_others_go_on(site):
    site.up("worker", "beat")
    before, sent = CreditRecord.objects.count(), set(site.sent)
    poison, killer = site.upload(3, "poison.csv"), site.upload(3, "killer.csv")
    lost = site.sent - sent
    good = site.upload(3)
    assert site.finished(good) == "done"
    assert site.finished(poison) == "failed"
    assert site.finished(killer) == "failed"
    poison.refresh_from_db()
    killer.refresh_from_db()
    assert "连续 5 次中断（程序错误 Poison）" in poison.refusal
    assert "连续 5 次中断（工作进程在处理中被终止）" in killer.refusal
    for batch in (poison, killer):
        assert AuditEntry.objects.about(batch).filter(verb="records.import.fail").count() == 1
    assert site.worker.said().count("given up after 5 tries") == 2, "the operators hear of it"
    site.sent -= lost
    assert CreditRecord.objects.count() == before + 3
    assert_whole(site)


@pytest.mark.parametrize("patience", [1, 120] if LONG else [1], ids=lambda seconds: f"within {seconds} s")
def test_after_an_ordered_stop_an_import_goes_on_later(site, patience):
    """SIGTERM: what is under way ends, or what is left of it goes on in the next worker."""
    site.up("worker")
    site.beat.kill()
    batch = site.upload(ROWS if patience == 120 else 3 * ROWS)
    until(lambda: site.read_of(batch) > 0, "the first checkpoint")
    in_time = site.worker.stop(patience)
    assert site.read_of(batch) > 0
    assert in_time == (site.state_of(batch) == "done")
    assert in_time == (patience == 120)
    site.beat.start()
    site.worker.start()
    assert site.finished(batch) == "done"
    assert_whole(site)
