"""One sweep over every deadline of every procedure: told before it, when it is late, to the head, to the credit office (督办).

Set-wise and harmless when run twice: a constraint holds one notice of a kind for a case and its deadline, and a deadline that moved is told
anew. A day without a run loses nothing, since what is left is asked, not whether today is the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casework.models import Case, Notice, Urging
from casework.rules import procedures
from casework.rules.clocks import late_since
from casework.rules.procedures import Procedure
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar

CHUNK = 1000
ANSWER_WITHIN = 3
"""Working days for the answer to an urging (parameter)."""
LATE, HEAD, OFFICE = "late", "head", "office"


def remind(on: date | None = None, *, by: Actor = SYSTEM) -> dict[str, int]:
    """The sweep of a day: how many new notices of each kind."""
    on = on or timezone.localdate()
    days = calendar()
    made: dict[str, int] = {}
    with acting(by):
        policy.require(by, "casework.remind")
        for procedure in procedures.known():
            for kind, first, last in spans(procedure, on, days):
                made[kind] = made.get(kind, 0) + _tell(procedure, kind, first, last, on)
        if any(made.values()):
            audit.record("casework.remind", by=by, detail={"on": on, **{kind: n for kind, n in made.items() if n}})
    return made


def spans(procedure: Procedure, on: date, days: Calendar) -> list[tuple[str, date, date]]:
    """Of each kind of notice the deadlines that it is about on a day, first and last; what is nearest is told as nearest."""
    found, first = [], on
    for left in sorted(procedure.ladder.before):
        last = days.due_on(on, left)
        found.append((f"soon-{left}", first, last))
        first = last + timedelta(days=1)
    late = [(LATE, 1), (HEAD, procedure.ladder.head), (OFFICE, procedure.ladder.office)]
    return found + [(kind, date.min, late_since(days, on, count)) for kind, count in late]


def _tell(procedure: Procedure, kind: str, first: date, last: date, on: date) -> int:
    told = Notice.objects.filter(case=OuterRef("pk"), kind=kind, about=OuterRef("due_on"))
    rows = Case.objects.of(procedure).running().filter(~Exists(told), due_on__gte=first, due_on__lte=last)
    made = 0
    while cases := list(rows.select_for_update(of=("self",), skip_locked=True).order_by("due_on", "pk")[:CHUNK]):
        Notice.objects.bulk_create([_notice(procedure, case, kind, on) for case in cases], ignore_conflicts=True)
        if kind == OFFICE:
            _escalate(cases, on)
        made += len(cases)
    return made


def _notice(procedure: Procedure, case: Case, kind: str, on: date) -> Notice:
    office = kind == OFFICE
    return Notice(
        case=case,
        kind=kind,
        on=on,
        about=case.due_on,
        department_id=None if office else case.department_id,
        office=office,
        text=_words(procedure, case, kind),
    )


def _escalate(cases: Sequence[Case], on: date) -> None:
    """The credit office supervises; the department owes an answer."""
    due = calendar().due_on(on, ANSWER_WITHIN)
    Case.objects.filter(pk__in=[case.pk for case in cases], escalated_on__isnull=True).update(escalated_on=on)
    Urging.objects.bulk_create(
        [
            Urging(
                case=case, asked_on=on, answer_due_on=due, text="逾期未办结，已提请市信用办督办，请说明原因和办结时间。"
            )
            for case in cases
        ],
        ignore_conflicts=True,
    )


def _words(procedure: Procedure, case: Case, kind: str) -> str:
    state = procedure.labels[case.state]
    if kind.startswith("soon-"):
        return f"{procedure.label} {case.number}（{state}）即将到期。"
    if kind == HEAD:
        return f"{procedure.label}{case.number}（{state}）逾期已达{procedure.ladder.head}个工作日，请负责人督促。"
    if kind == OFFICE:
        return f"{procedure.label}{case.number}（{state}）逾期已达{procedure.ladder.office}个工作日，提请督办。"
    return f"{procedure.label}{case.number}（{state}）已逾期。"
