"""PostgreSQL is stopped and started again: pages say so meanwhile, work goes on by itself afterwards, and nothing is lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from credit_platform.accounts.models import User
from disclosure import actions
from disclosure.models import Disclosure
from tests.faults.browser import unavailable
from tests.faults.length import LONG
from tests.faults.processes import until
from tests.faults.publishing import NOT_AT_ALL, WHOLLY, click, effects, submitted
from tests.faults.servers import FAST, IMMEDIATE
from tests.faults.whole import assert_whole

WAYS = {"fast": FAST, "immediate": IMMEDIATE}
# In the short form each case is done in one of the ways.
ONE_EACH = WAYS if LONG else ["immediate"]
PAGES = ("/", "/disclosure/penalties/", "/api/v1/disclosures/", "/api/v1/changes/", "/desk/", "/accounts/login/")


def everybody_is_told(site, browser):
    """Every page answers, and says in Chinese that it cannot be served now and when to come again."""
    took = []
    for path in PAGES:
        answer = browser.get(path)
        assert unavailable(answer), (path, answer.status_code, answer.text[:500])
        took.append(round(answer.elapsed.total_seconds(), 1))
    print("told after", took, "s")  # noqa: T201
    assert site.visitor().get("/healthz").status_code == 200
    assert site.visitor().get("/readyz").status_code == 503


def back_again(site):
    """The server returns; this process forgets its dead connections, as a request does at its begin."""
    site.servers.start_postgres()
    connections.close_all()
    until(lambda: site.visitor().get("/readyz").status_code == 200, "a site that is ready")


@pytest.mark.parametrize("how", WAYS if LONG else ["fast"])
def test_stopped_in_the_middle_of_an_import(site, chance, how):
    site.up("web", "worker", "beat")
    alice = site.person("alice")
    batch = site.upload(400)
    time.sleep(chance.uniform(0.2, 2.5))
    print(how, site.state_of(batch), site.read_of(batch))  # noqa: T201
    site.servers.stop_postgres(WAYS[how])
    everybody_is_told(site, alice)
    back_again(site)
    assert alice.get("/desk/").status_code == 200
    assert site.finished(batch) == "done"
    assert_whole(site)


@pytest.mark.parametrize("how", ONE_EACH)
def test_stopped_while_somebody_publishes(site, chance, times, how):
    site.up("web")
    outcomes = []
    for row in submitted(site, times(1, 10)):
        bob = site.person("bob")
        form = bob.form(f"/desk/disclosures/{row.pk}/review/")
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(click, bob, form)
            time.sleep(chance.uniform(0, 0.3))
            site.servers.stop_postgres(WAYS[how])
            first = answer.result()
        back_again(site)
        before = effects(row)
        assert before in (WHOLLY, NOT_AT_ALL)
        assert first is not None
        assert first.status_code == 302 or unavailable(first), first.text
        assert before == WHOLLY or first.status_code == 503
        outcomes.append((first.status_code, before[0]))
        assert click(bob, form).status_code == 302
        assert effects(row) == WHOLLY
    print(outcomes)  # noqa: T201
    assert_whole(site)


@pytest.mark.parametrize(
    "publishing", [False, True] if LONG else [True], ids=lambda publishing: "publishing" if publishing else "pages"
)
def test_frozen_it_holds_no_page(site, chance, publishing):
    """Open connections too, also in the middle of a publication: no page waits for a server that does not answer."""
    site.up("web")
    (row,) = submitted(site, 1)
    bob, alice = site.person("bob"), site.person("alice")
    form = bob.form(f"/desk/disclosures/{row.pk}/review/")
    assert {alice.get(path).status_code for path in PAGES} <= {200, 302}, "their connections are open"
    with ThreadPoolExecutor(1) as pool:
        if publishing:
            answer = pool.submit(click, bob, form)
            time.sleep(chance.uniform(0, 0.3))
        with site.servers.frozen_postgres():
            everybody_is_told(site, alice)
            first = answer.result() if publishing else click(bob, form)
    until(lambda: site.visitor().get("/readyz").status_code == 200, "a site that is ready")
    assert first.status_code == 302 or unavailable(first), first.text
    assert effects(row) in (WHOLLY, NOT_AT_ALL)
    assert effects(row) == WHOLLY or first.status_code == 503
    until(lambda: click(bob, form).status_code == 302, "a process that has seen the server answer again")
    assert effects(row) == WHOLLY
    assert_whole(site)


@pytest.mark.parametrize("how", ONE_EACH)
def test_stopped_during_a_sweep(site, chance, times, how):
    """What was approved for today is published once, however often the sweep was broken off."""
    site.up("web", "worker")
    rows = submitted(site, 60)
    bob, today = User.objects.get(username="bob"), timezone.localdate()
    for row in rows:
        actions.approve(row, by=bob, on=today)
    for _ in range(times(1, 8)):
        site.send_task("disclosure.publish_approved")
        time.sleep(chance.uniform(0, 0.4))
        site.servers.stop_postgres(WAYS[how])
        back_again(site)
        waiting = Disclosure.objects.to_publish(today).count()
        assert waiting in (0, len(rows)), "one transaction: all or none"
    site.send_task("disclosure.publish_approved")
    until(lambda: not Disclosure.objects.to_publish(today).exists(), "the next turn of the sweep")
    assert_whole(site)
