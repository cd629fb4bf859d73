"""Objections at the desk: the cases of all, narrowed as the statistics count them, and who objected without an account."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from casework import forms as kit
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from casework.pages.informant import shown_once
from casework.rules.disputes import ABOUT_LABELS
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.export import Column
from credit_platform.web.lists import YearFilter
from objections import actions, forms
from objections.models import Objection
from objections.queries.items import dates_shown, pauses_of
from objections.queries.outcomes import reached
from objections.queries.statistics import COUNTED
from objections.rules.outcomes import OUTCOME_LABELS
from objections.rules.procedure import ACCEPT, FILE, OBJECTION


class CountedFilter(django_filters.ChoiceFilter):
    """The objections behind one figure of the statistics."""

    def filter(self, rows: QuerySet[Case], value: Any) -> QuerySet[Case]:
        if value not in COUNTED:
            return rows
        return rows.filter(objection__in=Objection.objects.counted().filter(COUNTED[value].holds))


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
    label=django_filters.CharFilter(label="项目", field_name="objection__label"),
    year=YearFilter(label="提交年份", field_name="objection__filed_on", lookup_expr="year"),
    counted=CountedFilter(
        label="统计口径", empty_label="全部", choices=[(code, each.label) for code, each in COUNTED.items()]
    ),
)


def _more(case: Case, user: User, on: date) -> dict[str, Any]:
    own = case.own
    return {
        "item": own.disclosure,
        "dates": dates_shown(own),
        "pauses": pauses_of(case),
        "who": getattr(own, "objector", None),
        "corrections": list(own.corrections.all()),
        "reached": reached(own) if own.outcome else None,
    }


PAGES = CasePages(
    OBJECTION,
    address="objections/cases",
    templates="objections",
    begin=Begin("登记异议", "objection:choose", FILE),
    filters=FILTERS,
    joined=("disclosure", "objector", "accepted_by", "answered_by", "answered_to_by", "settled_by"),
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
        "confirm": StepPage(forms.ConfirmForm, actions.confirm),
        "summon": StepPage(forms.SummonForm, actions.summon),
        "accept": StepPage(kit.StepForm, actions.accept),
        "ask": StepPage(forms.AskForm, actions.ask),
        "supply": StepPage(forms.SupplyForm, actions.supply),
        "add": StepPage(forms.AddForm, actions.add),
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
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone of who objected without an account: asked with a purpose, registered, shown once."""
    user = staff_of(request, ACCEPT)
    case = get_object_or_404(PAGES.rows(user).filter(objection__objector__isnull=False), pk=pk)
    return shown_once(
        request,
        lambda purpose: actions.contact_of(case, by=user, purpose=purpose),
        row=case,
        back_label=case.number,
        title="异议人联系方式",
        warning="联系方式只用于办理本件。",
        none="没有留下联系方式。",
        back_url=PAGES.url("case", case.pk),
    )
