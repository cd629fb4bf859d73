"""A new version of what answers are read from, whenever measures, fields or rules in force have become others."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import connection

from checks.actions.states import keep, keep_all
from checks.models import CheckRegister
from checks.queries.known import known_subjects
from checks.queries.register import content_on
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.rules.jws import canonical

# Key of the advisory lock: two processes never make the same version twice.
REGISTER_LOCK = 0x63686563006B01


def keep_register(*, on: date, by: Actor) -> CheckRegister:
    """The version for a day: the last one when nothing has changed, else a new one, under which the states of all subjects are computed anew.

    Safe to run twice and in parallel. A check that finds a state of an older version computes that one itself, so nobody waits for all; of the
    first version there is none before everybody of whom something is known has a state, for a subject without one is a subject without anything.
    """
    row = _last(content_on(on))
    if row is not None:
        return row
    with acting(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTER_LOCK])
        content = content_on(on)
        row, before = _last(content), CheckRegister.objects.order_by("-pk").first()
        if row is None:
            row = CheckRegister.objects.create(content=content, digest=_digest(content))
            after = {"version": row.pk, "edition": content["edition"], "measures": len(content["lines"])}
            audit.record("checks.register", row, by=by, after=after)
            # Another rule on 重大违法记录 makes something of penalties of which there was nothing to keep.
            if before is None or before.content["record"] != content["record"]:
                keep(known_subjects(on), on=on)
    keep_all(on=on)
    return row


def _last(content: dict[str, object]) -> CheckRegister | None:
    """The present version, if it says just this."""
    last = CheckRegister.objects.order_by("-pk").first()
    return last if last is not None and last.digest == _digest(content) else None


def _digest(content: dict[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
