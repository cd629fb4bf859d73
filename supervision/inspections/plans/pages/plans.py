"""The desk's pages of yearly plans."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from supervision.inspections.plans import actions
from supervision.inspections.plans.actions.planning import PLAN
from supervision.inspections.plans.forms import PlanEditForm, PlanFilter, PlanForm
from supervision.inspections.plans.models import InspectionPlan
from supervision.inspections.plans.pages.steps import PLAN_STEPS, steps_for
from supervision.inspections.plans.pages.tasks import VIEW, department_of
from supervision.inspections.plans.rules.states import PlanState

SORTS = {"newest": Sort("年度", ("-year", "-pk")), "oldest": Sort("最早年度", ("year", "pk"))}
COLUMNS = (
    Column("年度", "year"),
    Column("名称", "title", 30),
    Column("单位", "department.name", 24),
    Column("状态", lambda row: row.get_state_display()),
    Column("批准日期", "approved_on"),
    Column("报备情况", "filed_with", 30),
    Column("公布日期", "published_on"),
)


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """The plans of the department, filtered, in pages, as a file."""
    user = staff_of(request, VIEW)
    listing = ListPage(
        request, within(InspectionPlan.objects.select_related("department"), user), PlanFilter, sorts=SORTS
    )
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "年度抽查计划")
    context = {"listing": listing, "may": policy.allows(user, PLAN) and user.department_id is not None, "here": "plans"}
    return render(request, "inspections/plans/plans.html", context, status=listing.status)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    user = staff_of(request, PLAN)
    on, department = timezone.localdate(), department_of(user)
    initial = {"year": on.year + (on.month >= 11)}
    form = PlanForm(request.POST or None, department=department, on=on, initial=initial)

    def run(data: dict[str, Any]) -> str:
        made = actions.save_plan(
            department,
            year=data["year"],
            title=data["title"],
            note=data["note"],
            batches=form.batches(),
            by=user,
            on=on,
        )
        return reverse("inspections:plan", args=[made.pk])

    return act_on_form(
        request,
        "inspections/plans/plan_form.html",
        _words("起草年度抽查计划"),
        form,
        action=run,
        message="计划已起草，请另一人批准。",
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    user = staff_of(request, VIEW)
    row, on = _plan(user, pk), timezone.localdate()
    policy.require(user, PLAN, row.department)
    initial = PlanForm.initial_of(row)
    form = PlanEditForm(request.POST or None, edited=row, department=row.department, on=on, initial=initial)

    def run(data: dict[str, Any]) -> str:
        given = {"year": data["year"], "title": data["title"], "note": data["note"], "batches": form.batches()}
        actions.save_plan(row.department, by=user, on=on, plan=row, version=form.version, **given)
        return reverse("inspections:plan", args=[row.pk])

    return act_on_form(
        request,
        "inspections/plans/plan_form.html",
        _words("修改年度抽查计划", row),
        form,
        action=run,
        message="已保存。",
    )


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan with its batches and the tasks that came of them."""
    user = staff_of(request, VIEW)
    row = _plan(user, pk)
    context = {
        "row": row,
        "batches": row.batches.prefetch_related("items", "partners", "tasks"),
        "steps": steps_for(row, user),
        "may_edit": row.state == PlanState.DRAFT and policy.allows(user, PLAN, row.department),
    }
    return render(request, "inspections/plans/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of a plan."""
    user = staff_of(request, VIEW)
    row, at = _plan(user, pk), PLAN_STEPS.get(verb)
    if at is None:
        raise Http404
    policy.require(user, at.permission, row.department)
    form = at.form(request.POST or None, edited=row)
    back = reverse("inspections:plan", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        given = {name: value for name, value in data.items() if name not in ("form_token", "version_seen")}
        at.run(row, by=user, version=form.version, **given)
        return back

    context = _words(at.label, row) | {"lead": at.lead, "submit_label": at.label}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=at.done)


def _plan(user: User, pk: int) -> InspectionPlan:
    rows = within(InspectionPlan.objects.select_related("department", "drafted_by", "approved_by"), user)
    return get_object_or_404(rows, pk=pk)


def _words(title: str, row: InspectionPlan | None = None) -> dict[str, Any]:
    list_url = reverse("inspections:plans")
    if row is None:
        return {"title": title, "submit_label": "保存", "back_url": list_url}
    back = reverse("inspections:plan", args=[row.pk])
    return {
        "title": title,
        "submit_label": "保存",
        "back_url": back,
        "trail": ["年度抽查计划", list_url, row.title, back],
    }
