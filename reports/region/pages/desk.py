"""/desk/reports/foreign/: reports of other regions that were handed in, each beside what this platform says."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, download
from credit_platform.web.lists import ListPage, Sort
from reports.models import ForeignReport
from reports.region import actions
from reports.region.forms import ForeignFilter, TakeInForm
from reports.region.queries import foreign_for, ours_beside, side_by_side
from reports.views.asking import subject_called

SORTS = {"new": Sort("最近登记", ("-taken_at", "-pk")), "old": Sort("最早登记", ("taken_at", "pk"))}
COLUMNS = (
    Column("登记编号", "number", 22),
    Column("主体", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("出具单位", lambda row: row.issuer.name if row.issuer else "", 28),
    Column("签章", lambda row: row.get_seal_display(), 18),
    Column("事项", "matter", 24),
    Column("办件编号", "case_number", 20),
    Column("登记单位", lambda row: row.department.name if row.department else "", 24),
    Column("登记时间", "taken_at", 18),
)
MEND = "请核对 18 位代码；本平台没有公示信息的主体，请在出具方网站核对报告。"


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """What one's department took in, of the credit office and auditors all; `?export=` the same as a file."""
    user = staff_of(request, "reports.view")
    page = ListPage(request, foreign_for(user), ForeignFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "异地信用报告")
    context = {"listing": page, "may_take_in": policy.allows(user, "reports.take_in")}
    return render(request, "reports/region/list.html", context, status=page.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Take one in."""
    user = staff_of(request, "reports.take_in")

    def action(given: dict[str, Any]) -> str:
        handed = AttachedFile(given["file"].name, given["file"].read())
        case = actions.Case(matter=given["matter"], case_number=given["case_number"])
        row = actions.take_in(subject_called(given["code"], mend=MEND), handed, case, by=user)
        return reverse("reports:foreign-one", args=[row.number])

    form = TakeInForm(request.POST or None, request.FILES or None)
    return act_on_form(request, "reports/region/new.html", {}, form, action=action, message="已登记，核验情况如下。")


@never_cache
@require_safe
@login_required
def one(request: HttpRequest, number: str) -> HttpResponse:
    """What is told of it, and beside it what this platform says of the same subject today."""
    row = _row(request, number)
    ours = ours_beside(row, timezone.localdate())
    context = {"row": row, "ours": ours, "beside": side_by_side(row, ours), "today": timezone.localdate()}
    return render(request, "reports/region/report.html", context)


@never_cache
@require_safe
@login_required
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The file as it was handed in; the look is on record."""
    row = _row(request, number)
    data = actions.file_of(row, by=staff_of(request, "reports.view"))
    return download(data, f"异地报告-{row.number}.pdf", "application/pdf")


def _row(request: HttpRequest, number: str) -> ForeignReport:
    return get_object_or_404(foreign_for(staff_of(request, "reports.view")), number=number)
