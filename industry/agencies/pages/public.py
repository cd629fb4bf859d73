"""/agencies/: who is registered, and who has not yet applied what was repaired."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.keyset import KeysetPage
from industry.agencies.models import Agency
from industry.agencies.queries import laggards


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies that are registered today."""
    on = timezone.localdate()
    rows = Agency.objects.current(on).select_related("subject")
    page = KeysetPage(rows, ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "industry/agencies/public_list.html", {"page": page, "laggards": laggards(on)[:50]})
