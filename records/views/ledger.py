"""The work list of a department and the page of one record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.once import AlreadySent, submit_once
from records import actions, panels, queries
from records.forms import NumberForm, PurposeForm, RevokeForm
from records.models import CreditRecord, SubjectKind
from records.queries import RecordFilter
from records.rules import RecordStatus
from records.views.looks import OWN_WORK, Stated, stated_for
from records.views.staff import user_of

REVOKED = "记录已撤销。"
HELD = "已登记撤销，公示已中止；由本单位另一名审核员或市信用办复核后撤销记录、撤回公示。"
SORTS = {
    "newest": Sort("最近录入", ("-id",)),
    "decided": Sort("决定日期", ("-decided_on", "-id")),
}
COLUMNS = (
    Column("主体名称", "subject.name", 30),
    Column("统一社会信用代码", lambda row: row.subject.code or "", 20),
    Column("目录事项", "item.name"),
    Column("事项", "title", 30),
    Column("文书号", "document_number", 24),
    Column("决定机关", "authority_name", 24),
    Column("决定日期", "decided_on"),
    Column("状态", lambda row: row.get_status_display()),
    Column("首次报送", "first_arrived_at"),
)


@require_safe
@login_required
def record_list(request: HttpRequest) -> HttpResponseBase:
    """The records of the department."""
    user = user_of(request)
    policy.require(user, "records.view")
    listing = ListPage(request, queries.records_of(user), RecordFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "信用记录")
    states = panels.states([row.pk for row in listing.page.items])
    rows = [(row, states.get(row.pk)) for row in listing.page.items]
    context = {"listing": listing, "rows": rows, "may_enter": policy.allows(user, "records.enter")}
    return render(request, "records/list.html", context)


@require_safe
@login_required
@never_cache
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: everything for its department, the shared fields for others, who must state a purpose first."""
    user = user_of(request)
    row = _visible(user, pk)
    own = queries.records_of(user).filter(pk=pk).exists()
    stated = stated_for(request, row.subject)
    if not own and not stated.purpose:
        context = {"record": row, "subject": row.subject, "form": PurposeForm(), "next": request.path}
        return render(request, "records/purpose.html", context)
    if not own or row.subject.kind == SubjectKind.PERSON:
        given = Stated(stated.purpose or OWN_WORK, stated.case_number)
        actions.look_profile(row.subject, by=user, fields=f"记录 {row.pk}", results=1, **given._asdict())
    return render(request, "records/record.html", _record_context(row, user, own=own))


def _visible(user: User, pk: int) -> CreditRecord:
    row = get_object_or_404(
        CreditRecord.objects.select_related(
            "subject", "item", "authority", "source_department", "batch", "entered_by", "replaces"
        ),
        pk=pk,
    )
    if not queries.records_of(user).filter(pk=pk).exists():
        policy.require(user, "records.view_shared")
        if not queries.may_be_shared(row):
            policy.require(user, "records.view", row.source_department)
    return row


def _record_context(row: CreditRecord, user: User, *, own: bool) -> dict[str, Any]:
    sections: dict[str, list[Any]] = {}
    for each in queries.fields_of(row, own=own):
        sections.setdefault(each.section or "其他", []).append(each)
    return {
        "record": row,
        "own": own,
        "sections": list(sections.items()),
        "warnings": row.warnings if own else [],
        "versions": queries.versions(row) if own else [],
        "blocks": panels.for_record(row, user) if own else [],
        "may_edit": row.status == "active" and policy.allows(user, "records.edit", row.source_department),
        "may_see_number": own and policy.allows(user, "records.person_number.see", row.source_department),
        "replaced_by": row.replaced_by.first(),
        "not_public": row.content.get("not_public", "") if own else "",
    }


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole personal number of a field: asked with a purpose, registered, shown once in the answer to the form."""
    user = user_of(request)
    row = get_object_or_404(queries.records_of(user), pk=pk)
    policy.require(user, "records.person_number.see", row.source_department)
    code = request.POST.get("field") or request.GET.get("field", "")
    label = next((each.label for each in queries.fields_of(row, own=True) if each.code == code), "证件号码")
    form = NumberForm(request.POST or None, initial={"field": code})
    error, plain = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            stated = Stated(form.cleaned_data["purpose"], form.cleaned_data["case_number"])
            plain = actions.see_person_number(row, by=user, field=code, **stated._asdict())
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    context = {"record": row, "label": label, "plain": plain}
    return form_response(request, "records/number.html", context, form, error=error)


@require_http_methods(["GET", "POST"])
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a record of the own department."""
    user = user_of(request)
    row = get_object_or_404(queries.records_of(user), pk=pk)
    policy.require(user, "records.edit", row.source_department)
    form = RevokeForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            with submit_once(form.token) as sent:
                done = actions.revoke(row, by=user, reason=form.cleaned_data["reason"], on=form.cleaned_data["on"])
                sent.result_url = reverse("records:record", args=[row.pk])
            messages.success(request, REVOKED if done.status == RecordStatus.REVOKED else HELD)
            return redirect(sent.result_url)
        except AlreadySent as again:
            return redirect(again.result_url or "records:list")
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    return form_response(request, "records/revoke.html", {"record": row}, form, error=error)
