"""Objections at the desk: the cases, and the beginning of one for a visitor."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from casework import forms as kit
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from casework.pages.window import WindowPages
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from disclosure.models import Disclosure
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


WINDOW = WindowPages(OBJECTION, "objections", FILE, "登记异议")


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
        return WINDOW.give(request, case)

    return act_on_form(request, "objections/new.html", {"item": item}, form, action=run)
