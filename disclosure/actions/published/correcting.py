"""Correction: an item shows what its record says now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, Refused
from disclosure.actions import tallies
from disclosure.actions.base import announce, locked, note, required, write
from disclosure.actions.lowering import not_awaiting, seen
from disclosure.actions.publishing import shown_values
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries.deadlines import DueDays
from disclosure.queries.evaluation import Evaluator
from disclosure.rules.publication import blocking, doubts, refuse
from disclosure.rules.states import State, next_state
from records.models import CreditRecord


def correct(
    disclosure: Disclosure,
    *,
    by: Actor,
    reason: str,
    on: date | None = None,
    confirm_masked: bool = False,
    confirm_doubts: bool = False,
    version: int | None = None,
) -> Disclosure:
    """Show what the record says now.

    Who: reviewer or credit office, never who changed the record. From PUBLISHED, SUSPENDED. Neither the seven days nor the
    period start anew (trap 48): the day of publication and the first arrival stay, only a corrected day of decision is reckoned
    again from them.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        policy.require(by, "disclosure.correct", row.source_department)
        state = next_state(row.state, "correct")
        not_awaiting(row)
        if by.actor_kind == "staff" and by.actor_id == row.changed_by_id:
            raise Forbidden("disclosure.two_people", "不能确认本人所作的更正。", mend="请由另一名审核员办理。")
        text = required(reason, "disclosure.reason", "更正说明")
        evaluation = Evaluator(on).of(row)
        if evaluation.exempt and not evaluation.over:
            raise Refused("disclosure.exempt", f"更正后不得公示：{evaluation.exempt}", mend="请办理撤回公示。")
        others = (*evaluation.period.findings, *(() if confirm_doubts else doubts(row.record.warnings)))
        refuse(blocking(evaluation.scanned, others, masking_confirmed=confirm_masked))
        before = {"shown": row.shown, "ends_on": row.ends_on, "decided_on": row.decided_on, "due_on": row.due_on}
        counts = tallies.Increments()
        values = shown_values(row, evaluation) | retimed(row, row.record, DueDays(), counts)
        if evaluation.claim is not None:
            seen(row, evaluation.claim, by=by, reason=text)
        write(row, state=state, corrected_on=on, changed_by=None, masking_confirmed=confirm_masked, **values)
        tallies.add(counts)
        if state is State.PUBLISHED:
            announce(Verb.CHANGED, row, by=by)
        note("correct", row, before, by=by, reason=text, face=True)
    return row


def retimed(row: Disclosure, record: CreditRecord, days: DueDays, counts: tallies.Increments) -> dict[str, Any]:
    """The columns that follow from a corrected day of decision; the first arrival stays what it was."""
    if row.decided_on == record.decided_on:
        return {}
    values: dict[str, Any] = {"decided_on": record.decided_on}
    if row.on_entry:
        return values | {"due_on": max(record.decided_on, row.arrived_on)}
    due, verdict = days.due(record.decided_on), days.verdict(record.decided_on, row.arrived_on)
    take_back(row, counts)
    give = tallies.Timed(row.source_department_id, row.kind, record.decided_on, row.arrived_on)
    counts.arrived(give, late=verdict.late, refused=tallies.refused_on(record))
    if row.published_on is not None:
        counts.published(give, late=row.published_on > due.due_on)
    return values | {
        "due_on": due.due_on,
        "due_provisional": due.provisional,
        "arrival_late": verdict.late,
        "late_reason": verdict.reason,
    }


def take_back(row: Disclosure, counts: tallies.Increments) -> None:
    """Take one disclosure out of the counts."""
    if row.on_entry:
        return
    timed = tallies.Timed.of(row)
    counts.arrived(timed, late=row.arrival_late, refused=tallies.refused_on(row.record), sign=-1)
    if row.published_on is not None:
        counts.published(timed, late=row.published_on > row.due_on, sign=-1)
