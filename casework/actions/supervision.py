"""督办: the credit office urges a department to act on a case, and the department answers."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.actions.reminders import ANSWER_WITHIN
from casework.models import Case, Notice, Urging
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, refuse, required
from credit_platform.workdays.queries import calendar


def urge(case: Case, *, text: str, by: User, on: date | None = None) -> Urging:
    """The credit office urges the department of an open case; it owes an answer within three working days.

    Forbidden for others; Conflict for a closed case and while an answer is still owed; Refused without words.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = Case.objects.select_for_update().get(pk=case.pk)
        policy.require(by, "casework.urge", row.department)
        if row.closed_on is not None:
            raise Conflict("urging.closed", "该事项已经结案，不需要督办。")
        if row.urgings.filter(answered_on__isnull=True).exists():
            raise Conflict("urging.open", "该事项已在督办，等待办理单位答复。")
        refuse(required(text, "text", "请写明督办意见。", rule="urging.text", most=500))
        made = Urging.objects.create(
            case=row,
            asked_by=by,
            asked_on=on,
            text=text.strip(),
            answer_due_on=calendar().due_on(on, ANSWER_WITHIN),
        )
        words = f"{row.of.label}{row.number}已由市信用办督办，请在期限内答复。"
        Notice.objects.create(case=row, kind="urged", on=on, department=row.department, text=words)
        audit.record("casework.urge", row, by=by, reason=text.strip(), unit_id=row.department_id)
    return made


def answer(urging: Urging, *, text: str, by: User, on: date | None = None) -> Urging:
    """The department answers: why it is late and when it will be done.

    Who may handle the case, never who urged. Forbidden otherwise; Conflict for one that is answered; Refused without words.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = Urging.objects.select_for_update(of=("self",)).select_related("case__department").get(pk=urging.pk)
        policy.require(by, "casework.answer", row.case.department)
        if row.asked_by_id == by.pk:
            raise Forbidden("urging.two_people", "督办人不能代办理单位答复。")
        if row.answered_on is not None:
            raise Conflict("urging.answered", "这次督办已经答复。")
        refuse(required(text, "text", "请写明原因和办结时间。", rule="urging.answer", most=1000))
        row.answer, row.answered_by, row.answered_on = text.strip(), by, on
        row.save(update_fields=["answer", "answered_by", "answered_on"])
        words = f"{row.case.of.label}{row.case.number}的督办已由{row.case.department.name}答复。"
        Notice.objects.create(case=row.case, kind="answered", on=on, office=True, text=words)
        audit.record("casework.answer", row.case, by=by, reason=text.strip(), unit_id=row.case.department_id)
    return row
