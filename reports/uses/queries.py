"""Uses as they are looked for: a department's, a company's, a visitor's; what waits."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from companies.home import Row, Section
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.keyset import CappedCount, capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from lookups.models import Query
from records.queries import canonical, merged_with
from reports.models import ReportUse
from reports.uses.models import ReportUseQuerySet
from reports.uses.rules import UseState

ROWS = 5


def uses_for(user: User) -> ReportUseQuerySet:
    """What a member of staff may see at the desk."""
    return _rows().visible_to(user, everywhere=policy.allows(user, "reports.view_all"))


def uses_of(account: CompanyAccount) -> ReportUseQuerySet:
    """The uses of reports about a company, whoever asked."""
    return _rows().of(merged_with(canonical_subject(account)))


def uses_before(visitor: Query) -> ReportUseQuerySet:
    """What a visitor may answer or take back at a window: uses of reports about whom he just asked for himself."""
    if visitor.subject is None:
        return ReportUse.objects.none()
    rows = _rows().of(merged_with(canonical(visitor.subject)))
    return rows.filter(state__in=[UseState.ASKED.value, UseState.CONSENTED.value])


def with_openings(rows: ReportUseQuerySet) -> QuerySet[ReportUse]:
    """Each with how often its report was opened (`taken`)."""
    return rows.annotate(taken=Count("openings"))


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """What waits for the company's word, on its home page."""
    waiting = uses_of(account).asked().filter(answer_by__gte=on).order_by("answer_by")[:ROWS]
    rows = [
        Row(
            f"{row.department.name}申请使用本单位信用报告",
            reverse("reports:my-use", args=[row.number]),
            note=row.matter,
            tag="待答复",
            tone="info",
            due=row.answer_by,
        )
        for row in waiting
    ]
    return [Section("近期事项", rows, due=True, order=26)]


def work(user: User, on: date) -> list[WorkSection]:
    """What a department may open now, at its desk."""
    if not policy.allows(user, "reports.use", user.department):
        return []
    rows = ReportUse.objects.running(on).filter(department=user.department, openings__isnull=True)
    listed = rows.select_related("subject").order_by("-answered_at")[:ROWS]
    lines = [
        WorkRow(f"{row.whose}　{row.matter}", reverse("reports:use", args=[row.number]), due=row.until)
        for row in listed
    ]
    url = f"{reverse('reports:uses')}?state={UseState.CONSENTED.value}"
    return (
        [WorkSection("主体已同意使用的信用报告", lines, capped_count(rows), url, Severity.INFO, "", 45)]
        if lines
        else []
    )


def to_answer(user: object, on: date) -> CappedCount:
    """Uses that wait for their subject, in the whole city: for the window's screen."""
    return capped_count(ReportUse.objects.asked().filter(answer_by__gte=on))


def _rows() -> ReportUseQuerySet:
    return ReportUse.objects.select_related("subject", "department", "purpose", "report", "asked_by")
