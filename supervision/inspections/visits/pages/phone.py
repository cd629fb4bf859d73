"""The form for a phone: one page that works without a connection, and the service worker that keeps it there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from supervision.inspections.plans.rules.states import ObjectState
from supervision.inspections.visits import actions, forms
from supervision.inspections.visits.pages.desk import PAGES
from supervision.inspections.visits.queries.desk import item_rows
from supervision.inspections.visits.rules.procedure import HANDLE

FILES = (
    "vendor/bootstrap/bootstrap.min.css",
    *(f"css/{name}.css" for name in ("tokens", "layout", "forms", "components", "public", "desk", "print")),
    "vendor/htmx/htmx.min.js",
    "js/site.js",
    "js/visit.js",
)
"""What the page is made of beside itself."""


@login_required
@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of a visit. Sent again after an answer that was lost, it leads to what the first sending has done."""
    case, user, on = PAGES.case_of(request, pk), staff_of(request), timezone.localdate()
    policy.require(user, HANDLE, case.department)
    here = PAGES.url("case", case.pk)
    if request.method != "POST" and case.state != ObjectState.INSPECTING:
        messages.warning(request, "该检查不在填写结果的阶段。")
        return redirect(here)
    given = {"edited": case, "offered": item_rows(case, on), "initial": {"ended_on": on, "account": case.own.account}}
    form = forms.ResultsForm(request.POST or None, request.FILES or None, **given)

    def run(data: dict[str, Any]) -> str:
        given = {name: value for name, value in data.items() if name not in ("form_token", "version_seen")}
        found = forms.results_of(given)
        actions.enter(case, results=found, by=user, version=data["version_seen"], **given)
        return here

    pairs = [(row, form[result], form[finding]) for row, result, finding in form.pairs]
    context = {"case": case, "row": case.own, "pairs": pairs, "back_url": here}
    done = "已提交，请由另一人审核。"
    return act_on_form(request, "inspections/visits/phone.html", context, form, action=run, message=done)


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The script of the service worker, which may act for pages below `/desk/visits/` only."""
    return render(request, "inspections/visits/worker.js", {"files": FILES}, content_type="text/javascript")
