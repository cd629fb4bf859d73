"""/window/queries/<number>/report/: the report on a natural person, made of the query that was just registered."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from lookups.queries.visits import open_query
from reports.actions import issue_for_person
from reports.forms import PurposeForm
from reports.queries.persons import asking_of
from reports.rules.persons import receiver_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person(request: HttpRequest, number: str) -> HttpResponse:
    """What it is for, and on POST the report; the query stays open to who asked for half an hour."""
    user = staff_of(request, "reports.issue_person")
    query = open_query(number, user)
    if query is None or not asking_of(query).is_person:
        raise Http404

    def action(given: dict[str, Any]) -> str:
        made = issue_for_person(query, given["purpose"], by=user, site=request.build_absolute_uri("/"))
        return reverse("reports:report", args=[made.report.number])

    context = {"query": query, "receiver": receiver_of(asking_of(query))}
    form = PurposeForm(request.POST or None)
    done = "个人报告已出具并登记，请在三十分钟内打印。"
    return act_on_form(request, "reports/person.html", context, form, action=action, message=done)
