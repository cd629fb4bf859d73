"""/my/trainings/: a company reads what it was invited to and takes seats."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from education.trainings import actions, forms
from education.trainings.queries import invitations_of
from education.trainings.rules import State


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation and its answer."""
    account = require_company(request)
    row = get_object_or_404(invitations_of(account), pk=pk)
    form = forms.AcceptForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.accept(row, seats=given["seats"], by=account)
        return reverse("trainings:my-invitation", args=[row.pk])

    training = row.training
    open_ = row.answered_at is None and training.state == State.ANNOUNCED and training.on >= timezone.localdate()
    context = {"row": row, "training": training, "open": open_}
    return act_on_form(request, "education/my_invitation.html", context, form, action=action, message="已预约。")
