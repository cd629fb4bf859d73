"""/education/trainings/: sessions as the public reads them. Numbers, never who was invited or came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from credit_platform.web.keyset import KeysetPage
from education.models import Training


@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """All sessions, the latest first."""
    rows = Training.objects.shown().select_related("department", "course")
    page = KeysetPage(rows, ("-on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "education/public_trainings.html", {"page": page})
