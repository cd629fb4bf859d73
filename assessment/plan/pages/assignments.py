"""/desk/assessment/tasks/: what a department has of the plan, how it stands, and what it says that it did."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment.plan import actions, forms, queries, rules
from assessment.plan.models import TaskAssignment
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, RowFilter, Sort

SORTS = {
    "plan": Sort("方案次序", ("task__position", "department__code", "pk")),
    "department": Sort("单位", ("department__code", "task__position", "pk")),
}


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponseBase:
    """The assignments of one's department, or of the city, each as it stands today."""
    user, on = staff_of(request, rules.VIEW), timezone.localdate()
    rows = TaskAssignment.objects.visible_to(user).in_force(on).select_related("task", "department")
    listing = ListPage(request, rows, forms.AssignmentFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        stand = {line.assignment.pk: line for line in queries.lines(TaskAssignment.objects.visible_to(user), on)}
        columns = [
            Column("序号", "task.number", 8),
            Column("任务", "task.title", 40),
            Column("单位", "department.name", 24),
            Column("期限种类", lambda row: row.timing_label),
            Column("情况", lambda row: stand[row.pk].label),
            Column("期限", lambda row: stand[row.pk].day),
        ]
        return listing.export_response(columns, "方案任务")
    context = {
        "listing": listing,
        "lines": queries.lines_of(listing.page.items, on),
        "on": on,
        "may_assign": policy.allows(user, rules.ASSIGN),
        "red": queries.without_contact(on) if policy.allows(user, rules.ASSIGN) else [],
    }
    return render(request, "assessment/tasks.html", context, status=listing.status)


def _assignment(request: HttpRequest, pk: int) -> TaskAssignment:
    rows = TaskAssignment.objects.visible_to(staff_of(request, rules.VIEW)).select_related("task", "department")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment: its days, answered or not, and the evidence."""
    row, user, on = _assignment(request, pk), staff_of(request), timezone.localdate()
    context = {
        "row": row,
        "line": queries.lines_of([row], on)[0],
        "days": queries.answers(row, on),
        "evidence": row.evidence.select_related("case"),
        "may_submit": policy.allows(user, rules.HANDLE, row.department) and row.valid_until is None,
        "may_end": policy.allows(user, rules.ASSIGN) and row.valid_until is None,
        "on": on,
    }
    return render(request, "assessment/task.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """A task is given to a department."""
    user = staff_of(request, rules.ASSIGN)
    form = forms.AssignForm(request.POST or None, initial={"valid_from": timezone.localdate()})

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("leads", "due", "due_on", "valid_from")}
        actions.assign(data["task"], list(data["departments"]), by=user, **given)
        return f"{reverse('assessment:tasks')}?task={data['task'].pk}"

    context = {"title": "分派任务", "submit_label": "分派", "back_url": reverse("assessment:tasks")}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已分派。")


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A department has a task no longer."""
    user, row = staff_of(request, rules.ASSIGN), _assignment(request, pk)
    back = reverse("assessment:task", args=[row.pk])
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})

    def run(data: dict[str, Any]) -> str:
        actions.end_assignment(row, on=data["on"], by=user)
        return back

    context = {"title": f"终止分工：{row.task}", "lead": row.department.name, "submit_label": "终止", "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已终止。")


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence of an assignment."""
    row, user, on = _assignment(request, pk), staff_of(request), timezone.localdate()
    policy.require(user, rules.HANDLE, row.department)
    days = queries.unanswered(row, on)
    initial = {"done_on": on, "for_due": days[0].isoformat() if days else forms.NO_DAY}
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, days=days, initial=initial)

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("text", "done_on", "for_due", "document", "link", "papers")}
        return EVIDENCE_PAGES.url("case", actions.submit(row, by=user, **given).pk)

    context = {
        "title": f"报送落实情况：{row.task}",
        "lead": "写明做了什么、有什么文件和成效，由市信用办审核。",
        "submit_label": "报送",
        "back_url": reverse("assessment:task", args=[row.pk]),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已报送，由市信用办审核。")


def _written(case: Case, on: Any) -> dict[str, Any]:
    """What is mended begins with what was written."""
    return {name: getattr(case.own, name) for name in ("done_on", "text", "document", "link")}


TASK_FILTER = {
    "task": RowFilter(
        label="任务", empty_label="全部", field_name="evidencecase__assignment__task", queryset=forms.tasks
    )
}
EVIDENCE_PAGES = CasePages(
    rules.EVIDENCE,
    address="assessment/evidence",
    templates="assessment/evidence",
    filters=case_filter(rules.EVIDENCE, **TASK_FILTER),
    joined=("assignment__task",),
    lead="各单位报送的任务落实情况，由市信用办审核。",
    began=lambda case: str(case.own.assignment.task),
    columns=(
        COLUMNS[0],
        Column("任务", lambda case: str(case.own.assignment.task), 40),
        Column("对应的期限", lambda case: case.own.for_due),
        Column("完成日期", lambda case: case.own.done_on),
        COLUMNS[3],
        COLUMNS[8],
    ),
    forms={
        "accept": StepPage(forms.AcceptForm, actions.accept),
        "send_back": StepPage(forms.ReasonForm, actions.send_back),
        "resubmit": StepPage(forms.ResubmitForm, actions.resubmit, initial=_written),
        "withdraw": StepPage(forms.ReasonForm, actions.withdraw),
    },
)
SPOT_PAGES = CasePages(
    rules.SPOT_CHECK,
    address="assessment/spot-checks",
    templates="assessment/spot_check",
    filters=case_filter(rules.SPOT_CHECK),
    joined=("evidence__case", "evidence__assignment__task", "draw"),
    lead="从审核通过的落实情况中随机抽取，由没有参与审核的人员核查，另一人确认。",
    began=lambda case: str(case.own.evidence.assignment.task),
    columns=(
        COLUMNS[0],
        Column("任务", lambda case: str(case.own.evidence.assignment.task), 40),
        Column("核查结果", lambda case: case.own.get_result_display()),
        COLUMNS[3],
        COLUMNS[8],
    ),
    forms={
        "inspect": StepPage(forms.InspectForm, actions.inspect),
        "confirm": StepPage(forms.AcceptForm, actions.confirm),
        "deny": StepPage(forms.ReasonForm, actions.deny),
    },
)
