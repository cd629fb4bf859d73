"""Two clocks, two sweepers, one sweep twice: nobody is reminded twice, nothing ends twice, nothing is published twice."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange, Reminder
from tests.faults.processes import until
from tests.faults.publishing import at_once, submitted
from tests.faults.whole import assert_whole


def much_to_do(site, count):
    """Items to remind of, to publish today, and to end, `count` of each; what is expected of each sweep."""
    bob, today = User.objects.get(username="bob"), timezone.localdate()
    rows = submitted(site, 3 * count)
    actions.approve_many([row.pk for row in rows[:count]], by=bob)
    with acting(SYSTEM):
        Disclosure.objects.filter(pk__in=[row.pk for row in rows[:count]]).update(
            ends_on=today - timedelta(days=1), waits_for_performance=False
        )
    for row in rows[count : 2 * count]:
        actions.approve(row, by=bob, on=today)
    assert Disclosure.objects.to_end(today).count() == Disclosure.objects.to_publish(today).count() == count
    return today


def nothing_is_left(today):
    return not (
        Disclosure.objects.to_publish(today).exists()
        or Disclosure.objects.to_end(today).exists()
        or Disclosure.objects.open().filter(due_on__lt=today).exclude(reminders__on=today).exists()
        or DisclosureChange.objects.pending().exists()
    )


def test_every_sweep_eight_times_at_once(site):
    site.beat.kill()
    site.worker.kill()
    today = much_to_do(site, 30)

    def sweep(what):
        try:
            return what(), None
        except Exception as error:  # noqa: BLE001 - told by the assertion
            return 0, error
        finally:
            connection.close()

    sweeps = {
        "publish": (actions.publish_approved, 30),
        "end": (actions.end_due, 30),
        "remind": (actions.remind, None),
        "number": (DisclosureChange.objects.number_pending, None),
        "seal": (audit.seal, None),
    }
    for name, (what, expected) in sweeps.items():
        before = Reminder.objects.count()
        found = at_once(sweep, [(what,)] * 8)
        assert [error for _, error in found if error] == [], name
        done = sum(count for count, _ in found)
        assert expected is None or done == expected, name
        assert name != "remind" or done == Reminder.objects.count() - before >= 30
        assert sweep(what) == (0, None), f"{name} once more finds nothing"
    assert nothing_is_left(today)
    assert_whole(site)


def test_two_clocks_at_once(site):
    """Two beats that send everything every second to a worker of two processes."""
    today = much_to_do(site, 10)
    site.up("worker")
    for name in ("beat", "second-beat"):
        site.programs[name].kill()
        site.programs[name].start(FAULTS_SWEEPS="1")
    until(lambda: nothing_is_left(today), "the end of all that was to do")
    before = site.worker.said().count("disclosure.remind")
    until(lambda: site.worker.said().count("disclosure.remind") >= before + 6, "some more turns of both")
    for name in ("beat", "second-beat"):
        site.programs[name].kill()
    site.worker.kill()
    site.broker.control.purge()
    assert_whole(site)
