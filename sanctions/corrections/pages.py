"""The pages of corrections at the desk and for the company."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from casework.pages.subject import SubjectPages
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.formats import cn_date
from records.queries import records_of
from sanctions.corrections import actions, forms, queries, rules
from sanctions.corrections.rules import CORRECTION

PAGES = CasePages(
    CORRECTION,
    address="corrections",
    templates="sanctions/corrections",
    filters=case_filter(CORRECTION),
    joined=("found",),
    lead="督促失信主体在期限内整改；逾期没有整改到位的，谁认定、谁约谈。",
    more=queries.more,
    began=lambda case: f"“{case.own.found.title}”（{case.own.found.document_number}）",
    columns=(
        *COLUMNS[:4],
        Column("约谈种类", lambda case: case.own.get_kind_display()),
        Column("约谈日期", lambda case: case.own.talk_held_on),
        Column("承诺整改期限", lambda case: case.own.promised_by),
        *COLUMNS[4:6],
        COLUMNS[8],
    ),
    forms={
        "order": StepPage(forms.OrderForm, actions.order, initial=queries.draft_order),
        "serve": StepPage(forms.ServeForm, actions.serve),
        "pass": StepPage(forms.RecheckForm, actions.passed),
        "fail": StepPage(forms.RecheckForm, actions.failed),
        "invite": StepPage(forms.InviteForm, actions.invite, initial=queries.draft_talk),
        "interview": StepPage(forms.InterviewForm, actions.interview),
        "absent": StepPage(forms.AbsentForm, actions.absent),
        "settle": StepPage(forms.RecheckForm, actions.settle),
        "persist": StepPage(forms.RecheckForm, actions.persist),
        "dismiss": StepPage(forms.DismissForm, actions.dismiss),
        "annul": StepPage(forms.AnnulForm, actions.annul),
    },
)


def _pairs(case: Case) -> list[tuple[str, str]]:
    row = case.own
    found = [("责令整改文书号", row.order_number)]
    if row.talk:
        found.append((row.get_kind_display(), f"{cn_date(row.talk_held_on or row.talk_on)}，{row.talk_at}"))
    if row.promised_by:
        found.append(("承诺整改期限", cn_date(row.promised_by)))
    return found


MINE = SubjectPages(
    CORRECTION,
    address="corrections",
    respond=actions.respond,
    templates="sanctions/corrections/mine",
    form=forms.ReportForm,
    said="整改报告",
    pairs=_pairs,
)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, record: int) -> HttpResponse:
    """Begin a case on a record of the own department."""
    user = staff_of(request, CORRECTION.view)
    row = get_object_or_404(records_of(user).select_related("subject", "source_department"), pk=record)
    policy.require(user, rules.HANDLE, row.source_department)
    back = reverse("records:record", args=[row.pk])
    form = forms.OpenForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        case = actions.open_correction(row, facts=data["facts"], demands=data["demands"], by=user)
        return reverse("correction:case", args=[case.pk])

    context = {
        "title": f"责令整改：{row.subject.name}",
        "lead": f"“{row.title}”（{row.document_number}）。提出后由本单位另一名审核员签发。",
        "submit_label": "提出整改",
        "back_url": back,
    }
    return act_on_form(
        request, "kit/form_page.html", context, form, action=run, message="已提出，请由另一名审核员签发。"
    )
