"""A reported breach at the desk: taken in with its papers, and who reported shown once to who says why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commitments.actions.breaches import Reported, open_reported, reporter_of
from commitments.forms.breaches import ReportedForm
from commitments.models import BreachReport, Letter
from commitments.views.breaches import case_of
from commitments.views.contact import shown_once
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.web.acting import act_on_form


@require_http_methods(["GET", "POST"])
@login_required
def reported(request: HttpRequest, letter: int) -> HttpResponse:
    """Take in a report about a letter and begin its case."""
    user = staff_of(request, "commitments.view")
    row = get_object_or_404(within(Letter.objects.select_related("subject", "matter", "department"), user), pk=letter)
    policy.require(user, "commitments.breach.handle", row.department)
    form = ReportedForm(request.POST or None, request.FILES or None, initial={"received_on": timezone.localdate()})

    def run(data: dict[str, Any]) -> str:
        report = Reported(data["how"], data["received_on"], data["told"], data["reporter"])
        made = open_reported(row, kind=data["kind"], facts=data["facts"], report=report, papers=data["papers"], by=user)
        return reverse("commitments:breach", args=[made.pk])

    return act_on_form(
        request, "commitments/desk/reported.html", {"row": row}, form, action=run, message="已提出，请继续告知当事人。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reporter(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reported: asked with a purpose, registered, shown once in the answer to the form."""
    row, user = case_of(request, pk), staff_of(request, "commitments.view")
    policy.require(user, "commitments.breach.handle", row.department)
    made = get_object_or_404(BreachReport.objects.select_related("case__department", "case__subject"), case=row)

    def ask(purpose: str) -> str:
        return reporter_of(made, by=user, purpose=purpose)

    back = reverse("commitments:breach", args=[row.pk])
    return shown_once(request, ask, row=row, back_label=row.number, back_url=back)
