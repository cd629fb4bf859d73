"""Open checks are subscriptions: when the state of a subject changes, who asked about it is told what the verdict is now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from checks.models import Check, CheckNotice, SubjectState
from checks.queries.register import matter_of, register
from checks.rules.answers import Matter, answered
from checks.rules.facts import read
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting

CHUNK = 5000
Change = tuple[SubjectState | None, SubjectState | None]
"""The state of a subject before and after; None when nothing is known."""


def tell_who_asked(changes: Mapping[int, Change], *, on: date) -> int:
    """A notice for every open check of these subjects whose answer has become another one; how many were made.

    In the transaction of what changed. What does not concern the matter of a check is not told to who asked it. A check as of a day that is
    over has no later answer.
    """
    if not changes:
        return 0
    rows = Check.objects.open(on).filter(subject_id__in=changes, as_of__isnull=True).select_related("matter")
    # Hundreds may have asked the same of one subject: each matter is read once, each answer made once.
    matters: dict[int, Matter] = {}
    turned: dict[tuple[int, int], str] = {}
    made = []
    for row in rows:
        subject, of = row.subject_id or 0, row.matter_id
        if of not in matters:
            matters[of] = matter_of(row.matter, on)
        if (subject, of) not in turned:
            turned[subject, of] = _turned(changes[subject], matters[of], on)
        if verdict := turned[subject, of]:
            made.append(CheckNotice(of_check=row, verdict=verdict))
    CheckNotice.objects.bulk_create(made, batch_size=CHUNK)
    return len(made)


def _turned(change: Change, matter: Matter, on: date) -> str:
    """The verdict of the answer that a change has made another one; "" when the answer is the same."""
    before, after = change
    now = _answer(after, matter, on)
    return "" if now == _answer(before, matter, on) else str(now["verdict"])


def _answer(state: SubjectState | None, matter: Matter, on: date) -> dict[str, Any]:
    if state is None:
        return {"verdict": "none"}
    found = answered(read(state.facts), matter, register(state.register), on)
    return (
        found
        if any(found[name] for name in ("hits", "bans", "breaches", "incentives", "serious_record"))
        else {"verdict": "none"}
    )


def take_note(notice: CheckNotice, *, by: Actor) -> CheckNotice:
    """Somebody of the unit that asked has taken note of a change; a second time changes nothing. Forbidden to others."""
    with acting(by):
        row = CheckNotice.objects.select_for_update().select_related("of_check").get(pk=notice.pk)
        policy.require(by, "checks.tell", row.of_check.department_id)
        if row.read_at is None:
            row.read_at, row.read_by = timezone.now(), by.actor_name
            row.save(update_fields=["read_at", "read_by"])
            audit.record("checks.note", row, by=by, after={"receipt": row.of_check.number})
    return row
