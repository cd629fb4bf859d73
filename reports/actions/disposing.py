"""The file of a report is kept as long as its layout says; then it is destroyed, and what is left says so (a tomb-stone, not a blank)."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from reports.models import Report

CHUNK = 200


def dispose_past_keeping(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """Destroy the files whose retention is over; how many. Safe to run twice, in parallel, and to be killed: a file goes after its row has said so.

    Who: the clock (`reports.dispose`).
    """
    on, done = on or timezone.localdate(), 0
    while True:
        with acting(by):
            policy.require(by, "reports.dispose")
            rows = list(
                Report.objects.past_keeping(on).select_for_update(skip_locked=True).order_by("keep_until", "pk")[:CHUNK]
            )
            if not rows:
                return done
            for row in rows:
                transaction.on_commit(partial(vault.remove, row.path))
            Report.objects.filter(pk__in=[row.pk for row in rows]).update(disposed_on=on, path="")
            audit.record("reports.dispose", by=by, members=[row.pk for row in rows], detail={"on": on})
            done += len(rows)
