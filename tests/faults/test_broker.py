"""Valkey is away or frozen: pages go on, what could not be queued waits in PostgreSQL and is found when the broker is back."""

from __future__ import annotations

import os
import signal
import time

from records.models import ImportBatch
from tests.faults.processes import until
from tests.faults.whole import assert_whole

PAGES = ("/", "/disclosure/penalties/", "/api/v1/disclosures/", "/desk/", "/desk/imports/")


def sent(site, alice):
    """A clerk's upload at the desk; its batch."""
    answer = site.upload_by_hand(alice, alice.form("/desk/imports/new/"), site.file(40))
    assert answer.status_code == 302, answer.text
    return ImportBatch.objects.latest("pk")


def test_away_for_a_while(site, times):
    site.up("web", "worker", "beat")
    alice = site.person("alice")
    site.servers.stop_valkey()
    gone = time.monotonic()
    batch = sent(site, alice)
    while True:
        for path in PAGES:
            assert alice.get(path).status_code == 200, path
        if time.monotonic() - gone > times(3, 60):
            break
    assert site.state_of(batch) == "queued"
    assert site.worker.running()
    assert site.beat.running()
    site.servers.start_valkey()
    assert site.finished(batch) == "done"
    assert_whole(site)


def test_frozen_it_holds_up_no_page(site):
    """It accepts connections and never answers: worse than away."""
    site.up("web", "worker", "beat")
    alice = site.person("alice")
    os.kill(site.servers.valkey_pid(), signal.SIGSTOP)
    try:
        for path in PAGES:
            assert alice.get(path).status_code == 200, path
        batch = sent(site, alice)
        assert site.visitor().get("/readyz").status_code == 503
    finally:
        os.kill(site.servers.valkey_pid(), signal.SIGCONT)
    assert site.finished(batch) == "done"
    until(lambda: site.visitor().get("/readyz").status_code == 200, "a site that is ready")
    assert_whole(site)
