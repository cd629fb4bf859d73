"""Suspension and its end: an item is hidden for the time being."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict
from disclosure.actions.base import announce, locked, note, public_text, required, write
from disclosure.actions.lowering import not_awaiting
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.rules.states import next_state
from records.rules import RecordStatus


def suspend(
    disclosure: Disclosure, *, by: Actor, reason: str, public_note: str = "", version: int | None = None
) -> Disclosure:
    """Stop showing for the time being (an objection that the source cannot answer in time, for one). The period goes on.

    Who: reviewer, credit office; SYSTEM. From PUBLISHED.
    """
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.suspend", row.source_department)
        state = next_state(row.state, "suspend")
        text = required(reason, "disclosure.reason", "中止公示的原因")
        before = {"state": row.state, "ended_why": row.ended_why}
        write(
            row,
            state=state,
            ended_why=text[:300],
            public_note=public_text(public_note, "public_note"),
            ended_at=timezone.now(),
        )
        announce(Verb.SUSPENDED, row, by=by)
        note("suspend", row, before, by=by, reason=text)
    return row


def resume(disclosure: Disclosure, *, by: Actor, reason: str, version: int | None = None) -> Disclosure:
    """Show again what was suspended; hidden days are not added. Who: reviewer, credit office. From SUSPENDED."""
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.resume", row.source_department)
        state = next_state(row.state, "resume")
        not_awaiting(row)
        text = required(reason, "disclosure.reason", "恢复公示的原因")
        if row.record.status != RecordStatus.ACTIVE:
            raise Conflict("disclosure.record", "该记录已撤销，不能恢复公示。")
        before = {"state": row.state, "ended_why": row.ended_why}
        write(row, state=state, ended_why="", public_note="", ended_at=None)
        announce(Verb.RESTORED, row, by=by)
        note("resume", row, before, by=by, reason=text)
    return row
