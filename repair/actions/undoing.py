"""False papers, a false or broken commitment: the subject is told and heard, another person undoes the repair, and what follows from it follows."""

from __future__ import annotations

from datetime import date
from functools import partial

from casework.actions import hearing, verbs
from casework.actions.step import At, step
from casework.models import Case
from casework.rules.hearing import RESPONSE_DAYS
from commitments.breaches.actions import open_candidate
from commitments.breaches.rules import Source
from commitments.models import BreachCase
from commitments.rules.kinds import BreachKind
from credit_platform.accounts.actors import OnBehalf
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from disclosure.actions.published import restore
from disclosure.models import Disclosure
from disclosure.rules.states import State as Shown
from repair.actions.base import REMEDY, another, pass_on, tell
from repair.followers import Effect
from repair.models import RepairBlock, RepairCase
from repair.queries.eligibility import block_months
from repair.rules import procedure
from repair.rules.handling import blocked_until
from repair.rules.procedure import GROUND_LABELS, REPAIR, Ground
from sanctions.lists.actions import reinstate
from sanctions.lists.models import ListEntry


def notify(
    case: Case,
    *,
    ground: Ground | str,
    notice: str,
    by: User,
    days: int = RESPONSE_DAYS,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Tell the subject that its repair is to be undone, with facts and ground. Credit office, from GRANTED; `days` are working days, 3 to 60."""
    with step(REPAIR, case, "notify", by=by, on=on, version=version) as at:
        hearing.notify(at, notice=notice, days=days)
        at.own.ground, at.own.accused_by = Ground(ground).value, by
        at.basis = procedure.ARTICLE
        tell(at, "notified", f"拟撤销信用修复：{GROUND_LABELS[Ground(ground)]}。可以陈述申辩。")
    return at.case


serve = partial(verbs.serve, REPAIR)
"""Credit office, from NOTIFIED."""
hear = partial(verbs.hear, REPAIR)
"""Credit office, from SERVED."""
respond = partial(verbs.respond, REPAIR)
"""The company whose repair it is, in its account, once, until its last day. From SERVED."""


def undo(
    case: Case, *, reasons: str, considered: str = "", by: User, on: date | None = None, version: str | None = None
) -> Case:
    """Undo a repair. Credit office, never who told the subject, from SERVED, once it was heard.

    In the same transaction: the item is shown until its first last day and no longer (what is over stays over), an entry stands again, no application
    of the subject is taken for the months of the rule in force, and the commitment it signed becomes a suspected breach with a hearing of its own.
    """
    with step(REPAIR, case, "undo", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        another(by, own.accused_by_id)
        at.refuse(hearing.scanned(reasons=reasons, considered=considered))
        hearing.determine(at, reasons=reasons, considered=considered)
        own.undone_by, own.undone_on = by, at.on
        at.case.closed_why = f"撤销修复：{GROUND_LABELS[Ground(own.ground)]}"
        at.basis = procedure.ARTICLE
        shown = _shown_again(at, by=by)
        blocked = _block(at, by=by)
        _suspect(at, by=by)
        pass_on(at, Effect.UNDONE)
        again = "恢复公示至原截止日。" if shown else "原公示期已经届满，不再恢复公示。"
        tell(at, "undone", f"撤销信用修复。{again}{blocked}{REMEDY}")
    return at.case


def clear(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Nothing of it was so: the repair stands. Credit office, never who told the subject, from NOTIFIED and SERVED."""
    with step(REPAIR, case, "clear", by=by, on=on, version=version) as at:
        another(by, at.own.accused_by_id)
        hearing.close(at, reason=reason, words="请写明维持修复的理由。")
        at.own.ground = ""
        tell(at, "cleared", f"维持信用修复：{reason.strip()}")
    return at.case


def _shown_again(at: At, *, by: User) -> bool:
    """Whether the item is public again: not when its last day has passed or its record is gone."""
    own: RepairCase = at.own
    words = f"撤销信用修复：{at.case.number}"
    item = Disclosure.objects.select_related("record").get(pk=own.disclosure_id)
    is_over = item.ends_on is not None and item.ends_on < at.on and not item.waits_for_performance
    if own.entry_id is not None:
        entry = ListEntry.objects.get(pk=own.entry_id)
        if entry.ends_on is not None and entry.ends_on < at.on:
            return False
        assert own.accused_by is not None  # noqa: S101 - the step before
        reinstate(entry, asked_by=own.accused_by, reason=words, by=by)
        return True
    if is_over or item.state != Shown.REPAIRED:
        return False
    restore(item, by=by, reason=words, basis=procedure.ARTICLE, on=at.on)
    return True


def _block(at: At, *, by: User) -> str:
    """Write the block by the rule in force, and say it; "" while no rule is."""
    found = block_months(at.on)
    if found is None or at.case.subject is None:
        return ""
    months, basis = found
    until = blocked_until(at.on, months)
    row = RepairBlock.objects.create(case=at.own, subject=at.case.subject, since=at.on, until=until, basis=basis)
    audit.record("repair.block", row, by=by, after={"until": until, "months": months}, basis=basis)
    return f"按规定{months}个月内不受理修复申请。"


def _suspect(at: At, *, by: User) -> None:
    """The letter that was signed for the repair is suspected of a breach: the new record comes only from that procedure."""
    own: RepairCase = at.own
    letter = own.promise
    if letter is None or BreachCase.objects.open().filter(letter=letter).exists():
        return
    kind = BreachKind.UNFULFILLED if own.ground == Ground.BROKEN else BreachKind.FALSE
    facts = f"信用修复{at.case.number}被撤销：{GROUND_LABELS[Ground(own.ground)]}。{at.case.reasons}"[:1000]
    made = open_candidate(letter, kind=kind, facts=facts, source=Source.DESK, by=OnBehalf(by), on=at.on)
    at.detail["breach"] = made.number
