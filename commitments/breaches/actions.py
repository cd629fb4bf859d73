"""The verbs of a breach: opened, told, served, heard, determined by a second person, decided out of the list, annulled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from django.utils import timezone

from casework import actions as cases
from casework.actions import hearing, verbs
from casework.actions.hearing import scanned
from casework.actions.outcomes import take_back
from casework.actions.step import At, step
from casework.actions.tips import TipReport, against, informant_of, keep_tip
from casework.models import Case, Tip
from casework.rules.attachments import AttachedFile
from casework.rules.hearing import RESPONSE_DAYS
from commitments.breaches import rules
from commitments.breaches.models import BreachCase, BreachMeasure
from commitments.breaches.record import enter_breach
from commitments.breaches.rules import BREACH, Source
from commitments.lists.queries.measures import facts_of, listed
from commitments.lists.rules import measures as choosing
from commitments.models import CommitmentLetter, Measure, Review
from commitments.reviews.rules.days import AGAIN_WITHIN
from commitments.rules.kinds import BreachKind, ReviewKind
from commitments.rules.states import FULFILMENT_LABELS, LETTER_MOVES, Fulfilment, ReviewState
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Refused, at_field, refuse
from credit_platform.moves import next_state
from credit_platform.workdays.queries import calendar


def open_candidate(
    letter: CommitmentLetter,
    *,
    kind: BreachKind | str,
    facts: str,
    source: Source | str,
    by: Actor,
    review: Review | None = None,
    on: date | None = None,
) -> Case:
    """Begin a case of suspected breach; nothing follows from it for the subject until it was heard and a second person has determined.

    Clerks and reviewers of the accepting department, and the clock. Conflict when the letter is gone or has an open case; Refused
    without facts, with personal numbers in them, and for what only falls due later (that is no breach).
    """
    on = on or timezone.localdate()
    kind, source = BreachKind(kind), Source(source)
    with acting(by):
        row = _locked_letter(letter)
        policy.require(by, rules.HANDLE, row.department)
        if row.fulfilment == Fulfilment.WITHDRAWN:
            raise Conflict("letter.withdrawn", "承诺书已撤回，不能提出违诺。")
        if BreachCase.objects.open().filter(letter=row).exists():
            raise Conflict("breach.open", "该承诺书已有办理中的违诺事项。", mend="请在违诺处理列表中继续办理。")
        _check_review(row, review, source)
        promise = rules.Promise(row.made_on, row.shortfall_due_on, row.shortfall_settled_on)
        refuse([*rules.may_open(promise, kind=kind, source=source, facts=facts, on=on), *scanned(facts=facts)])
        own = {"letter": row, "review": review, "source": source.value, "kind": kind.value, "facts": facts.strip()}
        return cases.open_case(
            BREACH, subject=row.subject, department=row.department, by=by, on=on, reason=facts.strip(), own=own
        )


def _locked_letter(letter: CommitmentLetter) -> CommitmentLetter:
    rows = CommitmentLetter.objects.select_for_update(of=("self",))
    return rows.select_related("department", "subject", "entry", "matter", "record").get(pk=letter.pk)


def _check_review(row: CommitmentLetter, review: Review | None, source: Source) -> None:
    if review is None:
        if source is Source.REVIEW:
            raise Refused("breach.review", "请从复核结果提出违诺。")
        return
    if review.letter_id != row.pk or review.state != ReviewState.DONE:
        raise Refused("breach.review", "只能依据本承诺书已完成的复核提出违诺。")
    if review.outcome not in (Fulfilment.UNFULFILLED, Fulfilment.PARTLY):
        raise Refused("breach.review", "复核结果为“未履行”或“部分履行”的，方可据此提出违诺。")


def open_reported(
    letter: CommitmentLetter,
    *,
    kind: BreachKind | str,
    facts: str,
    told: TipReport,
    attachments: Sequence[AttachedFile] = (),
    by: User,
    on: date | None = None,
) -> Case:
    """Begin a case on a tip that was looked into: `facts` are what the department found, not what was told.

    Clerks and reviewers of the accepting department. Raises what `open_candidate` raises; Refused without what was told, for a day
    before the letter or in the future, and for personal numbers in what was told (other handlers read it).
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.HANDLE, letter.department)
        refuse([*against(told, since=letter.made_on, on=on), *scanned(account=told.account)])
        case = open_candidate(letter, kind=kind, facts=facts, source=Source.REPORT, by=by, on=on)
        kept = cases.attach(case, attachments, role="tip", by=by)
        keep_tip(case, told, by=by, attachments=len(kept))
    return case


def informant(tip: Tip, *, by: User, purpose: str) -> str:
    """Who told it, in clear for who handles the case; the look is registered first."""
    return informant_of(tip, permission=rules.HANDLE, by=by, purpose=purpose)


