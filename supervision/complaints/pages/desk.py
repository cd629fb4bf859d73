"""/desk/complaints/: complaints with their clocks, statistics, and the reports of violations of the department that handles them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms import PurposeForm
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import asked_year
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.parameters import require_known
from supervision.complaints import actions
from supervision.complaints.actions.entering import PERMISSION
from supervision.complaints.models import Complaint
from supervision.complaints.pages.figures import COLUMNS as FIGURES
from supervision.complaints.pages.figures import FIRST_YEAR, shown
from supervision.complaints.queries import desk as queries
from supervision.complaints.queries.clocks import Clocks
from supervision.complaints.queries.figures import desk_year
from supervision.complaints.rules.clocks import STAGE_LABELS, Due, Stage

SORTS = {"newest": Sort("最近登记", ("-received_on", "-pk")), "oldest": Sort("最早登记", ("received_on", "pk"))}


def _disclosure(row: Complaint) -> Any:
    return getattr(row.record, "disclosure", None) if row.record else None


def public_state(row: Complaint) -> str:
    """Whether the public sees it, or why not."""
    disclosure = _disclosure(row)
    if row.hidden_why:
        return f"不公示：{row.hidden_why}"
    return str(disclosure.get_state_display()) if disclosure else "不公示"


COLUMNS = (
    Column("12315登记编号", "number", 22),
    Column("被投诉经营者", "operator", 32),
    Column("统一社会信用代码", lambda row: row.record.subject.code if row.record else "", 22),
    Column("商品服务类别", "trade", 16),
    Column("问题类别", "problem", 12),
    Column("电商平台", "platform", 16),
    Column("品牌", "brand", 14),
    Column("登记日期", "received_on", 14),
    Column("受理结果", "decision", 10),
    Column("受理决定日期", "accepted_on", 14),
    Column("办结日期", "closed_on", 14),
    Column("办理结果", "result", 12),
    Column("诉转案文号", "case_number", 24),
    Column("公示情况", public_state, 30),
    Column("报送单位", "department.name", 26),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list with what runs of it."""

    row: Any
    due: Due | None
    public: str = ""

    @property
    def stage(self) -> str:
        return STAGE_LABELS[self.due.stage] if self.due else ""


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """The complaints of the own departments; the credit office sees all."""
    user, on = staff_of(request, queries.VIEW), timezone.localdate()
    scope = queries.SCOPES.asked(request)
    rows = queries.narrowed(queries.at_the_desk(user, on), scope, on)
    page = ListPage(request, rows, queries.ComplaintFilter, sorts=SORTS, also=("scope",))
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "消费投诉")
    clocks = Clocks()
    context = {
        "listing": page,
        "tabs": queries.SCOPES.tabs(scope),
        "lines": [Line(row, clocks.due(row), public_state(row)) for row in page.page.items],
        "on": on,
        "may_read": policy.allows(user, queries.REPORTS) and user.department_id is not None,
        "may_enter": policy.allows(user, PERMISSION) and user.department_id is not None,
    }
    return render(request, "complaints/list.html", context, status=page.status)


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint: its course, its clocks, whether it is public, the penalty that came of it."""
    user, on = staff_of(request, queries.VIEW), timezone.localdate()
    row = get_object_or_404(queries.at_the_desk(user, on), pk=pk)
    clocks = Clocks()
    disclosure, by = _disclosure(row), clocks.publish_by(row)
    shown_on = disclosure.published_on if disclosure else None
    context = {
        "row": row,
        "due": clocks.due(row),
        "stage_labels": STAGE_LABELS,
        "days": [(STAGE_LABELS[Stage(stage)], days) for stage, days in clocks.on(row.received_on).items()],
        "publish_by": by,
        "published_late": bool(by and not row.hidden_why and (shown_on or on) > by),
        "disclosure": disclosure,
        "public": public_state(row),
        "penalty": queries.penalty_of(row),
        "on": on,
    }
    return render(request, "complaints/complaint.html", context)


@require_safe
@login_required
def reports(request: HttpRequest) -> HttpResponseBase:
    """The reports of violations that the own department handles: numbers and days; what they say is opened one by one."""
    user, on = staff_of(request, queries.REPORTS), timezone.localdate()
    scope = queries.REPORT_SCOPES.asked(request)
    rows = queries.reports_narrowed(queries.reports_at_the_desk(user, on), scope, on)
    page = ListPage(request, rows, None, sorts=SORTS, also=("scope",))
    clocks = Clocks()
    context = {
        "listing": page,
        "tabs": queries.REPORT_SCOPES.tabs(scope),
        "lines": [Line(row, clocks.due_of(row)) for row in page.page.items],
        "on": on,
    }
    return render(request, "complaints/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report; what it says is shown once, in the answer to a purpose."""
    user, on = staff_of(request, queries.REPORTS), timezone.localdate()
    row = get_object_or_404(queries.reports_at_the_desk(user, on), pk=pk)
    form, said, error = PurposeForm(request.POST or None), None, None
    if request.method == "POST" and form.is_valid():
        try:
            said = actions.open_report(row, by=user, purpose=form.cleaned_data["purpose"])
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    clocks = Clocks()
    context = {"row": row, "said": said, "due": clocks.due_of(row), "stage_labels": STAGE_LABELS, "on": on}
    return form_response(request, "complaints/report.html", context, form, error=error)


@require_safe
@login_required
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures of the own departments' complaints of a year, the city's for the credit office; also those that are not public."""
    user, on = staff_of(request, queries.VIEW), timezone.localdate()
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=on.year)
    found = desk_year(year, queries.at_the_desk(user, on))
    if export := request.GET.get("export", ""):
        require_known(request.GET, ("year", "export"))
        policy.require(user, "exports.make")
        return export_response(export, [*found.trades, found.total], FIGURES, f"{year}年消费投诉统计")
    return render(request, "complaints/desk_statistics.html", shown(found, on))
