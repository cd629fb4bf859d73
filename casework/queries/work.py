"""What somebody must do today about cases of every procedure: sections of the desk's home, from what each procedure declares."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from casework.models import Case, CaseQuerySet, Notice, Urging
from casework.rules import procedures
from casework.rules.procedures import Procedure, Step, Work
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Role, User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection


def work(user: User, on: date) -> list[WorkSection]:
    """The sections for staff; nothing for anybody else."""
    if not isinstance(user, User):
        return []
    found = [
        _of_cases(procedure, each, step, user, on)
        for procedure in procedures.known()
        for each in procedure.works
        if policy.allows(user, (step := procedure.by_verb[each.verb]).permission)
    ]
    return found + _urged(user, on) + _told(user)


def ready_for(step: Step, rows: CaseQuerySet, user: User, on: date) -> CaseQuerySet:
    """The cases in which somebody may take a step today: not one's own draft where a second person is wanted, and heard."""
    if step.second_person:
        rows = rows.exclude(drafted_by=user)
    if step.after_hearing:
        rows = rows.filter(Q(hearing__until__lt=on) | Q(hearing__statement_on__isnull=False))
    return rows


def _of_cases(procedure: Procedure, work: Work, step: Step, user: User, on: date) -> WorkSection:
    mine = Case.objects.of(procedure).filter(state=work.state).visible_to(user, on)
    rows = ready_for(step, mine, user, on).select_related("subject").order_by("due_on", "drafted_on", "pk")
    return section(
        work.title,
        rows,
        lambda case: _line(procedure, case),
        url=f"{reverse(f'{procedure.code}:cases')}?state={work.state}",
        severity=Severity(work.severity),
        order=work.order,
    )


def _line(procedure: Procedure, case: Case) -> WorkRow:
    who = f"{case.subject.name}　" if case.subject else ""
    return WorkRow(f"{who}{case.number}", reverse(f"{procedure.code}:case", args=[case.pk]), case.due_on)


def _urged(user: User, on: date) -> list[WorkSection]:
    if policy.allows(user, "casework.answer"):
        owed = Urging.objects.filter(answered_on__isnull=True, case__in=within(Case.objects.all(), user, on))
        return [_of_urgings("督办待答复", owed, 8)]
    if Role.CREDIT_OFFICE in user.roles:
        late = Urging.objects.filter(answered_on__isnull=True, answer_due_on__lt=on)
        return [_of_urgings("督办逾期未答复", late, 9)]
    return []


def _of_urgings(title: str, rows: Any, order: int) -> WorkSection:
    return section(
        title,
        rows.select_related("case__subject").order_by("answer_due_on", "pk"),
        lambda row: WorkRow(
            f"{row.case.subject.name if row.case.subject else ''}　{row.case.number}",
            reverse("casework:urging", args=[row.pk]),
            row.answer_due_on,
        ),
        url=reverse("casework:urgings"),
        severity=Severity.SERIOUS,
        order=order,
    )


def _told(user: User) -> list[WorkSection]:
    if not policy.allows(user, "casework.board"):
        return []
    rows = Notice.objects.to_staff(user).unread().select_related("case").order_by("-on", "-pk")
    return [
        section(
            "未读通知",
            rows,
            lambda row: WorkRow(row.text, reverse(f"{row.case.of.code}:case", args=[row.case_id])),
            url=reverse("casework:notices"),
            order=70,
        )
    ]
