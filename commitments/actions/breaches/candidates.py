"""How a case begins, and how it ends when there was no breach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from commitments.actions.breaches.base import locked, moved, note, scanned, second_person, write
from commitments.models import BreachCase, Letter, Review
from commitments.models.breaches import OPEN, BreachCaseQuerySet
from commitments.rules import breaches as rules
from commitments.rules.kinds import BreachKind
from commitments.rules.states import BreachState, Fulfilment, ReviewState
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused, refuse

CHUNK = 500


def open_candidate(
    letter: Letter,
    *,
    kind: BreachKind | str,
    facts: str,
    source: rules.Source | str,
    by: Actor,
    review: Review | None = None,
    on: date | None = None,
) -> BreachCase:
    """Begin a case of suspected breach; nothing follows from it for the subject until it was heard and a second person has found.

    Clerks and reviewers of the accepting department, and the clock. Conflict when the letter is gone or has an open case; Refused
    without facts, with personal numbers in them, and for what only falls due later (trap: not a breach).
    """
    on = on or timezone.localdate()
    with acting(by):
        row = _locked_letter(letter)
        policy.require(by, "commitments.breach.handle", row.department)
        if row.fulfilment == Fulfilment.WITHDRAWN:
            raise Conflict("letter.withdrawn", "承诺书已撤回，不能提出违诺。")
        if BreachCase.objects.open().filter(letter=row).exists():
            raise Conflict("breach.open", "该承诺书已有办理中的违诺事项。", mend="请在违诺处理列表中继续办理。")
        _check_review(row, review, rules.Source(source))
        against = rules.may_open(_promise(row), kind=BreachKind(kind), source=rules.Source(source), facts=facts, on=on)
        refuse([*against, *scanned(facts=facts)])
        number, pk = next_number(on)
        case = BreachCase.objects.create(
            pk=pk,
            number=number,
            letter=row,
            subject=row.subject,
            department=row.department,
            review=review,
            source=rules.Source(source).value,
            kind=BreachKind(kind).value,
            facts=facts.strip(),
            drafted_by=by if isinstance(by, User) else None,
            drafted_on=on,
        )
        note("open", case, {"state": ""}, by=by, reason=facts.strip())
    return case


def _locked_letter(letter: Letter) -> Letter:
    return (
        Letter.objects.select_for_update(of=("self",))
        .select_related("department", "subject", "entry", "matter", "record")
        .get(pk=letter.pk)
    )


def _promise(row: Letter) -> rules.Promise:
    return rules.Promise(row.made_on, row.shortfall_due_on, row.shortfall_settled_on)


def _check_review(row: Letter, review: Review | None, source: rules.Source) -> None:
    if review is None:
        if source is rules.Source.REVIEW:
            raise Refused("breach.review", "请从复核结果提出违诺。")
        return
    if review.letter_id != row.pk or review.state != ReviewState.DONE:
        raise Refused("breach.review", "只能依据本承诺书已完成的复核提出违诺。")
    if review.outcome not in (Fulfilment.UNFULFILLED, Fulfilment.PARTLY):
        raise Refused("breach.review", "复核结果为“未履行”或“部分履行”的，方可据此提出违诺。")


def next_number(on: date) -> tuple[str, int]:
    """A number of a case, of its year, and its key; the sequence of the table gives it, so that two never wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('commitments_breachcase', 'id'))")
        pk = int(cursor.fetchone()[0])
    return f"违诺〔{on.year}〕{pk:06d}号", pk


def shortfall_candidates(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The clock's: a candidate for every 容缺 letter whose last day for its papers has passed; how many. Once for each letter.

    The last day itself is still in time. Letters whose case of this source was dismissed do not come again.
    """
    on = on or timezone.localdate()
    made, after = 0, (date.min, 0)
    while True:
        with acting(by):
            policy.require(by, "commitments.breach.handle")
            found = _overdue(on, after)
            cases = [_shortfall_case(letter, on) for letter in _without_case(found)]
            if cases:
                BreachCase.objects.bulk_create(cases)
                audit.record("commitments.breach.open", by=by, members=[case.pk for case in cases], detail={"on": on})
        made += len(cases)
        if len(found) < CHUNK:
            return made
        after = (found[-1].shortfall_due_on or on, found[-1].pk)


def _overdue(on: date, after: tuple[date, int]) -> list[Letter]:
    """The next chunk in the order of the index, locked; letters that somebody holds are left to the next run."""
    rows = (
        Letter.objects.shortfall_open()
        .filter(shortfall_due_on__lt=on, shortfall_due_on__gte=after[0])
        .filter(Q(shortfall_due_on__gt=after[0]) | Q(pk__gt=after[1]))
        .filter(~Exists(_cases(OuterRef("pk"))))
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("shortfall_due_on", "pk")
    )
    return list(rows[:CHUNK])


def _without_case(found: Sequence[Letter]) -> list[Letter]:
    """Asked again under the locks: another sweep may have committed between the question and the lock."""
    late = set(_cases([letter.pk for letter in found]).values_list("letter_id", flat=True))
    return [letter for letter in found if letter.pk not in late]


def _cases(letter: Any) -> BreachCaseQuerySet:
    """Cases that keep the clock from making one: an open one, and one of the same source, however it ended."""
    of_letter = {"letter__in": letter} if isinstance(letter, list) else {"letter": letter}
    return BreachCase.objects.filter(Q(source=rules.Source.SHORTFALL) | Q(state__in=OPEN), **of_letter)


def _shortfall_case(letter: Letter, on: date) -> BreachCase:
    number, pk = next_number(on)
    due = letter.shortfall_due_on or on
    missing = letter.shortfall_papers or "容缺材料"
    return BreachCase(
        pk=pk,
        number=number,
        letter_id=letter.pk,
        subject_id=letter.subject_id,
        department_id=letter.department_id,
        source=rules.Source.SHORTFALL.value,
        kind=BreachKind.UNFULFILLED.value,
        state=BreachState.CANDIDATE.value,
        facts=f"承诺于{due.year}年{due.month}月{due.day}日前补正的材料（{missing}）逾期未补正。",
        drafted_on=on,
    )


def dismiss(
    case: BreachCase, *, by: User, reason: str, on: date | None = None, version: str | None = None
) -> BreachCase:
    """Close a case because there was no breach; the letter and the subject carry nothing of it.

    Reviewers of the department, never who drafted it. From CANDIDATE, NOTIFIED, SERVED, FOUND. Refused without a reason.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.decide", row.department)
        state = moved(row, "dismiss")
        second_person(row, by)
        if not reason.strip():
            raise Refused("breach.reason", "请填写不予认定的理由。")
        before = {"state": row.state, "closed_on": None}
        write(row, state=state, closed_on=on, closed_why=reason.strip()[:500])
        note("dismiss", row, before, by=by, reason=reason.strip())
    return row
