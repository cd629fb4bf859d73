"""The desk's pages of tasks: the list, one of them with where it stands, its draft and its steps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from supervision.inspections.items.rules.shares import chance_of_none
from supervision.inspections.plans import actions
from supervision.inspections.plans.actions.steps import DRAFT
from supervision.inspections.plans.forms import TaskEditForm, TaskFilter, TaskForm
from supervision.inspections.plans.models import InspectionTask
from supervision.inspections.plans.pages.steps import TASK_STEPS, steps_for
from supervision.inspections.plans.queries.freezing import items_of
from supervision.inspections.plans.queries.seen import may_see_names, stepper, tasks_of
from supervision.inspections.plans.rules.states import TaskState

VIEW = "inspections.view"
SORTS = {
    "newest": Sort("最近开始", ("-starts_on", "-pk")),
    "oldest": Sort("最早开始", ("starts_on", "pk")),
    "number": Sort("编号", ("number", "pk")),
}
COLUMNS = (
    Column("任务编号", "number", 16),
    Column("任务名称", "title", 30),
    Column("发起单位", "department.name", 24),
    Column("任务来源", lambda row: row.get_source_display()),
    Column("方式", lambda row: "定向" if row.is_directed else "不定向"),
    Column("筛选条件", "scope", 30),
    Column("检查开始日期", "starts_on"),
    Column("检查结束日期", "ends_on"),
    Column("名单户数", "population"),
    Column("排除户数", "excluded"),
    Column("抽取户数", "size"),
    Column("状态", lambda row: row.get_state_display()),
    Column("名单摘要（SHA-256）", "list_digest", 40),
    Column("取消、作废或者重新抽取的原因", "ended_reason", 30),
)
BAD = 20
"""One in so many: the share of bad ones for which the chance to meet none is printed."""


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponseBase:
    """The tasks of the department, filtered, in pages, as a file."""
    user = staff_of(request, VIEW)
    listing = ListPage(request, tasks_of(user), TaskFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "抽查任务")
    context = {
        "listing": listing,
        "may": policy.allows(user, DRAFT) and user.department_id is not None,
        "here": "tasks",
    }
    return render(request, "inspections/plans/tasks.html", context, status=listing.status)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new task of one's own department."""
    user = staff_of(request, DRAFT)
    department, on = department_of(user), timezone.localdate()
    form = TaskForm(request.POST or None, department=department, on=on)

    def run(data: dict[str, Any]) -> str:
        return reverse("inspections:task", args=[actions.draft(department, form.draft(), by=user, on=on).pk])

    return act_on_form(request, "kit/form_page.html", _words("起草抽查任务"), form, action=run, message="任务已起草。")


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    user = staff_of(request, VIEW)
    row, on = task_of(user, pk), timezone.localdate()
    policy.require(user, DRAFT, row.department)
    initial = TaskForm.initial_of(row)
    form = TaskEditForm(request.POST or None, edited=row, department=row.department, on=on, initial=initial)

    def run(data: dict[str, Any]) -> str:
        actions.edit(row, form.draft(), by=user, on=on, version=form.version)
        return reverse("inspections:task", args=[row.pk])

    return act_on_form(request, "kit/form_page.html", _words("修改抽查任务", row), form, action=run, message="已保存。")


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: what it asks for, its frozen list by tier, who was left out, its draw, and the next steps."""
    user = staff_of(request, VIEW)
    row = task_of(user, pk)
    context = {
        "row": row,
        "stepper": stepper(row),
        "steps": steps_for(row, user),
        "may_edit": row.state == TaskState.DRAFT and policy.allows(user, DRAFT, row.department),
        "names": row.draw is not None and row.objects_drawn.exists() and may_see_names(user, row),
        "items": items_of(row),
        "parts": row.parts.select_related("department"),
        "strata": [(each, chance_in_words(each.count, each.size)) for each in row.strata.defer("members")],
        "exclusions": row.exclusions.defer("members"),
        "redrawn_as": InspectionTask.objects.filter(redraw_of=row).first(),
    }
    return render(request, "inspections/plans/task.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of a task."""
    user = staff_of(request, VIEW)
    row, at = task_of(user, pk), TASK_STEPS.get(verb)
    if at is None:
        raise Http404
    policy.require(user, at.permission, row.department)
    form = at.form(request.POST or None, edited=row)
    back = reverse("inspections:task", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        given = {name: value for name, value in data.items() if name not in ("form_token", "version_seen")}
        own = {"form": form} if verb == "commit" else {}
        made = at.run(row, by=user, version=form.version, **given, **own)
        return reverse("inspections:task", args=[made.pk]) if verb == "redraw" else back

    context = {"title": at.label, "lead": at.lead, "submit_label": at.label, "back_url": back, "trail": _trail(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=at.done)


def task_of(user: User, pk: int) -> InspectionTask:
    """A task that the user may see; 404 for any other."""
    return get_object_or_404(
        tasks_of(user).select_related("department", "draw", "edition", "batch__plan", "redraw_of"), pk=pk
    )


def department_of(user: User) -> Department:
    """The user's own department."""
    if user.department is None:
        raise BadRequest("inspections.department", "账户没有所属单位，不能办理。")
    return user.department


def chance_in_words(count: int, size: int) -> str:
    """The chance to meet none, if one in twenty of a stratum had a problem."""
    bad = -(-count // BAD)
    return f"{float(chance_of_none(count, bad, size)):.1%}" if count else "—"


def _trail(row: InspectionTask) -> list[str]:
    return ["抽查任务", reverse("inspections:tasks"), row.number, reverse("inspections:task", args=[row.pk])]


def _words(title: str, row: InspectionTask | None = None) -> dict[str, Any]:
    back = reverse("inspections:task", args=[row.pk]) if row else reverse("inspections:tasks")
    lead = "只能检查随机抽查事项清单内的事项。名单冻结以前都可以修改。"
    return {"title": title, "lead": lead, "submit_label": "保存", "back_url": back} | (
        {"trail": _trail(row)} if row else {}
    )
