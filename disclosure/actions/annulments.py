"""One person says that the decision behind a public item was revoked: it is hidden at once, and a second person withdraws it or shows it again.

An annulled decision must leave the public within 3 working days (行政处罚法 art. 48), and a wrong publication harms a firm every hour; but a
serious penalty must not vanish on one clerk's word either. So the word hides, and only two people withdraw. The ledger asks `held` before
it revokes a record; `lowering.confirm` and `lowering.deny` are the second person's verbs, and their list is the same.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM, Actor, OnBehalf
from credit_platform.errors import Conflict
from disclosure.actions.base import NEVER_PUBLIC, announce, locked, note, staff, write
from disclosure.followers import Verb
from disclosure.kinds import kind
from disclosure.models import Disclosure, Lowering
from disclosure.queries.deadlines import withdrawal_due
from disclosure.queries.evaluation import Evaluator
from disclosure.rules.states import State, next_state
from disclosure.rules.values import REVOCATION
from records.actions.changes import revoke
from records.models import CreditRecord

WAITS = "原决定已撤销，待复核"
"""Why such an item is hidden; so it is told from what was hidden before, which a refusal does not show again."""


def held(record: CreditRecord, *, by: Actor, reason: str, on: date) -> bool:
    """Whether a revocation waits for a second person; then the item is hidden and the word of the first one is written down.

    It waits where the public sees the item (or would again, after a suspension) and where one person of staff or an interface speaks for
    himself: not the platform, nor who carries out what two people decided (`OnBehalf`). What is published as it enters goes as it came,
    except what weighs on its subject (a breach, which two people decided). `on` is the day of the annulment; from it the 3 working days
    run. Conflict when it waits already.
    """
    if isinstance(by, OnBehalf) or by.actor_kind == SYSTEM.actor_kind:
        return False
    found = Disclosure.objects.filter(record=record).first()
    if found is None or (found.on_entry and not kind(found.kind).serious):
        return False
    row = locked(found)  # what is being published at this moment counts as public
    if row.state not in (State.PUBLISHED, State.SUSPENDED):
        return False
    if row.awaits_confirmation:
        raise Conflict(
            "disclosure.annulment-waits",
            "该记录的撤销已经登记，正在待他人复核。",
            mend="请由本单位另一名审核员或市信用办在该公示事项页办理。",
        )
    _hide(row, by=by, reason=reason, on=on)
    return True


def _hide(row: Disclosure, *, by: Actor, reason: str, on: date) -> None:
    Lowering.objects.create(
        disclosure=row,
        department_id=row.source_department_id,
        what=REVOCATION,
        text=WAITS,
        reason=reason[:500],
        annulled_on=on,
        said_by=staff(by),
        said_by_name=by.actor_name[:200],
    )
    was_public = row.state == State.PUBLISHED
    before = {"state": row.state, "ended_why": row.ended_why}
    values: dict[str, Any] = {"awaits_confirmation": True, "withdraw_due_on": withdrawal_due(on).due_on}
    if was_public:
        values |= {"ended_why": WAITS, "ended_at": timezone.now()}
    write(row, state=next_state(row.state, "annul"), **values)
    if was_public:
        announce(Verb.SUSPENDED, row, by=by)
    note("annul", row, before, by=by, reason=reason, detail={"annulled_on": on})


def record_first(disclosure: Disclosure) -> None:
    """Lock the record before its item, as the ledger does, when the confirmation will revoke it: two orders would block each other."""
    if disclosure.lowerings.waiting().filter(what=REVOCATION).exists():
        CreditRecord.objects.select_for_update().only("pk").get(pk=disclosure.record_id)


def carry_out(row: Disclosure, said: Lowering, *, by: Actor) -> None:
    """Revoke the record as the first person said; the ledger's followers withdraw the item with its public note."""
    day = said.annulled_on or timezone.localdate(said.said_at)
    revoke(row.record, by=OnBehalf(by), reason=said.reason, on=day)
    row.refresh_from_db()


def back(row: Disclosure, on: date) -> dict[str, Any]:
    """The columns of an item whose decision still stands: public again to the same last day. What was hidden before, is over, or may
    never be public by what its record says since, stays hidden."""
    values: dict[str, Any] = {"withdraw_due_on": None}
    if row.ended_why != WAITS:
        return values
    if row.needs_correction and Evaluator(on).of(row).facts.not_public:
        return values | {"ended_why": NEVER_PUBLIC}
    if row.ends_on is not None and row.ends_on < on and not row.waits_for_performance:
        return values
    return values | {"state": next_state(row.state, "deny"), "ended_why": "", "ended_at": None}
