"""The web process dies while somebody publishes: the item is published wholly or not at all, and a second click has one effect."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.faults.length import LONG
from tests.faults.processes import until
from tests.faults.publishing import NOT_AT_ALL, WHOLLY, click, effects, submitted
from tests.faults.whole import assert_whole


def test_killed_at_random_moments_of_a_publication(site, chance, times):
    site.up("web")
    outcomes = []
    for row in submitted(site, times(1, 40)):
        site.up("web")
        bob = site.person("bob")
        form = until(lambda row=row, bob=bob: bob.form(f"/desk/disclosures/{row.pk}/review/"), "the form")
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(click, bob, form)
            time.sleep(chance.uniform(0, 0.25))
            if chance.random() < 0.5:
                site.web.kill()
            else:
                for each in (0, 1):
                    site.web.kill_child(each)
            first = answer.result()
        site.up("web")
        until(lambda row=row: effects(row) in (WHOLLY, NOT_AT_ALL), "an item that is published wholly or not at all")
        before = effects(row)
        assert first is None or first.status_code == 302
        assert first is None or before == WHOLLY
        outcomes.append((first is not None, before == WHOLLY))
        again = until(lambda bob=bob, form=form: click(bob, form), "an answer to the second click")
        assert again.status_code == 302, again.text
        assert effects(row) == WHOLLY
    print("answered, published:", outcomes)  # noqa: T201
    assert_whole(site)


PLACES = {"begin": "web_sentform", "middle": "disclosure_disclosurechange", "first audit row": "audit_entry"}


@pytest.mark.parametrize("place", PLACES if LONG else ["middle"])
def test_killed_inside_the_transaction(site, place):
    """Held at a table that the publication writes, and killed there: nothing is left of it, and it can be clicked again."""
    table = PLACES[place]
    site.up("web")
    (row,) = submitted(site, 1)
    bob = site.person("bob")
    form = bob.form(f"/desk/disclosures/{row.pk}/review/")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            answer = pool.submit(click, bob, form)
            until(lambda: waiting_for(table), f"the publication at {table}")
            site.web.kill()
        assert answer.result() is None
    site.up("web")
    assert effects(row) == NOT_AT_ALL
    clicks = [click(bob, form) for _ in range(2)]
    assert [each.status_code for each in clicks] == [302, 302]
    assert effects(row) == WHOLLY
    assert_whole(site)


def waiting_for(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
        return cursor.fetchone()[0]