def notify(
    case: Case,
    *,
    notice: str,
    intended: Sequence[str],
    by: User,
    days: int = RESPONSE_DAYS,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Tell the subject what it is said to have done. Clerks and reviewers of the department, from CANDIDATE.

    `intended` are codes of measures of the matter's entry: only what was told can be decided later. `days` are working days, 3 to 60.
    """
    with step(BREACH, case, "notify", by=by, on=on, version=version) as at:
        hearing.notify(at, notice=notice, intended=intended, days=days, against=_against_intended(at, intended))
        at.basis = rules.ARTICLE
    return at.case


def _against_intended(at: At, intended: Sequence[str]) -> list[Finding]:
    known = {measure.code: measure for measure in listed(at.own)}
    if strange := [code for code in intended if code not in known]:
        words = f"措施{'、'.join(strange)}不在该事项的违诺措施清单内。"
        return [at_field("measure.not-listed", "intended", words)]
    chosen = [facts_of(known[code]) for code in sorted(set(intended))]
    return list(choosing.against(chosen, listed=known, announced=intended, kind=BreachKind(at.own.kind), on=at.on))


serve = partial(verbs.serve, BREACH)
"""Clerks and reviewers of the department, from NOTIFIED."""
hear = partial(verbs.hear, BREACH)
"""Clerks and reviewers of the department, from SERVED."""
respond = partial(verbs.respond, BREACH)
"""The company, once, until its last day. From SERVED."""
determine = partial(verbs.determine, BREACH)
"""Reviewers of the department, never who drafted the case. From SERVED; Refused while the subject may still respond."""


def decide(
    case: Case,
    *,
    document_number: str,
    measures: Sequence[str],
    by: User,
    on: date | None = None,
    notes: Mapping[str, str] | None = None,
    version: str | None = None,
) -> Case:
    """The decision: its document, and the measures by code, out of the matter's list and of what was told.

    Reviewers of the department, never who drafted the case. From DETERMINED. In one transaction the breach is entered in the ledger (XYWN),
    published as the catalogue says, the letter becomes 未履行 and a bar runs from the day after the decision. Refused with all findings.
    """
    with step(BREACH, case, "decide", by=by, on=on, version=version) as at:
        chosen, wrong = _chosen(at, measures)
        hearing.decide(at, document_number=document_number, against=wrong)
        bar = choosing.bar([facts_of(measure) for measure in chosen], at.on)
        at.own.barred_until = bar.until if bar else None
        _take(at, chosen, notes or {})
        _assess(at.own.letter, Fulfilment.UNFULFILLED, at.on)
        at.case.record = enter_breach(at.own, chosen, by=by)
        at.reason, at.basis = at.case.reasons, rules.ARTICLE
        at.detail |= {"measures": sorted(measures), "bar": bar.line if bar else ""}
    return at.case


def _chosen(at: At, codes: Sequence[str]) -> tuple[list[Measure], list[Finding]]:
    known = {measure.code: measure for measure in listed(at.own)}
    strange = Measure.objects.filter(code__in=[code for code in codes if code not in known])
    chosen = [*(known[code] for code in sorted(set(codes)) if code in known), *strange]
    facts, kind = [facts_of(measure) for measure in chosen], BreachKind(at.own.kind)
    return chosen, list(choosing.against(facts, listed=known, announced=at.hearing.intended, kind=kind, on=at.on))


def _take(at: At, chosen: Sequence[Measure], notes: Mapping[str, str]) -> None:
    BreachMeasure.objects.bulk_create(
        BreachMeasure(
            breach=at.own,
            measure=measure,
            until=choosing.until(facts_of(measure), at.on),
            note=notes.get(measure.code, "").strip()[:500],
        )
        for measure in chosen
    )


def _assess(letter: CommitmentLetter, result: Fulfilment, on: date, **more: object) -> None:
    state = next_state(
        LETTER_MOVES,
        FULFILMENT_LABELS,
        Fulfilment(letter.fulfilment),
        f"assess-{result}",
        code="letter.state",
        what="承诺书",
    )
    letter.fulfilment, letter.assessed_on, letter.updated_at = state.value, on, timezone.now()
    for name, value in more.items():
        setattr(letter, name, value)
    letter.save(update_fields=["fulfilment", "assessed_on", "updated_at", *more])


dismiss = partial(verbs.close, BREACH, "dismiss", "请填写不予认定的理由。")
"""There was no breach; the letter and the subject carry nothing of it. Reviewers, never who drafted the case. From CANDIDATE to DETERMINED."""


def annul(
    case: Case,
    *,
    reason: str,
    public_note: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Take a decision back: it was annulled (reconsideration, judgment, own correction) `on` a day.

    Reviewers of the department, never who drafted the case. From DECIDED. The record is revoked and its disclosure withdrawn with the
    public note in the same transaction, the bar ends, and the letter is looked at anew. Refused without reason or public note
    (行政处罚法 art. 48: the public is told within 3 working days of the annulment).
    """
    with step(BREACH, case, "annul", by=by, on=on, version=version) as at:
        hearing.close(at, reason=reason, public_note=public_note, words="请填写撤销理由。")
        until = calendar().due_on(at.on, rules.NOTE_WITHIN)
        at.detail |= {"tell_until": until, "in_time": timezone.localdate() <= until}
        at.own.barred_until = None
        take_back(at.case.record, reason=at.case.closed_why, public_note=at.case.public_note, by=by, on=at.on)
        _look_again(at)
    return at.case


def _look_again(at: At) -> None:
    """The letter is 履行中 again and due for a review, unless another decision stands or it was withdrawn meanwhile."""
    letter = at.own.letter
    others = BreachCase.objects.decided().filter(letter=letter).exclude(pk=at.case.pk)
    if letter.fulfilment == Fulfilment.WITHDRAWN or others.exists():
        return
    again = calendar().deadline(at.on, AGAIN_WITHIN)
    _assess(
        letter,
        Fulfilment.PERFORMING,
        at.on,
        next_review_on=again.due_on,
        next_review_kind=ReviewKind.PERIODIC.value,
        review_provisional=again.provisional,
    )
