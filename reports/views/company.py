"""/my/reports/: a company has its own report made, takes it, and lets receivers take it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from reports import actions
from reports.forms import ProofForm, PurposeForm, ShareForm
from reports.models import Report, ReportShare
from reports.queries.issued import reports_of, shares_of
from reports.rules.channels import Channel
from reports.rules.proof import Period
from reports.rules.states import State
from reports.views.files import pdf

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
FRESH = "report-share"
"""Where a new link waits to be shown once."""


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The company's reports."""
    page = KeysetPage(
        reports_of(require_company(request)), ("-issued_at", "-pk"), cursor=request.GET.get("cursor", ""), size=50
    )
    today = timezone.localdate()
    rows = [(row, *row.word_on(today)) for row in page.items]
    return render(request, "reports/my_list.html", {"page": page, "rows": rows})


@get_or_post
@company_page
def new(request: HttpRequest) -> HttpResponse:
    """A report about the company itself."""
    account = require_company(request)

    def action(given: dict[str, Any]) -> str:
        asked = actions.Asked(purpose=given["purpose"], channel=Channel.COMPANY)
        made = actions.issue(canonical_subject(account), asked, by=account, site=request.build_absolute_uri("/"))
        return reverse("reports:my-report", args=[made.report.number])

    return act_on_form(
        request,
        "reports/my_new.html",
        {},
        PurposeForm(request.POST or None),
        action=action,
        message="报告已出具，可以下载或者分享。",
    )


@get_or_post
@company_page
def prove(request: HttpRequest) -> HttpResponse:
    """A proof whether there were violations, in the fields and over the days that it is asked for."""
    account = require_company(request)

    def action(given: dict[str, Any]) -> str:
        asked = actions.Asked(purpose=given["purpose"], channel=Channel.COMPANY)
        period = Period(given["since"], given["until"])
        wanted = actions.Wanted(tuple(each.code for each in given["fields_asked"]), period)
        made = actions.issue_proof(
            canonical_subject(account), asked, wanted, by=account, site=request.build_absolute_uri("/")
        )
        return reverse("reports:my-report", args=[made.report.number])

    form = ProofForm(request.POST or None, initial={"until": timezone.localdate()})
    return act_on_form(request, "reports/my_proof.html", {}, form, action=action, message="专项信用报告已出具。")


@require_safe
@company_page
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A report with its links; a link that was just made is shown this once."""
    report, today = _own(request, number), timezone.localdate()
    word, tone = report.word_on(today)
    context = {
        "report": report,
        "word": word,
        "tone": tone,
        "valid": report.state_on(today) is State.ISSUED,
        "shares": shares_of(report),
        "today": today,
        "fresh": request.session.pop(FRESH, None),
        "form": ShareForm(until=report.valid_until),
    }
    return render(request, "reports/my_one.html", context)


@require_safe
@company_page
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Its file; the download is on record."""
    report = _own(request, number)
    return pdf(report, actions.look(report, by=require_company(request)))


@get_or_post
@company_page
def share(request: HttpRequest, number: str) -> HttpResponse:
    """A link for one receiver."""
    account, report = require_company(request), _own(request, number)

    def action(given: dict[str, Any]) -> str:
        made = actions.share(report, receiver=given["receiver"], until=given["until"], by=account)
        address = request.build_absolute_uri(reverse("reports:shared", args=[made.token]))
        request.session[FRESH] = {"receiver": made.share.receiver, "address": address, "code": made.code}
        return reverse("reports:my-report", args=[report.number])

    form = ShareForm(request.POST or None, until=report.valid_until)
    return act_on_form(request, "reports/my_share.html", {"report": report}, form, action=action)


@require_POST
@company_page
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A link ends at once."""
    account, report = require_company(request), _own(request, number)
    actions.end_share(get_object_or_404(ReportShare, pk=pk, report=report), by=account)
    messages.success(request, "链接已停用。")
    return redirect("reports:my-report", number=report.number)


def _own(request: HttpRequest, number: str) -> Report:
    return get_object_or_404(reports_of(require_company(request)), number=number)
