"""/my/inspections/: a company reads when it was drawn and visited, by whom, for what, and asks for recusal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from supervision.inspections.plans.models import TaskObject
from supervision.inspections.plans.rules.states import ObjectState
from supervision.inspections.visits import actions, forms
from supervision.inspections.visits.models import VisitCase
from supervision.inspections.visits.queries.teams import offered

PUBLIC = (ObjectState.PUBLISHED, ObjectState.FOLLOW_UP, ObjectState.CLOSED)


@require_safe
@company_page
def history(request: HttpRequest) -> HttpResponse:
    """The draws in which the company was drawn, from the notice on, and its visits."""
    subject = canonical_subject(require_company(request))
    visits = VisitCase.objects.of_subject(subject).select_related("case__department", "object__task")
    drawn = TaskObject.objects.filter(subject__in=[subject, *subject.merged_here.all()], notified_on__isnull=False)
    context = {
        "visits": list(visits.order_by("-notified_on", "-pk")),
        "drawn": list(drawn.select_related("task__draw", "task__department").order_by("-notified_on", "-pk")),
        "public": PUBLIC,
    }
    return render(request, "inspections/visits/mine/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: the notice, who comes, what became of requests for recusal, the result once it is public. 404 for others'."""
    account = require_company(request)
    rows = VisitCase.objects.of_subject(canonical_subject(account)).select_related("case__department", "case__subject")
    row = get_object_or_404(rows.select_related("case__record__disclosure", "object__task"), pk=pk)
    form = forms.RecuseForm(request.POST or None, team=offered(row))
    here = reverse("visit:my-visit", args=[pk])

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("inspector", "ground", "account")}
        actions.recuse(row.case, by=account, **given)
        return here

    context = {
        "case": row.case,
        "row": row,
        "items": list(row.items.select_related("item")),
        "requests": list(row.recusal_requests.select_related("inspector")),
        "may_ask": row.case.state == ObjectState.NOTIFIED,
        "public": row.case.state in PUBLIC,
    }
    done = "已提出，检查开始前答复。"
    return act_on_form(request, "inspections/visits/mine/visit.html", context, form, action=run, message=done)
