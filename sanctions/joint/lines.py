"""The lines of a task at the desk: the list with its workbook, the form of one line, the workbook filled in; and the board."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, export_response
from credit_platform.web.lists import ListPage, Sort
from sanctions.joint import feedback_file, queries, rules
from sanctions.joint.actions import tasks
from sanctions.joint.forms import FeedbackForm, UploadForm, feedback_of
from sanctions.joint.models import JointItem
from sanctions.joint.pages import TASKS

SORTS = {"line": Sort("编号", ("pk",))}
BOARD = (
    Column("单位", "department.name", 30),
    Column("未办结任务", "open"),
    Column("待响应", "waiting"),
    Column("执行中", "working"),
    Column("拒绝待处理", "refused"),
    Column("逾期任务", "late"),
    Column("最早逾期期限", "late_since"),
    Column("已逾期（工作日）", "working_days_late"),
    Column("升级情况", "rung_label"),
    Column("督办未答复", "urged"),
    Column("措施条目", "lines"),
    Column("未反馈", "lines_left"),
    Column("已执行", "taken"),
    Column("未执行", "not_taken"),
    Column("待解除", "liftings"),
    Column("逾期未解除", "liftings_late"),
)


class LineFilter(django_filters.FilterSet):
    """Filters of the lines of a task."""

    q = django_filters.CharFilter(label="主体名称、信用代码或措施编码", method="by_text", max_length=100)
    state = django_filters.ChoiceFilter(label="执行情况", empty_label="全部", choices=choices(rules.ITEM_LABELS))

    class Meta:
        model = JointItem
        fields: tuple[str, ...] = ()

    def by_text(self, rows: QuerySet[JointItem], name: str, value: str) -> QuerySet[JointItem]:
        """A part of the name, the whole code of the subject, or that of the measure."""
        text = value.strip()
        named = rows.filter(entry__subject__name__contains=text)
        return named | rows.filter(entry__subject__code=text.upper()) | rows.filter(measure__measure__code__iexact=text)


@require_safe
@login_required
def lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every line of a task; its file is the workbook of the feedback."""
    case, user = TASKS.case_of(request, pk), staff_of(request)
    listing = ListPage(request, queries.lines_of(case), LineFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(feedback_file.COLUMNS, f"联合奖惩反馈表_{case.number}")
    context = {"case": case, "listing": listing, "may": _may(case, user), "back_url": TASKS.url("case", case.pk)}
    return render(request, "sanctions/joint/tasks/lines.html", context, status=listing.status)


def _may(case: Case, user: Any) -> bool:
    return case.state == rules.T.ACCEPTED and policy.allows(user, rules.HANDLE, case.department)


@require_http_methods(["GET", "POST"])
@login_required
def line(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The feedback on one line."""
    case, user = TASKS.case_of(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, case.department)
    row = get_object_or_404(queries.lines_of(case), pk=number)
    form = FeedbackForm(request.POST or None, request.FILES or None, edited=case, initial=_initial(row))
    back = TASKS.url("lines", case.pk)

    def run(data: dict[str, Any]) -> str:
        given = {row.pk: feedback_of(data)}
        tasks.settle(case, given, by=user, evidence=data["evidence"], on=data["on"], version=data["version_seen"])
        return back

    files = case.attachments.filter(role=row.evidence_role)
    context = {"case": case, "row": row, "files": files, "back_url": back}
    return act_on_form(request, "sanctions/joint/tasks/line.html", context, form, action=run, message="已登记反馈。")


def _initial(row: JointItem) -> dict[str, Any]:
    said = {"taken": "yes", "not_taken": "no"}.get(row.state, "")
    decided = row.until if row.measure.term == "decided" else None
    return {
        "taken": said,
        "done_on": row.done_on,
        "document_number": row.document_number,
        "until": decided,
        "note": row.note,
    }


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook of a task, filled in: all of it is registered, or every mistake is told."""
    case, user = TASKS.case_of(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, case.department)
    form = UploadForm(request.POST or None, request.FILES or None, edited=case)
    back = TASKS.url("lines", case.pk)

    def run(data: dict[str, Any]) -> str:
        given = feedback_file.read(data["file"].read(), data["file"].name)
        tasks.settle(case, given, by=user, evidence=data["evidence"], on=data["on"], version=data["version_seen"])
        return back

    context = {"case": case, "back_url": back}
    return act_on_form(
        request, "sanctions/joint/tasks/upload.html", context, form, action=run, message="反馈表已登记。"
    )


@require_safe
@login_required
def board(request: HttpRequest) -> HttpResponseBase:
    """The credit office's board: who is late, since when, with what; every figure counted from the tasks and their lines."""
    user, on = staff_of(request, rules.SUPERVISE), timezone.localdate()
    rows = queries.board(on)
    if kind := request.GET.get("export", ""):
        policy.require(user, "exports.make")
        return export_response(kind, rows, BOARD, "联合奖惩任务看板")
    context = {"rows": rows, "totals": queries.totals(rows), "late": queries.late_cases(on)[:50], "on": on}
    return render(request, "sanctions/joint/board.html", context)


def urls() -> list[URLPattern]:
    """The addresses of tasks: their lines beside those of the kit."""
    at = "desk/joint/tasks/<int:pk>"
    return [
        path(f"{at}/lines/", lines, name="lines"),
        path(f"{at}/lines/<int:number>/", line, name="line"),
        path(f"{at}/upload/", upload, name="upload"),
        *TASKS.urls(),
    ]
