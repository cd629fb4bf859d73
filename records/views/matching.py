"""批量比对: a list against the register. The file is not kept, neither is the result."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.errors import Refused
from credit_platform.web.errors import apply_errors, at_field, form_response
from credit_platform.web.export import xlsx_response
from records.forms.imports import MatchForm
from records.imports.matching import matching
from records.imports.matching.matched import Matched
from records.imports.matching.report import COLUMNS
from records.views.staff import user_of

SHOWN = 500
TEMPLATE = "records/imports/matching.html"


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def match(request: HttpRequest) -> HttpResponseBase:
    """Upload a list; the answer is a page, or a workbook when that button was pressed."""
    user = user_of(request)
    policy.require(user, "records.view_shared")
    form = MatchForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form_response(request, TEMPLATE, {}, form)
    file, purpose = form.cleaned_data["file"], form.cleaned_data["purpose"]
    _register("subject.match", user, file.name or "", purpose)
    try:
        rows = matching.match_file(b"".join(file.chunks()), file.name or "")
    except Refused as refusal:
        error = at_field(refusal, "file")
        apply_errors(form, error)
        return form_response(request, TEMPLATE, {}, form, error=error)
    _register("subject.match.result", user, file.name or "", purpose, len(rows))
    if request.POST.get("as") == "xlsx":
        return xlsx_response(rows, COLUMNS, "批量比对结果")
    return _page(request, form, rows)


def _register(what: str, user: User, name: str, purpose: str, count: int = 0) -> None:
    """Once before the file is opened, whatever it does to its reader, and once before the result is shown, with the number of its rows."""
    audit.look(
        what,
        by=user,
        subject_ref=f"名单 {name}"[:200],
        purpose=purpose,
        fields="名称、统一社会信用代码",
        results=count,
        unit_id=user.department_id,
    )


def _page(request: HttpRequest, form: MatchForm, rows: list[Matched]) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows[:SHOWN],
        "shown": min(len(rows), SHOWN),
        "summary": matching.summary(rows),
        "several_sheets": len({row.sheet for row in rows}) > 1,
    }
    return render(request, TEMPLATE, context)
