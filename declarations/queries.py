"""Questions about voluntary declarations: whose they are, who reviews them, which wait, and what falls silent soon."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Department, User
from credit_platform.errors import Refused
from credit_platform.web.desk import section
from credit_platform.web.keyset import CappedCount, capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from declarations.models import Declaration, DeclarationReport
from declarations.rules import REMIND_DAYS, State
from disclosure.models import Disclosure
from records.models import CreditRecord, Subject


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


def waiting(user: object, on: date) -> CappedCount:
    """How many declarations wait for their review in the whole city: for the window's screen."""
    return capped_count(Declaration.objects.filter(state=State.SUBMITTED))


def declarations_of(account: CompanyAccount) -> QuerySet[Declaration]:
    """All declarations of the company of an account, newest first."""
    ids = {account.subject_id, canonical_subject(account).pk}
    return Declaration.objects.filter(subject_id__in=ids).select_related("department", "record").order_by("-pk")


def at_the_desk(user: User) -> QuerySet[Declaration]:
    """What a reviewer (own departments) or the credit office (all) handles; drafts are the company's own business."""
    rows = (
        Declaration.objects.exclude(state=State.DRAFT)
        .select_related("subject", "department", "reviewer")
        .annotate(open_reports=Count("reports", filter=Q(reports__answered_on__isnull=True)))
        .order_by("-pk")
    )
    return within(rows, user)


def shown_under(public_id: str, on: date) -> Declaration | None:
    """The declaration that the public reads under a number on a day."""
    seen = Disclosure.objects.visible_on(on).filter(public_id=public_id)
    rows = Declaration.objects.shown_on(on).select_related("subject", "department")
    return rows.filter(record__in=seen.values("record")).first()


def silent_soon(account: CompanyAccount, on: date) -> list[Declaration]:
    """Shown declarations that fall silent within thirty days, or did already."""
    rows = declarations_of(account).filter(state=State.SHOWN)
    return list(rows.filter(confirmed_until__lte=on + timedelta(days=REMIND_DAYS)).order_by("confirmed_until")[:20])


def declaration_work(user: User, on: date) -> list[WorkSection]:
    """The desk's home: declarations that wait for review, and open reports."""
    if not policy.allows(user, "declarations.review"):
        return []
    mine = at_the_desk(user)
    waiting = mine.filter(state=State.SUBMITTED).order_by("submitted_at", "pk")
    reported = mine.filter(pk__in=DeclarationReport.objects.filter(answered_on__isnull=True).values("declaration"))
    desk = reverse("declarations:list")
    return [
        section("待审核的自主申报", waiting, _line, url=f"{desk}?state=submitted", severity=Severity.WARN, order=70),
        section(
            "被反映不实的自主申报", reported, _line, url=f"{desk}?reported=true", severity=Severity.SERIOUS, order=65
        ),
    ]


def _line(row: Declaration) -> WorkRow:
    return WorkRow(f"{row.subject.name}　{row.title}", reverse("declarations:declaration", args=[row.pk]))


def reports_of(declaration: Declaration) -> QuerySet[DeclarationReport]:
    """What was said against a declaration; the contact stays in the database."""
    return declaration.reports.select_related("answered_by").defer("contact").order_by("-made_at")
