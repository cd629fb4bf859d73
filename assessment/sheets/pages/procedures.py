"""Contests, adjustments, circulars and schemes at the desk, and the circulars that every department reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment.sheets.actions import adjusting, circulars, contesting, schemes
from assessment.sheets.actions.schemes import COLUMNS as TERMS
from assessment.sheets.actions.schemes import Terms
from assessment.sheets.forms import AgreeForm, CircularStepForm, CorrectForm, ReasonForm, SchemeForm, SchemeStepForm
from assessment.sheets.models import CircularCase
from assessment.sheets.queries.rows import rows_of
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.indicators import INDICATORS
from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, download

BACK = "assessment:months"


def _contested(case: Case, on: Any) -> list[Any]:
    return rows_of(case.own.refs)


CONTESTS = CasePages(
    rules.CONTEST_PROCEDURE,
    address="assessment/contests",
    templates="assessment/contest",
    filters=case_filter(rules.CONTEST_PROCEDURE),
    joined=("number__sheet__month",),
    lead="各单位对考核数字的申诉，由市信用办答复；成立的，考核表重算并保留原版本。",
    began=lambda case: f"{case.own.number.sheet.month}{case.own.number.get_indicator_display()}",
    more=lambda case, user, on: {
        "contested": rows_of(case.own.refs),
        "upheld": set(case.own.upheld),
        "made": case.own.made.first(),
    },
    columns=(
        COLUMNS[0],
        Column("月份", lambda case: case.own.number.sheet.month.label),
        Column("指标", lambda case: case.own.number.get_indicator_display(), 20),
        *COLUMNS[3:6],
        COLUMNS[8],
    ),
    forms={
        "correct": StepPage(CorrectForm, contesting.correct, offered=_contested),
        "reject": StepPage(ReasonForm, contesting.reject),
        "withdraw": StepPage(ReasonForm, contesting.withdraw),
    },
)
ADJUSTMENTS = CasePages(
    rules.ADJUSTMENT,
    address="assessment/adjustments",
    templates="assessment/adjustment",
    filters=case_filter(rules.ADJUSTMENT),
    joined=("month",),
    lead="扣分和加分须有认定文书，由两人办理。从某月的考核表登记。",
    began=lambda case: case.own.get_ground_display(),
    columns=(
        COLUMNS[0],
        Column("月份", lambda case: case.own.month.label),
        Column("事由", lambda case: case.own.get_ground_display(), 20),
        Column("分值", lambda case: case.own.points),
        COLUMNS[3],
        COLUMNS[8],
    ),
    forms={
        "confirm": StepPage(AgreeForm, adjusting.confirm),
        "reject": StepPage(ReasonForm, adjusting.reject),
    },
)
CIRCULARS = CasePages(
    rules.CIRCULAR,
    address="assessment/circulars",
    templates="assessment/circular",
    filters=case_filter(rules.CIRCULAR),
    joined=("month", "corrects__case"),
    lead="通报在申诉期限届满后由另一人签发。从某月的考核表拟写。",
    began=lambda case: case.own.title,
    columns=(
        COLUMNS[0],
        Column("标题", lambda case: case.own.title, 40),
        Column("月份", lambda case: case.own.month.label),
        COLUMNS[3],
        Column("印发日期", "decided_on"),
    ),
    forms={
        "revise": StepPage(
            CircularStepForm,
            circulars.revise,
            initial=lambda case, on: {"title": case.own.title, "text": case.own.text},
        ),
        "issue": StepPage(AgreeForm, circulars.issue),
        "cancel": StepPage(ReasonForm, circulars.cancel),
    },
)


def _told(data: dict[str, Any]) -> tuple[Terms, dict[str, Decimal]]:
    """Terms and weights of a form."""
    return Terms(**{name: data[name] for name in TERMS}), {code: data[code] for code in INDICATORS}


def _revise(case: Case, *, by: Any, on: Any, version: str, **data: Any) -> Case:
    terms, points = _told(data)
    return schemes.revise(case, terms=terms, points=points, by=by, on=on, version=version)


def _as_filled(case: Case, on: Any) -> dict[str, Any]:
    weights: dict[str, Any] = dict.fromkeys(INDICATORS, 0) | dict(case.own.lines.values_list("indicator", "points"))
    return {name: getattr(case.own, name) for name in TERMS} | weights


SCHEMES = CasePages(
    rules.SCHEME,
    address="assessment/schemes",
    templates="assessment/scheme",
    filters=case_filter(rules.SCHEME),
    lead="考核指标的权重和规则，由一人拟定、另一人审定，按施行日期适用。",
    began=lambda case: case.own.name,
    begin=Begin("拟定考核方案", "assessment:scheme-new", rules.DRAW_UP),
    columns=(
        COLUMNS[0],
        Column("名称", lambda case: case.own.name, 30),
        Column("施行日期", lambda case: case.own.valid_from),
        COLUMNS[3],
        COLUMNS[8],
    ),
    forms={
        "revise": StepPage(SchemeStepForm, _revise, initial=_as_filled),
        "propose": StepPage(AgreeForm, schemes.propose),
        "adopt": StepPage(AgreeForm, schemes.adopt),
        "send_back": StepPage(ReasonForm, schemes.send_back),
        "discard": StepPage(ReasonForm, schemes.discard),
    },
)


@login_required
@require_http_methods(["GET", "POST"])
def new_scheme(request: HttpRequest) -> HttpResponse:
    """Draw a scheme up; the form begins with what holds today, or with the weights of a first scheme."""
    user = staff_of(request, rules.DRAW_UP)
    weights = {code: each.points for code, each in INDICATORS.items()}
    terms = {"small": 10, "freeze_days": 5, "contest_days": 5, "floor": 10, "cap": 5}
    form = SchemeForm(request.POST or None, initial={**terms, **weights})

    def run(data: dict[str, Any]) -> str:
        return SCHEMES.url("case", schemes.draw_up(*_told(data), by=user).pk)

    context = {
        "title": "拟定考核方案",
        "lead": "权重合计 100；权重为 0 的指标不列入。由另一人审定后施行。",
        "submit_label": "保存",
        "back_url": SCHEMES.url("cases"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已保存，请提交审定。")


def _issued(request: HttpRequest, pk: int) -> CircularCase:
    staff_of(request, rules.VIEW)
    rows = CircularCase.objects.issued().select_related("case__department", "month", "corrects__case")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def read_circular(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued circular as every department reads it, with the figures as they were signed."""
    row = _issued(request, pk)
    context = {
        "row": row,
        "corrections": CircularCase.objects.issued().filter(corrects=row).select_related("case"),
        "on": timezone.localdate(),
        "back_url": reverse(BACK),
    }
    return render(request, "assessment/circular_read.html", context)


@login_required
@require_safe
def circular_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed file."""
    row = _issued(request, pk)
    return download(circulars.signed_file(row), f"{row.case.number}.pdf", "application/pdf")
