"""How an objection ends: answered by a second person with what that does to the public item, and once more on appeal by a third."""

from __future__ import annotations

from datetime import date

from casework.actions import hearing
from casework.actions.step import At, step
from casework.models import Case
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden, required
from credit_platform.workdays.queries import calendar
from disclosure.actions.published import correct, withdraw
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from disclosure.rules.states import State as Shown
from objections.actions.base import marked, tell, unmarked
from objections.rules import procedure as rules
from objections.rules.procedure import OBJECTION, OUTCOME_LABELS, Outcome

REMEDY = "对本答复不服的，可以申请复核一次，也可以依法申请行政复议或者提起行政诉讼。"


def decide(
    case: Case,
    *,
    outcome: Outcome | str,
    answer: str,
    public_note: str = "",
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Answer who objected, with reasons and remedies; what the outcome does to the public item happens in the same transaction.

    Credit office, never who drafted or accepted the objection nor who verified it, from ANSWERED. CORRECTED shows what the record says now
    (its correction is confirmed here by a second person), STOPPED and WITHDRAWN take the item from the public with the note, UNCLEAR
    leaves it with both sides' word, UPHELD as it is. Refused with all findings.
    """
    outcome = Outcome(outcome)
    with step(OBJECTION, case, "decide", by=by, on=on, version=version) as at:
        _another(by, at.own.accepted_by_id, at.own.answered_by_id)
        _answer(at, outcome, answer, public_note, finding=at.own.finding, by=by)
        own = at.own
        own.outcome, own.answer, own.answered_to_by = outcome.value, answer.strip(), by
        own.appeal_until = calendar().due_on(at.on, rules.APPEAL_WITHIN)
        tell(at, "decided", f"{OUTCOME_LABELS[outcome]}。{answer.strip()}{REMEDY}")
    return at.case


def appeal(case: Case, *, reasons: str, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """Take the answer to the credit office, once, within its days (the last one included).

    Who objected, or the window for it, from DECIDED. Refused later and without reasons; a second time there is no such step.
    """
    with step(OBJECTION, case, "appeal", by=by, on=on, version=version) as at:
        own = at.own
        at.refuse(rules.may_appeal(decided_on=at.case.moved_on, last_on=own.appeal_until, on=at.on, reasons=reasons))
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
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """The last word of the platform, by a third person. Credit office, never who accepted or answered, from APPEALED. Refused as `decide`."""
    outcome = Outcome(outcome)
    with step(OBJECTION, case, "settle", by=by, on=on, version=version) as at:
        _another(by, at.own.accepted_by_id, at.own.answered_by_id, at.own.answered_to_by_id)
        _answer(at, outcome, answer, public_note, finding="", by=by)
        at.own.settled_by, at.own.settled_outcome, at.own.settlement = by, outcome.value, answer.strip()
        tell(at, "settled", f"{OUTCOME_LABELS[outcome]}。{answer.strip()}")
    return at.case


def _another(by: User, *earlier: int | None) -> None:
    if by.pk in earlier:
        raise Forbidden("objection.two_people", "受理、核实和答复不能由同一人办理。", mend="请由市信用办另一人办理。")


def _answer(at: At, outcome: Outcome, answer: str, public_note: str, *, finding: str, by: User) -> None:
    """Hold the rules, do what the outcome does, and take the marks away."""
    item = Disclosure.objects.select_related("record").get(pk=at.own.disclosure_id)
    found = rules.may_decide(
        outcome,
        finding=finding,
        is_corrected=item.needs_correction,
        is_shown=item.state in (Shown.PUBLISHED, Shown.SUSPENDED),
        is_over=item.ends_on is not None and item.ends_on < at.on and not item.waits_for_performance,
        public_note=public_note,
    )
    words = required(answer, "answer", "请写明答复的理由。", rule="objection.answer", most=rules.LONGEST)
    at.refuse([*found, *words, *hearing.scanned(answer=answer, public_note=public_note)])
    at.case.public_note, at.case.decided_by, at.case.decided_on = public_note.strip()[:500], by, at.on
    at.case.closed_why, at.reason = OUTCOME_LABELS[outcome], OUTCOME_LABELS[outcome]
    at.basis = rules.ARTICLE
    put = (Mark.DISPUTED,) if outcome is Outcome.UNCLEAR else ()
    unmarked(at.own, by=by, reason=at.case.number, put=put)
    _effect(
        Disclosure.objects.get(pk=item.pk),
        outcome,
        f"{at.case.number}：{OUTCOME_LABELS[outcome]}",
        public_note,
        by=by,
        on=at.on,
    )


def _effect(item: Disclosure, outcome: Outcome, reason: str, public_note: str, *, by: User, on: date) -> None:
    if outcome is Outcome.CORRECTED:
        correct(item, by=by, reason=reason, on=on, confirm_doubts=True)
    elif outcome in (Outcome.STOPPED, Outcome.WITHDRAWN) and item.state not in (Shown.WITHDRAWN, Shown.ENDED):
        withdraw(item, by=by, reason=reason, public_note=public_note or OUTCOME_LABELS[outcome])
