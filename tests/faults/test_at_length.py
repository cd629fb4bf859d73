"""What takes too long for every run: the real clock of the sweeps, the real patience of a page. Collected at length only."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import transaction

from disclosure.models import Disclosure
from tests.faults.browser import unavailable
from tests.faults.processes import until
from tests.faults.publishing import WHOLLY, click, effects, submitted
from tests.faults.whole import assert_whole

REAL_CLOCK = {"FAULTS_FAST": ""}


def test_by_the_real_clock_a_killed_import_goes_on_within_a_minute(site, times):
    """The sweep looks every ten seconds for what was silent for twenty."""
    for program in (site.worker, site.beat):
        program.kill()
    site.beat.start(**REAL_CLOCK)
    took = []
    for _ in range(times(1, 3)):
        site.worker.start(**REAL_CLOCK)
        batch = site.upload(400)
        until(lambda batch=batch: site.read_of(batch) > 0, "the first checkpoint")
        site.worker.kill()
        killed = time.monotonic()
        site.worker.start(**REAL_CLOCK)
        read = site.read_of(batch)
        until(lambda batch=batch, read=read: site.read_of(batch) > read or site.state_of(batch) == "done", "going on")
        took.append(round(time.monotonic() - killed))
        assert site.finished(batch) == "done"
        site.worker.kill()
    print("went on after", took, "s")  # noqa: T201
    site.beat.kill()
    assert_whole(site)


def test_a_page_that_waits_for_a_lock_gives_up_with_words(site):
    """Another transaction holds the item and does not end: the reviewer hears of it, and can click again when it is over."""
    site.up("web")
    (row,) = submitted(site, 1)
    bob = site.person("bob")
    form = bob.form(f"/desk/disclosures/{row.pk}/review/")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Disclosure.objects.select_for_update().get(pk=row.pk)
        answer = pool.submit(click, bob, form).result()
        assert unavailable(answer), (answer.status_code, answer.text[:500])
    assert click(bob, form).status_code == 302
    assert effects(row) == WHOLLY
    assert_whole(site)
