"""Questions about voluntary declarations: whose they are, who reviews them, which wait, and what falls silent soon."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from commitments.models import Declaration, DeclarationReport
from commitments.rules.declarations import REMIND_DAYS
from commitments.rules.states import DeclarationState
from companies.models import CompanyAccount
from companies.queries import standing_subject
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.errors import Refused
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.models import Disclosure
from records.models import CreditRecord, Subject

ROWS = 6
NO_DEPARTMENT = 0
"""Asked with it, the policy says yes only to who may for the whole city."""


def reviewing_department(subject: Subject) -> Department:
    """Who reviews a subject's declarations: the department that sent its registration, else the one of the parameter
    `DECLARATION_DEPARTMENT`. Refused when there is none."""
    registered = (
        CreditRecord.objects.filter(subject=subject, kind="registration", status="active").order_by("-pk").first()
    )
    if registered is not None:
        return registered.source_department
    found = Department.objects.filter(code=settings.DECLARATION_DEPARTMENT).first()
    if found is None:
        raise Refused("declaration.department", "尚未设定审核单位，暂不能申报。", mend="请联系市信用办。")
    return found


def declarations_of(account: CompanyAccount) -> QuerySet[Declaration]:
    """All declarations of the company of an account, newest first."""
    ids = {account.subject_id, standing_subject(account).pk}
    return Declaration.objects.filter(subject_id__in=ids).select_related("department", "record").order_by("-pk")


def at_the_desk(user: User) -> QuerySet[Declaration]:
    """What a reviewer (own departments) or the credit office (all) handles; drafts are the company's own business."""
    rows = (
        Declaration.objects.exclude(state__in=(DeclarationState.DRAFT,))
        .select_related("subject", "department", "reviewer")
        .annotate(open_reports=Count("reports", filter=Q(reports__answered_on__isnull=True)))
        .order_by("-pk")
    )
    if policy.allows(user, "commitments.declaration.review", NO_DEPARTMENT):
        return rows
    ids = own_department_ids(user.department_id, timezone.localdate()) if user.department_id else frozenset()
    return rows.filter(department_id__in=ids)


def shown_under(public_id: str, on: date) -> Declaration | None:
    """The declaration that the public reads under a number on a day."""
    seen = Disclosure.objects.visible_on(on).filter(public_id=public_id)
    rows = Declaration.objects.shown_on(on).select_related("subject", "department")
    return rows.filter(record__in=seen.values("record")).first()


def silent_soon(account: CompanyAccount, on: date) -> list[Declaration]:
    """Shown declarations that fall silent within thirty days, or did already."""
    rows = declarations_of(account).filter(state=DeclarationState.SHOWN)
    return list(rows.filter(confirmed_until__lte=on + timedelta(days=REMIND_DAYS)).order_by("confirmed_until")[:20])


def declaration_work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: declarations that wait for review, and open reports."""
    if not policy.allows(user, "commitments.declaration.review"):
        return []
    mine = at_the_desk(user)
    waiting = mine.filter(state=DeclarationState.SUBMITTED).order_by("submitted_at", "pk")
    reported = mine.filter(pk__in=DeclarationReport.objects.filter(answered_on__isnull=True).values("declaration"))
    desk = reverse("commitments:declarations")
    return [
        _section("待审核的自主申报", waiting, f"{desk}?state=submitted", Severity.WARN, 70),
        _section("被反映不实的自主申报", reported, f"{desk}?reported=true", Severity.SERIOUS, 65),
    ]


def _section(title: str, rows: QuerySet[Declaration], url: str, severity: Severity, order: int) -> WorkSection:
    found = [
        WorkRow(f"{row.subject.name}　{row.title}", reverse("commitments:declaration", args=[row.pk]))
        for row in rows[:ROWS]
    ]
    return WorkSection(
        title=title,
        rows=found,
        count=capped_count(rows),
        url=url,
        severity=severity,
        empty_text="没有待办。",
        order=order,
    )


def reports_of(declaration: Declaration) -> QuerySet[DeclarationReport]:
    """What was said against a declaration; the contact stays in the database."""
    return declaration.reports.select_related("answered_by").defer("contact").order_by("-made_at")
