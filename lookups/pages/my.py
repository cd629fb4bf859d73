"""/my/looks/: a company reads who looked at it, and asks why."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, xlsx_response
from lookups.actions.enquiring import ask_why
from lookups.forms import WhyForm
from lookups.queries.telling import looked_at, told_of
from lookups.rules.reviewing import Ground
from records.queries import merged_with

COLUMNS = (
    Column("时间", "at", 18),
    Column("查询单位", "unit", 30),
    Column("目的", "why", 24),
    Column("说明", "sentence", 40),
    Column("查询的信息", "fields", 30),
    Column("办件编号", "case_number", 24),
    Column("推迟告知", "late", 40),
)


@require_safe
@company_page
def looks(request: HttpRequest) -> HttpResponseBase:
    """Who looked at what is not public of the company; `?export=xlsx` the same as a file."""
    seen = looked_at(canonical_subject(require_company(request)), timezone.localdate())
    if request.GET.get("export") == "xlsx":
        return xlsx_response(seen, COLUMNS, "谁查过我")
    return render(request, "lookups/my_looks.html", {"seen": seen})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def look(request: HttpRequest, number: str) -> HttpResponse:
    """One query: ask why, or read the answer."""
    account = require_company(request)
    rows = told_of(merged_with(canonical_subject(account)), timezone.localdate())
    query = rows.select_related("department", "purpose").filter(number=number).first()
    if query is None:
        raise Http404
    here = reverse("lookups:my-look", args=[query.number])

    def action(given: dict[str, Any]) -> str:
        ask_why(query, text=given["text"], by=account)
        return here

    asked = query.findings.filter(ground=Ground.ASKED.value).first()
    context = {"query": query, "asked": asked}
    form = WhyForm(request.POST or None)
    done = "已提出，答复显示在本页。"
    return act_on_form(request, "lookups/my_look.html", context, form, action=action, message=done)
