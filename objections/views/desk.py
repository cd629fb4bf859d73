"""Objections at the desk: the cases, and the beginning of one for a visitor."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import forms as kit
from casework.actions.opening import tracking_code
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from objections import actions, forms
from objections.queries.items import choices_of, dates_shown
from objections.rules.procedure import ABOUT_LABELS, FILE, OBJECTION, OUTCOME_LABELS

FILTERS = case_filter(
    OBJECTION,
    about=django_filters.ChoiceFilter(
        label="异议事项",
        empty_label="全部",
        field_name="objection__about",
        choices=choices(ABOUT_LABELS),
    ),
    outcome=django_filters.ChoiceFilter(
        label="答复",
        empty_label="全部",
        field_name="objection__outcome",
        choices=choices(OUTCOME_LABELS),
    ),
)


def _more(case: Case, user: User, on: date) -> dict[str, Any]:
    return {"item": case.own.disclosure, "dates": dates_shown(case.own)}


PAGES = CasePages(
    OBJECTION,
    address="objections/cases",
    templates="objections",
    begin=Begin("登记异议", "objection:choose", FILE),
    filters=FILTERS,
    joined=("disclosure", "accepted_by", "answered_by", "answered_to_by", "settled_by"),
    lead="收到当日在公示页面标注；由信息提供单位核实，由受理人以外的人答复。",
    more=_more,
    began=lambda case: str(case.own.get_about_display()),
    columns=(
        *COLUMNS[:3],
        Column("异议事项", lambda case: case.objection.get_about_display()),
        Column("项目", lambda case: case.objection.label),
        Column("公示编号", lambda case: case.objection.disclosure.public_id, 16),
        *COLUMNS[3:6],
        Column("核实结论", lambda case: case.objection.get_finding_display()),
        Column("答复", lambda case: case.objection.get_outcome_display()),
        COLUMNS[-1],
    ),
    forms={
        "accept": StepPage(kit.StepForm, actions.accept),
        "ask": StepPage(forms.AskForm, actions.ask),
        "supply": StepPage(forms.SupplyForm, actions.supply),
        "refuse": StepPage(forms.RefuseForm, actions.refuse_it),
        "forward": StepPage(kit.StepForm, actions.forward),
        "answer": StepPage(forms.AnswerForm, actions.answer),
        "extend": StepPage(forms.ExtendForm, actions.extend),
        "decide": StepPage(forms.DecideForm, actions.decide),
        "retract": StepPage(forms.ReasonForm, actions.retract),
        "appeal": StepPage(forms.AppealForm, actions.appeal),
        "settle": StepPage(forms.DecideForm, actions.settle),
    },
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Which item a visitor objects to: by its public id."""
    staff_of(request, FILE)
    form = forms.ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["item"].strip().lower()
        if public_disclosures(timezone.localdate()).filter(public_id=asked).exists():
            return redirect("objection:new", asked)
        form.add_error("item", "没有这个公示编号，或者已经停止公示。请核对公示页面上的编号。")
    return render(request, "objections/choose.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """An objection for a visitor, whose number and code are told once, on the next page."""
    user = staff_of(request, FILE)
    item = get_object_or_404(Disclosure, public_id=public_id)
    form = forms.VisitorForm(request.POST or None, request.FILES or None, fields=choices_of(item))

    def run(data: dict[str, Any]) -> str:
        case = actions.file(
            item,
            about=data["about"],
            field=data["field"],
            claimed=data["claimed"],
            grounds=data["grounds"],
            evidence=data["evidence"],
            by=user,
        )
        request.session["objection_receipt"] = [case.pk, tracking_code(case)]
        return reverse("objection:receipt")

    return act_on_form(request, "objections/new.html", {"item": item}, form, action=run)


@require_safe
@login_required
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and code for the visitor, shown once."""
    staff_of(request, FILE)
    told = request.session.pop("objection_receipt", None)
    if not told:
        return redirect("objection:choose")
    case = get_object_or_404(Case.objects.of(OBJECTION).select_related("subject", "department"), pk=told[0])
    return render(request, "objections/receipt.html", {"case": case, "code": told[1]})
