"""/desk/reports/: what was issued and where it was used; staff have a report made for a case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.rules import WINDOW
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from reports.actions import Asked, issue, look, may_look
from reports.forms import DeskForm, ReportFilter
from reports.models import Report
from reports.queries.issued import reports_for
from reports.rules.channels import Channel
from reports.views.asking import subject_called
from reports.views.files import pdf

SORTS = {"new": Sort("最近出具", ("-issued_at", "-pk")), "old": Sort("最早出具", ("issued_at", "pk"))}
COLUMNS = (
    Column("报告编号", "number", 24),
    Column("主体", "whose", 30),
    Column("统一社会信用代码", lambda row: row.subject.code or "", 20),
    Column("用途", lambda row: row.purpose.name),
    Column("渠道", lambda row: row.get_channel_display()),
    Column("申请单位", lambda row: row.department.name if row.department else "", 24),
    Column("事项", "matter", 24),
    Column("办件编号", "case_number", 20),
    Column("出具日期", "as_of"),
    Column("有效期至", "valid_until"),
)


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """The reports of one's department, of the credit office and auditors all; `?export=` the same as a file."""
    user = staff_of(request, "reports.view")
    page = ListPage(request, reports_for(user), ReportFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "信用报告")
    today = timezone.localdate()
    rows = [(row, *row.word_on(today)) for row in page.page.items]
    return render(
        request,
        "reports/list.html",
        {"listing": page, "rows": rows, "may_issue": policy.allows(user, "reports.issue")},
        status=page.status,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """A report for a case."""
    user = staff_of(request, "reports.issue")
    channel = Channel.WINDOW if user.has_role(WINDOW) else Channel.DESK

    def action(given: dict[str, Any]) -> str:
        subject = subject_called(given["code"], mend="请核对 18 位代码。")
        asked = Asked(
            purpose=given["purpose"], channel=channel, matter=given["matter"], case_number=given["case_number"]
        )
        made = issue(subject, asked, by=user, site=request.build_absolute_uri("/"))
        return reverse("reports:report", args=[made.report.number])

    known = {name: request.GET.get(name, "") for name in ("code", "purpose", "matter", "case_number")}
    form = DeskForm(request.POST or None, initial=known)
    context = {"filled": all(known.values()) and not form.is_bound}
    return act_on_form(request, "reports/desk_new.html", context, form, action=action, message="报告已出具并登记。")


@require_safe
@never_cache
@login_required
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A report: for what, by whom, until when; its file while it is kept."""
    report = _row(request, number)
    word, tone = report.word_on(timezone.localdate())
    may_take = not report.disposed_on and may_look(report, staff_of(request, "reports.view"))
    context = {"report": report, "word": word, "tone": tone, "may_take": may_take}
    return render(request, "reports/report.html", context)


@require_safe
@never_cache
@login_required
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Its file; the download is on record."""
    report = _row(request, number)
    return pdf(report, look(report, by=staff_of(request, "reports.view")))


def _row(request: HttpRequest, number: str) -> Report:
    return get_object_or_404(reports_for(staff_of(request, "reports.view")), number=number)
