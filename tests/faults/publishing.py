"""Items on their way to the public, the reviewer's click, and what one publication leaves behind."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange
from tests.faults.browser import GONE


def submitted(site, count):
    """New items that wait for the reviewer."""
    batch = site.import_here(count)
    ids = list(Disclosure.objects.filter(record__batch=batch).values_list("pk", flat=True))
    outcomes = actions.submit_many(ids, by=User.objects.get(username="alice"))
    assert all(each.ok for each in outcomes), [each.error for each in outcomes if not each.ok][:1]
    return list(Disclosure.objects.filter(pk__in=ids).order_by("pk"))


def effects(row):
    """What one publication leaves: state, feed, audit of both steps."""
    row.refresh_from_db()
    entries = AuditEntry.objects.about(row)
    return (
        row.state,
        DisclosureChange.objects.filter(disclosure=row).count(),
        entries.filter(verb="disclosure.approve").count(),
        entries.filter(verb="disclosure.publish").count(),
    )


WHOLLY, NOT_AT_ALL = ("published", 1, 1, 1), ("submitted", 0, 0, 0)


def click(browser, form):
    """The answer, or None when the web process died under it."""
    try:
        return browser.publish(form)
    except GONE:
        return None


def at_once(call, arguments):
    """Everybody waits for the last one to be ready, then all go."""
    arguments = list(arguments)
    gate = threading.Barrier(len(arguments))

    def one(given):
        gate.wait()
        return call(*given)

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))
