"""How an objection ends: answered by a second person, and once more on appeal by a third."""

from __future__ import annotations

from datetime import date

from casework.actions import hearing
from casework.actions.step import At, step
from casework.models import Case
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden, required
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from disclosure.rules.states import State as Shown
from objections.actions.base import marked, tell, unmarked
from objections.actions.effects import Effect, carry_out
from objections.queries.outcomes import is_over, listed_entry
from objections.rules import procedure as rules
from objections.rules.outcomes import OUTCOME_LABELS, REMEDY, Outcome, Verified, may_appeal, may_decide
from objections.rules.procedure import OBJECTION


def decide(
    case: Case,
    *,
    outcome: Outcome | str,
    answer: str,
    public_note: str = "",
    old_is_private: bool = False,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Answer who objected, with reasons and remedies; what the outcome does to the public item happens in the same transaction.

    Credit office, never who drafted, confirmed or accepted the objection nor who verified it, from ANSWERED. What each outcome does:
    `effects.carry_out`. `old_is_private`: what was shown before is not told with the correction. Refused with all findings.
    """
    outcome = Outcome(outcome)
    with step(OBJECTION, case, "decide", by=by, on=on, version=version) as at:
        own = at.own
        _another(by, own.confirmed_by_id, own.accepted_by_id, own.answered_by_id)
        _hold(at, outcome, answer, public_note, finding=own.finding, by=by)
        own.outcome, own.answer, own.answered_to_by = outcome.value, answer.strip(), by
        own.appeal_until = calendar().due_on(at.on, rules.APPEAL_WITHIN)
        first = own.answered_by if own.finding == Verified.WRONG else own.accepted_by
        carry_out(at, Effect(outcome, first, public_note, old_is_private), by=by)
        tell(at, "decided", f"{OUTCOME_LABELS[outcome]}。{answer.strip()}{REMEDY}")
    return at.case


def appeal(case: Case, *, reasons: str, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """Take the answer to the credit office, once, within its days (the last one included).

    Who objected, or the window for it, from DECIDED. Refused later and without reasons; a second time there is no such step.
    """
    with step(OBJECTION, case, "appeal", by=by, on=on, version=version) as at:
        own = at.own
        at.refuse(may_appeal(last_on=own.appeal_until, on=at.on, reasons=reasons))
        own.appeal_reasons, own.appealed_on = reasons.strip(), at.on
        at.due(rules.SETTLE_WITHIN)
        marked(own.disclosure, put=(Mark.OBJECTION,), by=by, reason=at.case.number)
        tell(at, "appealed", "复核申请已收到。")
    return at.case


def settle(
    case: Case,
    *,
    outcome: Outcome | str,
    answer: str,
    public_note: str = "",
    old_is_private: bool = False,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """The last word of the platform, by a third person. Credit office, never who confirmed, accepted or answered, from APPEALED. Refused as
    `decide`."""
    outcome = Outcome(outcome)
    with step(OBJECTION, case, "settle", by=by, on=on, version=version) as at:
        own = at.own
        _another(by, own.confirmed_by_id, own.accepted_by_id, own.answered_by_id, own.answered_to_by_id)
        _hold(at, outcome, answer, public_note, finding="", by=by)
        own.settled_by, own.settled_outcome, own.settlement = by, outcome.value, answer.strip()
        carry_out(at, Effect(outcome, own.answered_to_by, public_note, old_is_private), by=by)
        tell(at, "settled", f"{OUTCOME_LABELS[outcome]}。{answer.strip()}")
    return at.case


def _another(by: User, *earlier: int | None) -> None:
    if by.pk in earlier:
        raise Forbidden("objection.two_people", "受理、核实和答复不能由同一人办理。", mend="请由市信用办另一人办理。")


def _hold(at: At, outcome: Outcome, answer: str, public_note: str, *, finding: str, by: User) -> None:
    """Hold the rules, write what the case keeps of an answer, and take the marks away."""
    item = Disclosure.objects.select_related("record__subject").get(pk=at.own.disclosure_id)
    found = may_decide(
        outcome,
        finding=finding,
        is_corrected=item.needs_correction,
        is_shown=item.state in (Shown.PUBLISHED, Shown.SUSPENDED),
        is_over=is_over(item, at.on),
        is_listed=listed_entry(item, at.on) is not None,
        public_note=public_note,
    )
    words = required(answer, "answer", "请写明答复的理由。", rule="objection.answer", most=rules.LONGEST)
    at.refuse([*found, *words, *hearing.scanned(answer=answer, public_note=public_note)])
    at.case.public_note, at.case.decided_by, at.case.decided_on = public_note.strip()[:500], by, at.on
    at.case.closed_why, at.reason = OUTCOME_LABELS[outcome], OUTCOME_LABELS[outcome]
    at.basis = rules.ARTICLE
    unmarked(at.own, by=by, reason=at.case.number, put=(Mark.DISPUTED,) if outcome is Outcome.UNCLEAR else ())
