"""/my/agencies/: a subject authorises agencies, sees each of their calls and takes the authorisation back; /my/agency/: an agency's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies.sessions import company_page, require_company
from credit_platform.accounts.models import Department
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from industry.agencies import actions, forms, rules
from industry.agencies.actions.registering import FIELDS
from industry.agencies.models import Agency, AgencyGrant
from industry.agencies.queries import (
    agency_of,
    calls_about,
    confirm_due,
    grants_of,
    late_deliveries,
    registering_unit,
    used_today,
)
from lookups.actions.online import take_back

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
OWN_VERBS: dict[str, tuple[str, str]] = {
    "confirm": ("年度确认", "确认登记信息仍然真实、准确，自今日起一年有效。"),
    "leave": ("退出登记", "退出后不再列入名录，接口立即停用；需要时可以重新申请。"),
}


@require_safe
@company_page
def grants(request: HttpRequest) -> HttpResponse:
    """Whom one has authorised, and who can be."""
    account, on = require_company(request), timezone.localdate()
    page = KeysetPage(grants_of(account), ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    rows = [(row, _word(row)) for row in page.items]
    agencies = Agency.objects.current(on).select_related("subject").order_by("subject__name")[:200]
    return render(request, "industry/agencies/my_grants.html", {"page": page, "rows": rows, "agencies": agencies})


@get_or_post
@company_page
def grant_new(request: HttpRequest, agency: int) -> HttpResponse:
    """Authorise an agency."""
    account = require_company(request)
    row = get_object_or_404(Agency.objects.current(timezone.localdate()).select_related("subject"), pk=agency)
    form = forms.GrantForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        made = actions.authorise(row, reason=given["reason"], ends_on=given["ends_on"], by=account)
        return reverse("agencies:my-grant", args=[made.pk])

    context = {"agency": row}
    return act_on_form(request, "industry/agencies/my_grant_new.html", context, form, action=action, message="已授权。")


@require_safe
@company_page
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """One authorisation with every call, the refused ones too."""
    row = get_object_or_404(grants_of(require_company(request)), pk=pk)
    page = KeysetPage(calls_about(row), ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "industry/agencies/my_grant.html", {"row": row, "word": _word(row), "page": page})


@get_or_post
@company_page
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an authorisation back."""
    account = require_company(request)
    row = get_object_or_404(grants_of(account), pk=pk)
    here = reverse("agencies:my-grant", args=[row.pk])
    form = forms.WordForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        take_back(row.authorisation, by=account)
        return here

    lead = f"撤回后，{row.agency.subject.name}的下一次查询即被拒绝。不能恢复，需要时可以重新授权。"
    context = {"title": "撤回授权", "lead": lead, "back_url": here, "serious": True}
    return act_on_form(request, "industry/agencies/my_word.html", context, form, action=action, message="已撤回。")


@get_or_post
@company_page
def own(request: HttpRequest) -> HttpResponse:
    """An agency's registration: where it stands; the application while there is none or it was returned."""
    account, on = require_company(request), timezone.localdate()
    row = agency_of(account)
    if row is not None and row.state != rules.State.RETURNED:
        context = {
            "row": row,
            "word": row.word_on(on),
            "used": used_today(row, on),
            "late": late_deliveries(row, on),
            "may_confirm": row.state == rules.State.REGISTERED and confirm_due(row),
        }
        return render(request, "industry/agencies/my_agency.html", context)
    initial = {name: getattr(row, name) for name in FIELDS} if row else {}
    form = forms.ApplyForm(request.POST or None, initial=initial)
    department = get_object_or_404(Department, pk=registering_unit())

    def action(given: dict[str, Any]) -> str:
        values = {name: given[name] for name in FIELDS}
        actions.apply(values, department=department, promise=given["promise"], by=account)
        return reverse("agencies:my-agency")

    context = {"row": row}
    return act_on_form(
        request, "industry/agencies/my_apply.html", context, form, action=action, message="已提交，请等候核对。"
    )


@get_or_post
@company_page
def own_act(request: HttpRequest, verb: str) -> HttpResponse:
    """Confirm for another year, or leave."""
    account = require_company(request)
    row = agency_of(account)
    if verb not in OWN_VERBS or row is None:
        raise Http404
    if row.state != rules.State.REGISTERED:
        return redirect("agencies:my-agency")
    label, lead = OWN_VERBS[verb]
    form = forms.WordForm(request.POST or None)
    steps: dict[str, Callable[..., Agency]] = {"confirm": actions.confirm, "leave": actions.leave}

    def action(given: dict[str, Any]) -> str:
        steps[verb](row, by=account)
        return reverse("agencies:my-agency")

    context = {"title": label, "lead": lead, "back_url": reverse("agencies:my-agency"), "serious": verb == "leave"}
    return act_on_form(request, "industry/agencies/my_word.html", context, form, action=action, message="已办理。")


def _word(row: AgencyGrant) -> tuple[str, str]:
    paper = row.authorisation
    if paper.ended_on is not None:
        return "已撤回", "neutral"
    return ("有效", "good") if paper.ends_on >= timezone.localdate() else ("已到期", "neutral")
