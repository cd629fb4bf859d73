"""The desk's pages of the libraries: objects as a query over the register, inspectors and whom they avoid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.forms import EditForm
from credit_platform.web.lists import ListPage, Sort
from supervision.inspections.libraries import actions, forms
from supervision.inspections.libraries.actions import LIBRARIES
from supervision.inspections.libraries.models import Inspector, Recusal
from supervision.inspections.libraries.queries import objects
from supervision.inspections.libraries.rules import Duty

VIEW = "inspections.view"
OBJECT_SORTS = {"newest": Sort("最近建档", ("-pk",)), "code": Sort("信用代码", ("code", "pk"))}
OBJECT_COLUMNS = (
    Column("统一社会信用代码", "code", 20),
    Column("名称", "name", 30),
    Column("主体类型", lambda row: row.get_kind_display()),
    Column("登记地", "district_name"),
    Column("成立日期", "registered_on"),
    Column("登记状态", "operating_status"),
)
SORTS = {
    "card": Sort("执法证号", ("card_number", "pk")),
    "until": Sort("有效期止", ("card_until", "pk")),
    "name": Sort("姓名", ("name", "pk")),
}
COLUMNS = (
    Column("单位", "department.name", 24),
    Column("姓名", "name"),
    Column("执法证种类", lambda row: row.get_card_kind_display()),
    Column("执法证号", "card_number", 16),
    Column("有效期起", "card_from"),
    Column("有效期止", "card_until"),
    Column("专业", lambda row: "、".join(row.specialities)),
    Column("专家", lambda row: "是" if row.is_expert else "否"),
    Column("状态", lambda row: row.get_duty_display()),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an inspector's line."""

    label: str
    lead: str
    form: type[EditForm]
    done: str
    run: Callable[..., Any]


def _recuse(row: Inspector, *, version: str, code: Any, **given: Any) -> None:
    actions.recuse(row, code, on=timezone.localdate(), **given)


STEPS = {
    "edit": Step("修改", "检查人员须持有效的执法证。", forms.InspectorForm, "已保存。", actions.save_inspector),
    "suspend": Step(
        "停用", "停用后不再参加抽取，已指派的任务另行更换。", forms.ReasonForm, "已停用。", actions.suspend
    ),
    "resume": Step("恢复在岗", "恢复后可以参加抽取。", forms.ResumeForm, "已恢复在岗。", actions.resume),
    "recuse": Step("登记回避", "登记后不会被抽到该对象的检查中。", forms.RecusalForm, "回避已登记。", _recuse),
}


@login_required
@require_safe
def object_list(request: HttpRequest) -> HttpResponseBase:
    """The object library: the register, narrowed; `tags` and how often each was drawn beside it."""
    user = staff_of(request, VIEW)
    rows = objects({}, timezone.localdate())
    listing = ListPage(request, rows, forms.ObjectFilter, sorts=OBJECT_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(OBJECT_COLUMNS, "检查对象名录库")
    context = {"listing": listing, "may": policy.allows(user, LIBRARIES), "here": "objects"}
    return render(request, "inspections/libraries/objects.html", context, status=listing.status)


@login_required
@require_safe
def inspector_list(request: HttpRequest) -> HttpResponseBase:
    """The inspectors of the department."""
    user = staff_of(request, VIEW)
    rows = within(Inspector.objects.select_related("department"), user).annotate(
        going=Count("assignments", filter=Q(assignments__ended_on__isnull=True), distinct=True)
    )
    listing = ListPage(request, rows, forms.InspectorFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "执法检查人员名录库")
    context = {
        "listing": listing,
        "may": policy.allows(user, LIBRARIES) and user.department_id is not None,
        "on": timezone.localdate(),
        "here": "inspectors",
    }
    return render(request, "inspections/libraries/inspectors.html", context, status=listing.status)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new inspector of one's department."""
    user = staff_of(request, LIBRARIES)
    department = user.department
    if department is None:
        raise BadRequest("inspections.department", "账户没有所属单位，不能办理。")
    form = forms.NewInspectorForm(request.POST or None)
    form.of_department(department)

    def run(data: dict[str, Any]) -> str:
        made = actions.save_inspector(department, form.values(), items=list(data["items"]), by=user)
        return reverse("inspections:inspector", args=[made.pk])

    context = {
        "title": "登记执法检查人员",
        "lead": "只登记持有效执法证的人员；网格员、辅助人员、聘用人员不得参加检查（国办发〔2024〕54号）。",
        "submit_label": "登记",
        "back_url": reverse("inspections:inspectors"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已登记。")


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An inspector: card, range, whom they avoid."""
    user = staff_of(request, VIEW)
    row = _inspector(user, pk)
    may = policy.allows(user, LIBRARIES, row.department)
    other = "suspend" if row.duty == Duty.ON else "resume"
    context = {
        "row": row,
        "items": row.items.all(),
        "recusals": row.recusals.select_related("subject").order_by("valid_until", "-valid_from"),
        "steps": [(verb, STEPS[verb].label) for verb in ("edit", "recuse", other)] if may else [],
        "may": may,
        "on": timezone.localdate(),
    }
    return render(request, "inspections/libraries/inspector.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of an inspector's line."""
    user = staff_of(request, VIEW)
    row, at = _inspector(user, pk), STEPS.get(verb)
    if at is None:
        raise Http404
    policy.require(user, LIBRARIES, row.department)
    initial = _initial(row) if verb == "edit" else {}
    form = at.form(request.POST or None, edited=row, initial=initial)
    if isinstance(form, forms.InspectorForm):
        form.of_department(row.department)
    back = reverse("inspections:inspector", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        if isinstance(form, forms.InspectorForm):
            values, items = form.values(), list(data["items"])
            actions.save_inspector(row.department, values, items=items, by=user, inspector=row, version=form.version)
        else:
            given = {name: value for name, value in data.items() if name not in ("form_token", "version_seen")}
            at.run(row, by=user, version=form.version, **given)
        return back

    trail = ["执法检查人员", reverse("inspections:inspectors"), row.card_number, back]
    context = {"title": at.label, "lead": at.lead, "submit_label": at.label, "back_url": back, "trail": trail}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=at.done)


@login_required
@require_http_methods(["GET", "POST"])
def end_recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """A recusal ends."""
    user = staff_of(request, VIEW)
    rows = within(Recusal.objects.select_related("inspector__department"), user, through="inspector__department")
    row = get_object_or_404(rows, pk=pk)
    policy.require(user, LIBRARIES, row.inspector.department)
    form = forms.ReasonForm(request.POST or None, edited=row.inspector)
    back = reverse("inspections:inspector", args=[row.inspector_id])

    def run(data: dict[str, Any]) -> str:
        actions.end_recusal(row, reason=data["reason"], by=user, on=timezone.localdate())
        return back

    context = {"title": "解除回避", "submit_label": "解除回避", "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="回避已解除。")


def _inspector(user: User, pk: int) -> Inspector:
    return get_object_or_404(within(Inspector.objects.select_related("department", "account"), user), pk=pk)


def _initial(row: Inspector) -> dict[str, Any]:
    names = ("name", "card_kind", "card_number", "card_from", "card_until", "is_expert", "account")
    plain = {name: getattr(row, name) for name in names}
    return plain | {"specialities": "、".join(row.specialities), "items": list(row.items.values_list("pk", flat=True))}
