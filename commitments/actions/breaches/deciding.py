"""The decision with its measures, the record of the breach, and the annulment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from commitments.actions.breaches.base import facts_of, listed, locked, moved, note, scanned, second_person, write
from commitments.actions.breaches.record import enter_breach, take_back
from commitments.models import BreachCase, BreachMeasure, Letter, Measure
from commitments.rules import breaches as rules
from commitments.rules import measures as choosing
from commitments.rules.kinds import BreachKind, ReviewKind
from commitments.rules.reviews import AGAIN_WITHIN
from commitments.rules.states import FULFILMENT_LABELS, LETTER_MOVES, BreachState, Fulfilment, next_state
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Level, Refused, refuse
from credit_platform.workdays.queries import calendar


def decide(
    case: BreachCase,
    *,
    document_number: str,
    measures: Sequence[str],
    by: User,
    on: date | None = None,
    notes: Mapping[str, str] | None = None,
    version: str | None = None,
) -> BreachCase:
    """The decision: its document, and the measures by code, out of the matter's list and of what was told.

    Reviewers of the department, never who drafted the case. From FOUND. In one transaction the breach is entered in the ledger (XYWN),
    published as the catalogue says, the letter becomes 未履行 and a bar runs from the day after the decision. Refused with all findings.
    """
    today = timezone.localdate()
    on = on or today
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.decide", row.department)
        state = moved(row, "decide")
        second_person(row, by)
        chosen = _chosen(row, measures, on, today, document_number)
        facts = [facts_of(measure) for measure in chosen]
        bar = choosing.bar(facts, on)
        before = {"state": row.state, "decided_on": None, "barred_until": None}
        write(
            row,
            state=state,
            decided_by=by,
            decided_on=on,
            document_number=document_number.strip(),
            barred_until=bar.until if bar else None,
            closed_on=on,
        )
        _take(row, chosen, on, notes or {})
        _assess(row.letter, Fulfilment.UNFULFILLED, on)
        write(row, record=enter_breach(row, chosen, by=by))
        detail = {"measures": sorted(measures), "bar": bar.line if bar else ""}
        note("decide", row, before, by=by, reason=row.reasons, basis=rules.ARTICLE, detail=detail)
    return row


def _chosen(row: BreachCase, codes: Sequence[str], on: date, today: date, document_number: str) -> list[Measure]:
    found = list(rules.in_order("决定日期", on, after=row.found_on, today=today))
    if not document_number.strip():
        found.append(Finding("breach.document", Level.ERROR, "请填写决定文书号。", field="document_number"))
    known = {measure.code: measure for measure in listed(row)}
    strange = Measure.objects.filter(code__in=[code for code in codes if code not in known])
    chosen = [*(known[code] for code in sorted(set(codes)) if code in known), *strange]
    kind = BreachKind(row.kind)
    facts = [facts_of(measure) for measure in chosen]
    refuse([*found, *choosing.against(facts, listed=known, told=row.intended, kind=kind, on=on)])
    return chosen


def _take(row: BreachCase, chosen: Sequence[Measure], on: date, notes: Mapping[str, str]) -> None:
    BreachMeasure.objects.bulk_create(
        BreachMeasure(
            case=row,
            measure=measure,
            until=choosing.until(facts_of(measure), on),
            note=notes.get(measure.code, "").strip()[:500],
        )
        for measure in chosen
    )


def _assess(letter: Letter, result: Fulfilment, on: date, **more: object) -> None:
    state = next_state(LETTER_MOVES, FULFILMENT_LABELS, Fulfilment(letter.fulfilment), f"assess-{result}")
    letter.fulfilment = state.value
    letter.assessed_on = on
    letter.updated_at = timezone.now()
    for name, value in more.items():
        setattr(letter, name, value)
    letter.save(update_fields=["fulfilment", "assessed_on", "updated_at", *more])


def annul(
    case: BreachCase,
    *,
    reason: str,
    public_note: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> BreachCase:
    """Take a decision back: it was annulled (reconsideration, judgment, own correction) `on` a day.

    Reviewers of the department, never who drafted the case. From DECIDED. The record is revoked and its disclosure withdrawn with the
    public note in the same transaction, the bar ends, and the letter is looked at anew. Refused without reason or public note
    (行政处罚法 art. 48: the public is told within 3 working days of the annulment).
    """
    today = timezone.localdate()
    on = on or today
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.decide", row.department)
        state = moved(row, "annul")
        second_person(row, by)
        if not reason.strip() or not public_note.strip():
            raise Refused("breach.annul", "请填写撤销理由和对外说明。", article="《行政处罚法》第四十八条")
        found = rules.in_order("撤销日期", on, after=row.decided_on, today=today)
        refuse([*found, *scanned(public_note=public_note)])
        until = calendar().due_on(on, rules.NOTE_WITHIN)
        before = {"state": row.state, "barred_until": row.barred_until}
        write(
            row,
            state=state,
            barred_until=None,
            closed_on=on,
            closed_why=reason.strip()[:500],
            public_note=public_note.strip()[:500],
        )
        take_back(row, reason=reason.strip(), public_note=public_note.strip(), by=by, on=on)
        _look_again(row, on)
        detail = {"tell_until": until, "in_time": today <= until}
        note("annul", row, before, by=by, reason=reason.strip(), detail=detail)
    return row


def _look_again(row: BreachCase, on: date) -> None:
    """The letter is 履行中 again and due for a review, unless another decision stands or it was withdrawn meanwhile."""
    letter = row.letter
    others = BreachCase.objects.filter(letter=letter, state=BreachState.DECIDED).exclude(pk=row.pk)
    if letter.fulfilment == Fulfilment.WITHDRAWN or others.exists():
        return
    again = calendar().deadline(on, AGAIN_WITHIN)
    _assess(
        letter,
        Fulfilment.PERFORMING,
        on,
        next_review_on=again.due_on,
        next_review_kind=ReviewKind.PERIODIC.value,
        review_provisional=again.provisional,
    )
