"""/desk/reports/uses/: a department asks to use a report, opens it, and reads what became of its requests."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from lookups.actions.authorising import sought
from reports.models import ReportUse
from reports.uses import actions
from reports.uses.forms import AskForm, UseFilter, WithdrawForm
from reports.uses.queries import uses_for, with_openings
from reports.uses.rules import Need, UseState
from reports.views.files import pdf

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"new": Sort("最近申请", ("-asked_at", "-pk")), "old": Sort("最早申请", ("asked_at", "pk"))}
COLUMNS = (
    Column("使用编号", "number", 22),
    Column("使用单位", "department.name", 28),
    Column("主体", "whose", 30),
    Column("用途", "purpose.name"),
    Column("事项", "matter", 24),
    Column("办件编号", "case_number", 20),
    Column("申请时间", "asked_at", 18),
    Column("状态", lambda row: row.word_on(timezone.localdate())[0]),
    Column("使用至", "until"),
    Column("报告编号", lambda row: row.report.number if row.report else "", 24),
)


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """The uses of one's department, of the credit office and auditors all; `?export=` the same as a file."""
    user, today = staff_of(request, "reports.view"), timezone.localdate()
    page = ListPage(request, uses_for(user), UseFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "报告使用登记")
    rows = [(row, *row.word_on(today)) for row in page.page.items]
    context = {"listing": page, "rows": rows, "may_ask": policy.allows(user, "reports.use", user.department)}
    return render(request, "reports/uses/list.html", context, status=page.status)


@never_cache
@get_or_post
@login_required
@sensitive_post_parameters("q")
def new(request: HttpRequest) -> HttpResponse:
    """Ask a subject for its consent. A person is sought by its number, which is a look and registered."""
    user = staff_of(request, "reports.use")

    def action(given: dict[str, Any]) -> str:
        need = Need(**{name: given[name] for name in ("matter", "case_number", "reason", "until")})
        subject = sought(given["q"], purpose=f"申请使用信用报告：{given['matter']}", by=user)
        return reverse("reports:use", args=[actions.ask(subject, given["purpose"], need, by=user).number])

    form = AskForm(request.POST or None)
    done = "已提出，主体同意后可以打开报告。"
    return act_on_form(request, "reports/uses/new.html", {}, form, action=action, message=done)


@never_cache
@require_safe
@login_required
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A use: what was asked, what the subject answered, who opened the report."""
    row, user, today = _row(request, number), staff_of(request, "reports.view"), timezone.localdate()
    word, tone = row.word_on(today)
    own = row.department_id == user.department_id and policy.allows(user, "reports.use", row.department)
    context = {
        "row": row,
        "word": word,
        "tone": tone,
        "openings": row.openings.select_related("opened_by")[:50],
        "may_take": own and ReportUse.objects.running(today).filter(pk=row.pk).exists(),
        "may_withdraw": own and row.state == UseState.ASKED,
    }
    return render(request, "reports/uses/use.html", context)


@never_cache
@get_or_post
@login_required
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """It is needed no more."""
    user, row = staff_of(request, "reports.use"), _own(request, number)
    here = reverse("reports:use", args=[row.number])

    def action(_given: dict[str, Any]) -> str:
        actions.withdraw(row, by=user, version=form.version)
        return here

    form = WithdrawForm(request.POST or None, edited=row)
    context = {
        "title": f"撤回申请 {row.number}",
        "lead": "撤回后，主体不再看到待答复的申请。",
        "submit_label": "撤回申请",
        "back_url": here,
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已撤回申请。")


@never_cache
@require_safe
@login_required
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The report, for its user; each opening is on record."""
    user, row = staff_of(request, "reports.use"), _own(request, number)
    data = actions.take(row, by=user)
    assert row.report is not None  # it was taken
    return pdf(row.report, data)


def _row(request: HttpRequest, number: str) -> ReportUse:
    return get_object_or_404(with_openings(uses_for(staff_of(request, "reports.view"))), number=number)


def _own(request: HttpRequest, number: str) -> ReportUse:
    """One of the own department: whoever sees the whole city does not act in it."""
    user = staff_of(request, "reports.use")
    return get_object_or_404(uses_for(user), number=number, department=user.department)
