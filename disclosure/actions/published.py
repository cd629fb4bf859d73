"""What happens to a published item: correction, suspension, withdrawal, end, repair."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.actions import tallies
from disclosure.actions.base import announce, announce_many, locked, note, public_text, required, write
from disclosure.actions.lowering import not_awaiting, seen, waits_no_longer
from disclosure.actions.publishing import shown_values
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries.deadlines import DueDays, withdrawal_due
from disclosure.queries.evaluation import Evaluator
from disclosure.rules.publication import blocking, doubts, refuse
from disclosure.rules.states import State, next_state
from records.models import CreditRecord
from records.rules import RecordStatus

EXPIRED = "公示期届满"


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


def end(disclosure: Disclosure, *, by: Actor, on: date | None = None) -> Disclosure:
    """Mark an item as ended after its last day. Who: SYSTEM, reviewer, credit office. From PUBLISHED, SUSPENDED; Refused while
    the period still runs or waits for performance. The public stopped seeing it at midnight already: dates decide."""
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure)
        policy.require(by, "disclosure.end", row.source_department)
        state = next_state(row.state, "end")
        not_awaiting(row)
        if row.ends_on is None or row.ends_on >= on or row.waits_for_performance:
            raise Refused("disclosure.running", "公示期尚未届满或终止条件尚未具备。")
        was_public = row.state == State.PUBLISHED
        before = {"state": row.state}
        write(row, state=state, ended_at=timezone.now(), ended_why=EXPIRED, needs_correction=False)
        announce(Verb.ENDED, row, by=by, seen=was_public)
        note("end", row, before, by=by, detail={"ends_on": row.ends_on, "rule_set": row.rule_set})
    return row


def end_due(on: date | None = None, *, by: Actor = SYSTEM, batch: int = 5000) -> int:
    """The sweep: end everything whose last day has passed; how many. Set-wise, safe to run twice or in parallel."""
    on = on or timezone.localdate()
    done = 0
    with acting(by):
        policy.require(by, "disclosure.end")
    while True:
        with acting(by):
            rows = list(
                Disclosure.objects.to_end(on)
                .select_for_update(skip_locked=True)
                .order_by("ends_on", "pk")  # as the index of what runs out has it
                .values_list("pk", "state")[:batch]
            )
            if not rows:
                return done
            now = timezone.now()
            ids = [pk for pk, _ in rows]
            for start in (State.PUBLISHED, State.SUSPENDED):
                those = [pk for pk, state in rows if state == start]
                Disclosure.objects.filter(pk__in=those).update(
                    state=next_state(start, "end"),
                    ended_at=now,
                    ended_why=EXPIRED,
                    needs_correction=False,
                    version=F("version") + 1,
                    updated_at=now,
                )
            announce_many(Verb.ENDED, ids, by=by, seen=[pk for pk, state in rows if state == State.PUBLISHED])
            audit.record("disclosure.end", by=by, members=ids, detail={"on": on})
            done += len(ids)


def repair(
    disclosure: Disclosure,
    *,
    by: Actor,
    reason: str,
    basis: str = "",
    performed_on: date | None = None,
    ruling: str = "",
    on: date | None = None,
) -> Disclosure:
    """End a publication early after a repair was granted. Who: credit office, SYSTEM (the repair procedure, which has decided).

    From PUBLISHED, SUSPENDED. Refused before the earliest day (trap 34), which stays where it is, and before the duty was performed
    (`performed_on`, where the repair has found it). With the ruling of a court that a plan of bankruptcy was carried out (`ruling`, its
    number) no shortest period is asked for (国办发〔2025〕22号).
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure)
        policy.require(by, "disclosure.repair", row.source_department)
        state = next_state(row.state, "repair")
        not_awaiting(row)
        text = required(reason, "disclosure.reason", "修复依据")
        if not ruling:
            _late_enough(row, on, performed_on)
        was_public = row.state == State.PUBLISHED
        before = {"state": row.state}
        performed = {"performed_on": performed_on} if performed_on else {}
        write(row, state=state, ended_at=timezone.now(), ended_why=text[:300], needs_correction=False, **performed)
        announce(Verb.REPAIRED, row, by=by, seen=was_public)
        note("repair", row, before, by=by, reason=text, basis=basis)
    return row


def _late_enough(row: Disclosure, on: date, performed_on: date | None) -> None:
    """Refused before the first day on which repair may be granted."""
    first = row.earliest_repair_on
    if first is not None and performed_on is not None:
        first = max(first, performed_on)
    if first is None or on < first:
        when = f"，最早可申请日为{first:%Y-%m-%d}" if first else ""
        raise Refused("repair.too_early", f"尚不具备提前终止公示的条件{when}。")


def restore(disclosure: Disclosure, *, by: Actor, reason: str, basis: str = "", on: date | None = None) -> Disclosure:
    """Show again what was repaired wrongly (错修). The period runs to the same last day: with a start fixed by the document and
    an end that comes by itself there is no ground to show it longer, whatever days it was hidden (令第36号; trap 39).

    Who: credit office, SYSTEM. From REPAIRED; Refused when the last day has passed or the record is gone.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure)
        policy.require(by, "disclosure.restore", row.source_department)
        state = next_state(row.state, "restore")
        text = required(reason, "disclosure.reason", "恢复公示的原因")
        if row.record.status != RecordStatus.ACTIVE:
            raise Conflict("disclosure.record", "该记录已撤销，不能恢复公示。")
        if row.ends_on is not None and row.ends_on < on and not row.waits_for_performance:
            raise Refused("disclosure.expired", "公示期已届满，不再恢复公示。")
        before = {"state": row.state, "ended_why": row.ended_why}
        write(row, state=state, ended_at=None, ended_why="")
        announce(Verb.RESTORED, row, by=by)
        note("restore", row, before, by=by, reason=text, basis=basis)
    return row
