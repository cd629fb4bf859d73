"""A repair applied for at a window, for a visitor."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.pages.window import WindowPages
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from disclosure.models import Disclosure
from repair import actions, forms
from repair.queries.eligibility import asked
from repair.queries.letters import paper_letter
from repair.rules.procedure import APPLY, REPAIR

WINDOW = WindowPages(REPAIR, "repairs", APPLY, "登记修复申请")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The application of a visitor, whose number and code are told once, on the next page."""
    user, on = staff_of(request, APPLY), timezone.localdate()
    row = get_object_or_404(Disclosure.objects.select_related("subject", "authority"), public_id=public_id)
    form = forms.VisitorForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        case = actions.apply(row, forms.application_of(data), proof=data["proof"], paper=data["paper"], by=user)
        return WINDOW.give(request, case)

    context = {"row": row, "asked": asked(row, on), "letter": paper_letter(on)}
    return act_on_form(request, "repair/new.html", context, form, action=run)
