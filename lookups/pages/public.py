"""/windows/: where one can ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lookups.models import ServiceWindow
from records.identifiers.regions import region_name


@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """The windows of the city and of its districts and counties. What nobody has confirmed says so."""
    rows = [(row, "市本级" if row.is_municipal else region_name(row.district)) for row in ServiceWindow.objects.shown()]
    return render(request, "lookups/windows.html", {"rows": rows})
