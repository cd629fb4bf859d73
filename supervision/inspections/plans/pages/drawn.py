"""Who was drawn and who goes there: for the departments that go, each look logged as long as somebody has not been told."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.forms import EditForm
from credit_platform.web.lists import ListPage, Sort
from supervision.inspections.plans import actions
from supervision.inspections.plans.actions.steps import DRAFT
from supervision.inspections.plans.forms import ReplaceForm, SkipForm
from supervision.inspections.plans.models import Assignment, InspectionTask, TaskObject
from supervision.inspections.plans.pages.tasks import VIEW, task_of
from supervision.inspections.plans.queries.seen import may_see_names, unserved
from supervision.inspections.plans.rules.states import OBJECT_LABELS, OBJECT_MOVES, ObjectState

SORTS = {"place": Sort("抽取次序", ("stratum", "place", "pk")), "state": Sort("状态", ("state", "pk"))}
COLUMNS = (
    Column("监管等级", "stratum"),
    Column("次序", "place"),
    Column("检查对象", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("签条", "slip", 34),
    Column("签号", "ticket", 40),
    Column("状态", lambda row: row.get_state_display()),
    Column("检查人员", lambda row: "、".join(each.inspector.name for each in row.going), 24),
    Column("未检查原因", lambda row: row.get_skip_reason_display()),
)


class DrawnFilter(django_filters.FilterSet):
    """What the list may be narrowed to."""

    q = django_filters.CharFilter(label="名称", field_name="subject__name", lookup_expr="icontains", max_length=50)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(OBJECT_LABELS))

    class Meta:
        model = TaskObject
        fields = ("q", "state")


@login_required
@require_safe
def drawn(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The names, with who goes; 403 for departments that do not go there."""
    user = staff_of(request, VIEW)
    task = _seen_task(user, pk)
    current = Prefetch(
        "assignments",
        Assignment.objects.current().select_related("inspector", "part__department").order_by("part", "rank"),
        to_attr="going",
    )
    rows = task.objects_drawn.select_related("subject", "stands_for").prefetch_related(current, "items__item")
    listing = ListPage(request, rows, DrawnFilter, sorts=SORTS)
    logged = unserved(task)
    if logged:
        _look(user, task, "导出" if listing.export else "查看")
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"抽中名单_{task.number}")
    labels = dict(task.strata.values_list("code", "label"))
    context = {
        "row": task,
        "listing": listing,
        "rows": [(each, labels.get(each.stratum, "")) for each in listing.page.items],
        "may": policy.allows(user, DRAFT, task.department),
        "logged": logged,
    }
    return render(request, "inspections/plans/drawn.html", context, status=listing.status)


@login_required
@require_safe
def drawn_object(request: HttpRequest, pk: int) -> HttpResponse:
    """One drawn subject: its place in the draw, what is inspected, who goes and who was replaced."""
    user = staff_of(request, VIEW)
    row = _object(user, pk)
    steps = [
        ("skip", "登记未检查", (ObjectState(row.state), "skip") in OBJECT_MOVES and not row.begun()),
        ("replace", "更换检查人员", row.assignments.current().exists()),
    ]
    context = {
        "row": row,
        "stratum": row.task.strata.defer("members").get(code=row.stratum),
        "assignments": row.assignments.select_related("inspector", "part__department"),
        "items": row.items.select_related("item", "part__department"),
        "steps": [
            (verb, label)
            for verb, label, open_now in steps
            if open_now and policy.allows(user, DRAFT, row.task.department)
        ],
        "substitute": getattr(row, "substitute", None),
    }
    return render(request, "inspections/plans/object.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """A drawn subject is not inspected."""
    user = staff_of(request, VIEW)
    row = _object(user, pk, DRAFT)
    form = SkipForm(request.POST or None, edited=row)

    def run(data: dict[str, Any]) -> None:
        actions.skip(
            row, reason=data["reason"], note=data["note"], by=user, on=timezone.localdate(), version=form.version
        )

    lead = "写明证明材料。任务事先规定替补的，由同层次序在后的自动替补，其他对象不变。"
    return _act(request, row, form, run, "登记未检查", lead, "已登记。")


@login_required
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """An inspector cannot go: the next of the same ranking."""
    user = staff_of(request, VIEW)
    row = _object(user, pk, DRAFT)
    going = row.assignments.current().select_related("inspector")
    form = ReplaceForm(request.POST or None, edited=row, going=[(each.pk, each.inspector.name) for each in going])

    def run(data: dict[str, Any]) -> None:
        assignment = going.get(pk=data["assignment"])
        actions.replace_inspector(
            row,
            assignment,
            reason=data["reason"],
            visit_on=data["visit_on"],
            by=user,
            on=timezone.localdate(),
            version=form.version,
        )

    lead = "更换的人员不能挑选：由该对象抽取次序中的下一名执法证有效、无须回避、有余力的人员接替。"
    return _act(request, row, form, run, "更换检查人员", lead, "已按次序更换。")


def _act(
    request: HttpRequest, row: TaskObject, form: EditForm, run: Any, title: str, lead: str, message: str
) -> HttpResponse:
    back = reverse("inspections:drawn-object", args=[row.pk])

    def action(data: dict[str, Any]) -> str:
        run(data)
        return back

    trail = ["抽中名单", reverse("inspections:drawn", args=[row.task_id]), row.slip, back]
    context = {"title": title, "lead": lead, "submit_label": title, "back_url": back, "trail": trail}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message=message)


def _seen_task(user: User, pk: int) -> InspectionTask:
    task = task_of(user, pk)
    if not may_see_names(user, task):
        raise PermissionDenied("检查通知送达以前，只有承担检查的单位可以查看抽中名单。")
    return task


def _object(user: User, pk: int, permission: str = "") -> TaskObject:
    """A drawn subject that the user may see, the look logged before it is told; 404 and 403 for others."""
    row = get_object_or_404(
        TaskObject.objects.select_related("task__department", "task__draw", "subject", "stands_for"), pk=pk
    )
    _seen_task(user, row.task_id)
    if permission:
        policy.require(user, permission, row.task.department)
    if row.notified_on is None and row.state == ObjectState.ASSIGNED:
        _look(user, row.task, "查看", row.slip)
    return row


def _look(user: User, task: InspectionTask, what: str, fields: str = "名称、签号、检查人员") -> None:
    audit.look(
        "inspections.drawn",
        by=user,
        subject_ref=task.number,
        purpose=f"{what}抽中名单（通知前）",
        fields=fields,
        results=task.objects_drawn.count(),
        unit_id=task.department_id,
    )
