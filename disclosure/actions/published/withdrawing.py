"""Withdrawal: an item is taken back for good."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from disclosure.actions import tallies
from disclosure.actions.base import announce, locked, note, public_text, required, write
from disclosure.actions.lowering import not_awaiting, waits_no_longer
from disclosure.actions.published.correcting import take_back
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries.deadlines import withdrawal_due
from disclosure.rules.states import State, next_state


def withdraw(
    disclosure: Disclosure,
    *,
    by: Actor,
    reason: str,
    public_note: str,
    annulled_on: date | None = None,
    basis: str = "",
    version: int | None = None,
) -> Disclosure:
    """Take an item back for good: the act was changed, annulled, declared unlawful or void, or should never have been shown.

    Who: reviewer, credit office. From every state but WITHDRAWN. Within 3 working days of `annulled_on`, with a public note
    (行政处罚法 art. 48). It is no longer counted (trap 31) and never comes back by an import (trap 32). The record itself is revoked
    by `records.actions`, which calls this app's follower.
    """
    on = timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.withdraw", row.source_department)
        next_state(row.state, "withdraw")
        if row.state == State.SUSPENDED:
            not_awaiting(row)  # that its decision was revoked is answered by `confirm`, which takes the record along
        text = required(reason, "disclosure.reason", "撤回原因")
        public = required(public_note, "disclosure.public_note", "对外说明", "《行政处罚法》第四十八条")
        public = public_text(public, "public_note")
        day = annulled_on or on
        if not row.decided_on <= day <= on:
            raise Refused("disclosure.annulled_on", "撤销（变更）日期应在决定日期与今天之间。")
        before = {"state": row.state, "ended_why": row.ended_why}
        counts = tallies.Increments()
        seen = withdrawn(row, counts, reason=text, public_note=public, due_on=withdrawal_due(day).due_on)
        if row.published_on is not None:
            announce(Verb.WITHDRAWN, row, by=by, seen=seen)
        tallies.add(counts)
        note(
            "withdraw", row, before, by=by, reason=text, basis=basis, detail={"annulled_on": day, "public_note": public}
        )
    return row


def withdrawn(
    row: Disclosure, counts: tallies.Increments, *, reason: str, public_note: str, due_on: date | None = None
) -> bool:
    """Write a withdrawal: shared by the verb and by the follower of the ledger, inside their transaction. Whether the public saw it until
    now; who calls it announces."""
    was_public = row.state == State.PUBLISHED
    take_back(row, counts)
    if row.awaits_confirmation:
        waits_no_longer(row)
    write(
        row,
        state=next_state(row.state, "withdraw"),
        awaits_confirmation=False,
        ended_why=reason[:300],
        public_note=public_note[:500],
        ended_at=timezone.now(),
        withdraw_due_on=due_on,
        needs_correction=False,
    )
    return was_public
