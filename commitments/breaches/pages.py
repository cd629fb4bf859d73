"""The pages of a breach: at the desk, and for the company that it is about."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework import forms as kit
from casework.actions.tips import TipReport
from casework.models import Tip
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from casework.pages.informant import shown_once
from casework.pages.subject import SubjectPages
from commitments.breaches import actions, forms, queries, rules
from commitments.breaches.rules import BREACH
from commitments.lists.queries.measures import fitting
from commitments.models import CommitmentLetter, Review
from commitments.rules.kinds import BREACH_KIND_LABELS
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import is_key
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column

FILTERS = case_filter(
    BREACH,
    kind=django_filters.ChoiceFilter(
        label="违诺种类",
        empty_label="全部",
        field_name="breachcase__kind",
        choices=choices(BREACH_KIND_LABELS),
    ),
    source=django_filters.ChoiceFilter(
        label="来源",
        empty_label="全部",
        field_name="breachcase__source",
        choices=choices(rules.SOURCE_LABELS),
    ),
)
PAGES = CasePages(
    BREACH,
    address="commitments/breaches",
    templates="commitments/breaches",
    filters=FILTERS,
    joined=("letter__matter", "letter__record", "letter__entry"),
    lead="违诺不自动认定：告知、陈述申辩、另一人认定之后，方可决定。",
    more=queries.more,
    began=queries.began,
    columns=(
        *COLUMNS[:3],
        Column("承诺编码", lambda case: case.breachcase.letter.code, 26),
        Column("违诺种类", lambda case: case.breachcase.get_kind_display()),
        Column("来源", lambda case: case.breachcase.get_source_display()),
        *COLUMNS[3:],
        Column("不适用告知承诺至", lambda case: case.breachcase.barred_until),
    ),
    forms={
        "notify": StepPage(
            forms.NotifyForm,
            actions.notify,
            offered=lambda case, on: fitting(case.own, on),
            initial=lambda case, on: {"notice": queries.draft_notice(case, on)},
        ),
        "serve": StepPage(kit.ServeForm, actions.serve),
        "hear": StepPage(kit.HearForm, actions.hear),
        "determine": StepPage(kit.DetermineForm, actions.determine),
        "decide": StepPage(forms.DecideForm, actions.decide, offered=queries.announced, confirm=queries.effects),
        "dismiss": StepPage(kit.DismissForm, actions.dismiss),
        "annul": StepPage(kit.AnnulForm, actions.annul),
    },
)
MINE = SubjectPages(
    BREACH,
    address="commitments/cases",
    templates="commitments/breaches",
    respond=actions.respond,
    pairs=lambda case: [("承诺编码", case.own.letter.code)],
    more=lambda case: {"measures": case.own.measures.select_related("measure")},
)


def _letter(request: HttpRequest, pk: int) -> CommitmentLetter:
    user = staff_of(request, "commitments.view")
    row = get_object_or_404(
        within(CommitmentLetter.objects.select_related("subject", "matter", "department"), user), pk=pk
    )
    policy.require(user, rules.HANDLE, row.department)
    return row


@require_http_methods(["GET", "POST"])
@login_required
def candidate(request: HttpRequest, letter: int) -> HttpResponse:
    """Begin a case, from a review (?review=) or of the desk's own."""
    row, user = _letter(request, letter), staff_of(request)
    review = _review(request.GET.get("review", ""), row)
    form = forms.CandidateForm(request.POST or None, initial={"facts": review.finding if review else ""})
    source = rules.Source.REVIEW if review else rules.Source.DESK

    def run(data: dict[str, Any]) -> str:
        made = actions.open_candidate(
            row, kind=data["kind"], facts=data["facts"], source=source, review=review, by=user
        )
        return PAGES.url("case", made.pk)

    context = {"row": row, "review": review}
    done = "已提出，请继续告知当事人。"
    return act_on_form(request, "commitments/breaches/candidate.html", context, form, action=run, message=done)


def _review(asked: str, row: CommitmentLetter) -> Review | None:
    if not asked:
        return None
    if not is_key(asked):
        raise BadRequest("breach.review", "地址不完整，请从复核页面重新进入。")
    return get_object_or_404(Review, pk=int(asked), letter=row)


@require_http_methods(["GET", "POST"])
@login_required
def reported(request: HttpRequest, letter: int) -> HttpResponse:
    """Take in a tip about a letter and begin its case."""
    row, user = _letter(request, letter), staff_of(request)
    form = forms.ReportedForm(
        request.POST or None, request.FILES or None, initial={"received_on": timezone.localdate()}
    )

    def run(data: dict[str, Any]) -> str:
        told = TipReport(data["way"], data["received_on"], data["account"], data["informant"])
        made = actions.open_reported(
            row, kind=data["kind"], facts=data["facts"], told=told, attachments=data["attachments"], by=user
        )
        return PAGES.url("case", made.pk)

    done = "已提出，请继续告知当事人。"
    return act_on_form(request, "commitments/breaches/reported.html", {"row": row}, form, action=run, message=done)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def informant(request: HttpRequest, pk: int) -> HttpResponse:
    """Who told us: asked with a purpose, registered, shown once in the answer to the form."""
    case, user = PAGES.case_of(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, case.department)
    tip = get_object_or_404(Tip.objects.select_related("case__department", "case__subject"), case=case)

    def ask(purpose: str) -> str:
        return actions.informant(tip, by=user, purpose=purpose)

    return shown_once(request, ask, row=case, back_label=case.number, back_url=PAGES.url("case", case.pk))
