"""Contacts and documents of departments."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment.plan import actions, forms, rules
from assessment.plan.actions.naming import ORDER
from assessment.plan.models import Contact, Document
from assessment.plan.rules import DOCUMENT_LABELS, DocumentState
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, User
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

CONTACT_SORTS = {"department": Sort("单位", ("department__code", "kind", "-valid_from", "pk"))}
CONTACT_COLUMNS = (
    Column("单位", "department.name", 24),
    Column("类别", lambda row: row.get_kind_display()),
    Column("姓名", "name"),
    Column("职务", "post"),
    Column("办公电话", "phone", 18),
    Column("起始日期", "valid_from"),
    Column("终止日期", "valid_until"),
)
DOCUMENT_SORTS = {
    "department": Sort("单位", ("department__code", "task__position", "pk")),
    "planned": Sort("计划印发日期", ("planned_on", "pk")),
}
DOCUMENT_COLUMNS = (
    Column("单位", "department.name", 24),
    Column("任务", lambda row: str(row.task), 40),
    Column("文件名称", "title", 40),
    Column("文号", "number", 24),
    Column("状态", lambda row: row.get_state_display()),
    Column("计划印发日期", "planned_on"),
    Column("印发日期", "issued_on"),
    Column("废止日期", "repealed_on"),
    Column("公开网址", "link", 30),
)


def _own(user: User) -> Department:
    if user.department is None:
        raise Refused("assessment.department", "您的账号没有所属单位，不能报送。")
    return user.department


@login_required
@require_safe
def contacts(request: HttpRequest) -> HttpResponseBase:
    """Who answers for the plan, now and before."""
    user = staff_of(request, rules.VIEW)
    rows = Contact.objects.visible_to(user).select_related("department")
    listing = ListPage(request, rows, forms.ContactFilter, sorts=CONTACT_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(CONTACT_COLUMNS, "联系人")
    context = {"listing": listing, "may": policy.allows(user, rules.HANDLE)}
    return render(request, "assessment/contacts.html", context, status=listing.status)


@login_required
@require_http_methods(["GET", "POST"])
def name_contact(request: HttpRequest) -> HttpResponse:
    """Name a contact of one's department."""
    user = staff_of(request, rules.HANDLE)
    form = forms.ContactForm(request.POST or None, initial={"on": timezone.localdate()})
    back = reverse("assessment:contacts")

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("name", "post", "phone", "on")}
        actions.name_contact(_own(user), data["kind"], by=user, **given)
        return back

    lead = "新报的联系人自起始日期接替现任，原联系人保留备查。"
    context = {"title": "报送联系人", "lead": lead, "submit_label": "报送", "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已报送。")


@login_required
@require_safe
def documents(request: HttpRequest) -> HttpResponseBase:
    """The lists of documents."""
    user = staff_of(request, rules.VIEW)
    rows = Document.objects.visible_to(user).select_related("department", "task")
    listing = ListPage(request, rows, forms.DocumentFilter, sorts=DOCUMENT_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(DOCUMENT_COLUMNS, "制度文件清单")
    context = {"listing": listing, "may": policy.allows(user, rules.HANDLE)}
    return render(request, "assessment/documents.html", context, status=listing.status)


@login_required
@require_http_methods(["GET", "POST"])
def list_document(request: HttpRequest) -> HttpResponse:
    """Put a planned document on the list of one's department."""
    user, back = staff_of(request, rules.HANDLE), reverse("assessment:documents")
    form = forms.DocumentForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("title", "planned_on")}
        actions.list_document(_own(user), data["task"], by=user, **given)
        return back

    context = {"title": "登记制度文件", "submit_label": "登记", "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已登记。")


@login_required
@require_http_methods(["GET", "POST"])
def change_document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document is issued, or repealed. 404 for a repealed one: nothing follows."""
    user, back = staff_of(request, rules.HANDLE), reverse("assessment:documents")
    row = get_object_or_404(Document.objects.visible_to(user).select_related("department", "task"), pk=pk)
    policy.require(user, rules.HANDLE, row.department)
    if row.state == DocumentState.REPEALED:
        raise Http404
    following = ORDER[ORDER.index(DocumentState(row.state)) + 1]
    initial = {"on": timezone.localdate(), "link": row.link}
    form = forms.DocumentChangeForm(request.POST or None, edited=row, following=following, initial=initial)

    def run(data: dict[str, Any]) -> str:
        given = {"number": data.get("number", ""), "on": data["on"], "link": data["link"]}
        actions.change_document(row, state=following.value, by=user, version=data["version_seen"], **given)
        return back

    label = DOCUMENT_LABELS[following]
    context = {"title": f"登记{label}：{row.title}", "lead": str(row.task), "submit_label": "登记", "back_url": back}
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已登记。")
