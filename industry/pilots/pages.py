"""The pages of pilots: at the desk, and what the public reads of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.keyset import KeysetPage
from industry.pilots import actions, forms, rules
from industry.pilots.rules import PILOT

FIELDS = ("title", "theme", "plan", "indicators", "safeguards", "starts_on", "ends_on")


def _indicators(case: Case, on: date) -> list[Any]:
    return list(case.own.indicators.all())


def _more(case: Case, user: User, on: date) -> dict[str, Any]:
    return {"indicators": case.own.indicators.prefetch_related("values__evidence")}


PAGES = CasePages(
    PILOT,
    address="pilots",
    templates="industry/pilots",
    filters=case_filter(
        PILOT,
        theme=django_filters.ChoiceFilter(
            label="主题", empty_label="全部", field_name="pilotcase__theme", choices=rules.THEME_CHOICES
        ),
    ),
    lead="试点先有方案、指标和基线，由市信用办另一人同意；结束后总结公开。",
    more=_more,
    begin=Begin("申报试点", "pilot:new", rules.HANDLE),
    began=lambda case: case.own.title,
    columns=(
        COLUMNS[0],
        Column("名称", lambda case: case.own.title, 30),
        Column("主题", lambda case: case.own.get_theme_display()),
        Column("开始日期", lambda case: case.own.starts_on),
        Column("结束日期", lambda case: case.own.ends_on),
        COLUMNS[3],
        COLUMNS[8],
    ),
    forms={
        "agree": StepPage(forms.PlainForm, actions.agree),
        "deny": StepPage(forms.ReasonForm, actions.deny),
        "measure": StepPage(forms.MeasureForm, actions.measure, offered=_indicators),
        "summarise": StepPage(forms.SummariseForm, actions.summarise),
        "spread": StepPage(forms.SpreadForm, actions.spread),
        "terminate": StepPage(forms.ReasonForm, actions.terminate),
    },
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose a pilot of one's own unit."""
    user = staff_of(request, rules.HANDLE)
    form = forms.ProposeForm(request.POST or None, initial={"starts_on": timezone.localdate()})

    def action(given: dict[str, Any]) -> str:
        if user.department is None:
            raise Refused("pilots.department", "您的账号没有所属单位，不能申报试点。")
        case = actions.propose(department=user.department, by=user, **{name: given[name] for name in FIELDS})
        return PAGES.url("case", case.pk)

    context = {
        "title": "申报试点",
        "lead": "由市信用办同意后实施，并对外公开。",
        "submit_label": "申报",
        "back_url": reverse("pilot:cases"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已申报，请等候同意。")


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Pilots that run or ran, the latest first."""
    rows = Case.objects.of(PILOT).filter(state__in=rules.SHOWN).select_related("department", "pilotcase")
    page = KeysetPage(rows, ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "industry/pilots/public_list.html", {"page": page})


@require_safe
def public_pilot(request: HttpRequest, pk: int) -> HttpResponse:
    """One pilot: plan, indicators with what was measured, lesson. 404 for one that nobody agreed to."""
    cases = Case.objects.of(PILOT).filter(state__in=rules.SHOWN).select_related("department", "pilotcase")
    case = get_object_or_404(cases, pk=pk)
    context = {"case": case, "row": case.own, "indicators": case.own.indicators.prefetch_related("values")}
    return render(request, "industry/pilots/public_pilot.html", context)
