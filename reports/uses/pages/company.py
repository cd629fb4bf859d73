"""/my/report-uses/: who wants to use the company's report; consent, refusal, taking back, and who opened it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from reports.models import ReportUse
from reports.uses import actions
from reports.uses.forms import ConsentForm, ReasonForm
from reports.uses.queries import uses_of
from reports.uses.rules import MOVES, UseState

FORMS = {"consent": ConsentForm, "decline": ReasonForm, "revoke": ReasonForm}
WORDS = {
    "consent": (
        "同意使用",
        "同意后生成一份只供该单位使用的报告，到期或者撤回同意后不能再打开。",
        "已同意，报告已提供给使用单位。",
    ),
    "decline": ("不同意使用", "该单位不能打开本单位的报告。", "已答复不同意。"),
    "revoke": ("撤回同意", "撤回后该单位立即不能再打开报告；撤回前已经打开的有记录。", "已撤回同意。"),
}


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """Everybody who asked, the latest first."""
    page = KeysetPage(uses_of(require_company(request)), ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    today = timezone.localdate()
    return render(
        request, "reports/uses/mine.html", {"page": page, "rows": [(row, *row.word_on(today)) for row in page.items]}
    )


@require_safe
@company_page
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One of them, with each time that the report was opened, by unit."""
    row, today = _own(request, number), timezone.localdate()
    word, tone = row.word_on(today)
    verbs = verbs_of(row, today)
    context = {"row": row, "word": word, "tone": tone, "openings": row.openings.all()[:50], "verbs": verbs}
    return render(request, "reports/uses/my_use.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def answer(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Consent, refusal, taking back."""
    account, row = require_company(request), _own(request, number)
    if verb not in FORMS:
        raise Http404
    here = reverse("reports:my-use", args=[row.number])

    def action(given: dict[str, Any]) -> str:
        if verb == "consent":
            actions.consent(row, by=account, site=request.build_absolute_uri("/"), version=form.version)
        else:
            act = actions.decline if verb == "decline" else actions.revoke
            act(row, reason=given["reason"], by=account, version=form.version)
        return here

    form = FORMS[verb](request.POST or None, edited=row)
    title, lead, done = WORDS[verb]
    context = {"row": row, "title": title, "lead": lead}
    return act_on_form(request, "reports/uses/my_answer.html", context, form, action=action, message=done)


def verbs_of(row: ReportUse, on: date) -> list[tuple[str, str]]:
    """What the subject may do with a use on a day, each with its word."""
    moves = [verb for verb in FORMS if (UseState(row.state), verb) in MOVES]
    return [(verb, WORDS[verb][0]) for verb in moves if verb != "consent" or row.may_be_agreed(on)]


def _own(request: HttpRequest, number: str) -> ReportUse:
    return get_object_or_404(uses_of(require_company(request)), number=number)
