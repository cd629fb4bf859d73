"""A department asks to use a report, opens it while it may, and needs it no more."""

from __future__ import annotations

import os
from datetime import date

from django.db import IntegrityError
from django.utils import timezone

from casework.actions.hearing import scanned
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused, refuse
from records.models import Subject
from records.queries import canonical
from reports.actions import file_of
from reports.models import ReportPurpose, ReportUse, UseOpening
from reports.uses import rules
from reports.uses.actions.base import USE, moved, save
from reports.uses.rules import Need, UseState


def ask(subject: Subject, purpose: ReportPurpose, need: Need, *, by: User) -> ReportUse:
    """Ask a subject for its consent to use a report. Who: clerk, reviewer, credit office (`reports.use`), for the own department.

    Refused with every finding (`rules.against`), also for personal numbers in what the subject will read; Conflict when the same case has asked
    already. Source: 哈政办规〔2020〕12号 no. 28.
    """
    today = timezone.localdate()
    if by.department is None:
        raise Forbidden("reports.use.department", "没有所属单位的账号不能申请使用报告。")
    found = rules.against(need, offered=purpose.is_active and purpose.of_departments, on=today)
    refuse([*found, *scanned(matter=need.matter, case_number=need.case_number, reason=need.reason)])
    try:
        with acting(by):
            policy.require(by, USE, by.department)
            row = ReportUse.objects.create(
                number=rules.use_number(today, os.urandom(rules.RANDOM_BYTES)),
                subject=canonical(subject),
                department=by.department,
                asked_at=timezone.now(),
                asked_by=by,
                purpose=purpose,
                matter=need.matter.strip(),
                case_number=need.case_number.strip(),
                reason=need.reason.strip(),
                until=need.until,
                answer_by=rules.answer_by(today),
            )
            audit.record("reports.use_ask", row, by=by, after=_words(row), reason=row.reason, unit_id=row.department_id)
    except IntegrityError as error:
        raise Conflict("reports.use.asked", "同一办件已经向该主体申请过，正在等待答复。") from error
    return row


def withdraw(use: ReportUse, *, by: User, version: str | None = None) -> ReportUse:
    """The department needs it no more. Who: `reports.use` of the department. From ASKED."""
    with acting(by):
        row = moved(use, "withdraw", version)
        policy.require(by, USE, row.department)
        save(row, "withdraw", by)
    return row


def lapse(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep: what nobody answered in its days; how many. Safe to run twice, in parallel."""
    on, done = on or timezone.localdate(), 0
    for pk in ReportUse.objects.unanswered(on).values_list("pk", flat=True):
        with acting(by):
            policy.require(by, "reports.use_lapse")
            row = (
                ReportUse.objects.select_for_update(skip_locked=True).filter(pk=pk, state=UseState.ASKED.value).first()
            )
            if row is not None:
                row.state = rules.next_state(row.state, "lapse").value
                save(row, "lapse", by)
                done += 1
    return done


def take(use: ReportUse, *, by: User) -> bytes:
    """The file, for who uses it; the opening is written down before it is handed out, else it is not.

    Who: `reports.use` of the asking department and no other. Refused when the consent was taken back, the last day is past, or the file was
    disposed of.
    """
    with acting(by):
        row = ReportUse.objects.select_for_update(of=("self",)).select_related("report", "department").get(pk=use.pk)
        policy.require(by, USE, row.department)
        if row.department_id != by.department_id:
            raise Forbidden("reports.use.department", "报告只供申请使用的单位打开。")
        if row.report is None or not ReportUse.objects.running(timezone.localdate()).filter(pk=row.pk).exists():
            word, _ = row.word_on(timezone.localdate())
            raise Refused("reports.use.over", f"报告不能打开：{word}。", mend="仍需使用的，请重新向主体申请。")
        UseOpening.objects.create(use=row, opened_by=by, at=timezone.now())
        audit.record("reports.use_take", row, by=by, detail={"report": row.report.number}, unit_id=row.department_id)
        return file_of(row.report)


def _words(row: ReportUse) -> dict[str, object]:
    return {"number": row.number, "purpose": row.purpose.code, "case": row.case_number, "until": row.until}
