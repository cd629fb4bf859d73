"""The end: by the last day, or early by a repair, and a wrong repair undone."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from disclosure.actions.base import announce, announce_many, locked, note, required, write
from disclosure.actions.lowering import not_awaiting
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.rules.states import State, next_state
from records.rules import RecordStatus

EXPIRED = "公示期届满"


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
