"""/desk/checks/cases/ and …/coverage/: decided cases, those without a check, and how units keep to 应查必查; notices of changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checks.actions import deciding
from checks.actions.notices import take_note
from checks.forms.asking import CasesForm, DecidedFilter
from checks.models import CheckNotice, DecidedCase
from checks.queries.coverage import board, total
from checks.reading.cases import read_cases
from checks.rules.coverage import Source
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.errors import Forbidden, Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.errors import at_field
from credit_platform.web.export import Column
from credit_platform.web.forms import KitForm
from credit_platform.web.lists import ListPage, Sort

SORTS = {"newest": Sort("最近决定", ("-decided_on", "-pk")), "oldest": Sort("最早决定", ("decided_on", "pk"))}
NOTICE_SORTS = {"newest": Sort("最新在前", ("-pk",))}
COLUMNS = (
    Column("办理单位", "department.name", 24),
    Column("核查事项", "matter.name", 24),
    Column("办件编号", "case_number", 24),
    Column("窗口", "window", 14),
    Column("决定日期", "decided_on"),
    Column("核查回执", lambda row: row.checked or "未核查", 32),
    Column("报送人", "reported_by", 20),
    Column("报送时间", "reported_at", 20),
)
TOLD = 50


class SpanForm(KitForm):
    """From one day to another; the last thirty days where nothing is said."""

    since = ChineseDateField(label="起始日期")
    until = ChineseDateField(label="截止日期")


@require_safe
@login_required
def cases(request: HttpRequest) -> HttpResponseBase:
    """Decided cases with the check that held on the day of the decision, or without one."""
    user = staff_of(request, "checks.view")
    rows = DecidedCase.objects.visible_to(user).with_check().select_related("matter", "department")
    page = ListPage(request, rows, DecidedFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "办结件")
    context = {"listing": page, "may_report": policy.allows(user, "checks.tell")}
    return render(request, "checks/cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Report decided cases as a file."""
    user = staff_of(request, "checks.tell")
    department = user.department
    if department is None:
        raise Forbidden("checks.department", "您的账号没有所属单位，不能报送办结件。")
    form = CasesForm(request.POST or None, request.FILES or None)

    def action(given: dict[str, Any]) -> str:
        file = given["file"]
        try:
            read = read_cases(b"".join(file.chunks()), file.name or "")
        except Refused as refusal:
            raise at_field(refusal, "file") from refusal
        done = deciding.report(read, department=department, source=Source.FILE, by=user)
        messages.success(
            request, f"新登记 {done.added} 件，此前已报 {done.unchanged} 件，退回 {len(done.rejected)} 件。"
        )
        for row, finding in done.rejected[:TOLD]:
            messages.warning(request, f"第 {row} 行：{finding.text}{finding.mend}")
        if done.unchecked:
            return f"{reverse('checks:cases')}?checked=no"
        return reverse("checks:cases")

    context = {
        "title": "报送办结件",
        "lead": "已作出决定的办件。决定时没有有效核查的会列出来。重复报送没有影响。",
        "submit_label": "报送",
        "back_url": reverse("checks:cases"),
        "trail": ("办结件", "checks:cases", "报送办结件"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已报送。")


@require_safe
@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """The board: by unit and window, the largest gap first."""
    user = staff_of(request, "checks.view")
    today = timezone.localdate()
    given = {"since": today - timedelta(days=29), "until": today}
    form = SpanForm(request.GET if {"since", "until"} & request.GET.keys() else given)
    valid = form.is_valid()
    since: date = form.cleaned_data.get("since") or given["since"]
    until: date = form.cleaned_data.get("until") or given["until"]
    shares = board(user, since, until) if valid else []
    span = f"&since={since}&until={until}"
    context = {"form": form, "shares": shares, "total": total(shares), "span": span}
    return render(request, "checks/coverage.html", context, status=200 if valid else 422)


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponseBase:
    """What has changed after one's checks."""
    user = staff_of(request, "checks.view")
    rows = CheckNotice.objects.visible_to(user).select_related("of_check__matter")
    page = ListPage(request, rows, None, sorts=NOTICE_SORTS)
    return render(request, "checks/notices.html", {"listing": page, "may": policy.allows(user, "checks.tell")})


@require_POST
@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note of a change."""
    user = staff_of(request, "checks.tell")
    take_note(get_object_or_404(CheckNotice.objects.visible_to(user), pk=pk), by=user)
    messages.success(request, "已登记知悉。")
    return redirect("checks:notices")
