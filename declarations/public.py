"""/declarations/<public id>/report/: anybody says that a declaration is not true, without an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from credit_platform.audit.middleware import client_network
from credit_platform.web.acting import act_on_form
from credit_platform.web.rates import spend
from declarations.actions import report
from declarations.forms import ReportForm
from declarations.queries import shown_under

AN_HOUR = 10


@never_cache
@csrf_exempt  # it acts for nobody who is signed in, so a forged form gains nothing; it is counted by address
@require_http_methods(["GET", "HEAD", "POST"])
def report_untrue(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, and after it the word that it was received."""
    row = shown_under(public_id, timezone.localdate())
    if row is None:
        raise Http404
    form = ReportForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        spend("declaration-report", client_network(request), limit=AN_HOUR, seconds=3600)
        report(row, reason=given["reason"], contact=given["contact"])
        return f"{request.path}?sent=1"

    context = {"row": row, "public_id": public_id, "sent": "sent" in request.GET}
    return act_on_form(request, "declarations/report.html", context, form, action=action)
