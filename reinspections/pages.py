"""/desk/reinspections/: the cases, and the figures of a year."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.labels import choices
from credit_platform.web.export import Column
from credit_platform.web.figures import asked_year
from reinspections import actions, forms, queries
from reinspections.rules import QUESTIONS, REINSPECTION, RESULT_LABELS, VIEW

FIRST_YEAR = 2026
"""Before 令第36号 nothing was drawn here."""


def _inspect(case: Case, **given: Any) -> Case:
    """The form asks one field a question."""
    return actions.inspect(case, answers={code: given.pop(code) for code in QUESTIONS}, **given)


PAGES = CasePages(
    REINSPECTION,
    address="reinspections",
    templates="reinspections",
    filters=case_filter(
        REINSPECTION,
        result=django_filters.ChoiceFilter(
            label="复核结果", empty_label="全部", field_name="reinspectioncase__result", choices=choices(RESULT_LABELS)
        ),
    ),
    joined=("repair__case", "repair__disclosure", "responsible", "draw"),
    lead="从已经办结的信用修复中随机抽取，由没有参与办理的人员复核；错修、漏修当即纠正。",
    more=lambda case, user, on: queries.item_of(case),
    began=lambda case: f"{case.own.draw.title}" if case.own.draw else "信用修复复核",
    columns=(
        *COLUMNS[:4],
        Column("修复案号", lambda case: case.own.repair.case.number, 22),
        Column("复核结果", lambda case: case.own.get_result_display()),
        Column("责任单位", lambda case: case.own.responsible.name if case.own.responsible else "", 24),
        Column("错误持续天数", lambda case: case.own.wrong_days),
        Column("纠正情况", lambda case: case.own.correction, 30),
        COLUMNS[4],
        COLUMNS[5],
    ),
    forms={
        "inspect": StepPage(forms.InspectForm, _inspect),
        "confirm": StepPage(forms.ConfirmForm, actions.confirm),
        "deny": StepPage(forms.DenyForm, actions.deny),
    },
)


@require_safe
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """How many were looked at in a year, how many were wrong, by department."""
    staff_of(request, VIEW)
    this_year = timezone.localdate().year
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=this_year)
    lines = queries.figures(year)
    looked, wrong, missed = queries.total(lines)
    years = list(range(this_year, FIRST_YEAR - 1, -1))
    context = {"year": year, "years": years, "lines": lines, "looked": looked, "wrong": wrong, "missed": missed}
    return render(request, "reinspections/figures.html", context)
