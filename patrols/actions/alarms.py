"""An alarm: one case at a time, told to the credit office, and answered by it."""

from __future__ import annotations

from datetime import date

from casework.actions import step
from casework.actions.hearing import close as end_case
from casework.actions.opening import open_case
from casework.models import Case, Notice
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.accounts.queries import credit_office
from credit_platform.errors import at_field, required
from patrols.models import Patrol, PatrolAlarm, PatrolFinding
from patrols.rules import ALARM, alarm_text

DAYS = 1
"""Working days to answer an alarm (parameter)."""


def raise_alarm(row: Patrol, *, by: Actor) -> Case | None:
    """Tell the credit office, in the transaction of the patrol: a case where none is open, and a notice. None where nobody holds that role."""
    held = PatrolAlarm.objects.select_for_update(of=("self",)).filter(is_open=True).select_related("case").first()
    if held is not None:
        case = held.case
    elif office := credit_office():
        case = open_case(ALARM, subject=None, department=office, by=by, on=row.on, days=DAYS, own={"patrol": row})
    else:
        return None
    text = alarm_text(row.fresh, PatrolFinding.objects.open().count())
    if row.problems:
        text = f"{text}未能读取：{'、'.join(row.problems)}。"
    Notice.objects.create(case=case, kind="patrol", on=row.on, office=True, text=text[:500])
    return case


def close(
    case: Case,
    *,
    cause: str,
    responsible: str,
    reason: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Answer an alarm: why it came to it, whose it was, what was done. Credit office, from RAISED. Refused while a finding is open and without any
    of the three."""
    with step(ALARM, case, "close", by=by, on=on, version=version) as at:
        waiting = PatrolFinding.objects.open().count()
        words = f"还有 {waiting} 处没有消除，请处置后重新巡查。"
        still = [at_field("patrol.open", "reason", words)] if waiting else []
        why = required(cause, "cause", "请写明原因。", rule="patrol.cause", most=500)
        whose = required(responsible, "responsible", "请写明责任单位。", rule="patrol.responsible", most=200)
        at.refuse([*still, *why, *whose])
        at.own.cause, at.own.responsible = cause.strip(), responsible.strip()
        end_case(at, reason=reason, words="请写明处置情况。")
    return at.case
