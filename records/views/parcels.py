"""Several files sent in one go: their progress and their result on one page."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from records.imports.batches import parcels, results
from records.views.staff import user_of


@require_safe
@login_required
@never_cache
def parcel(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """The files of one parcel: how far each has come, what became of it, and the sums."""
    user = user_of(request)
    policy.require(user, "records.view")
    files = results.batches_of(user).filter(parcel=parcel)
    progress = parcels.progress(files)
    if not progress.files:
        raise Http404
    context = {"parcel": progress, "url": reverse("records:import-parcel", args=[parcel])}
    box = "parcel_box.html" if request.headers.get("HX-Request") else "parcel.html"
    return render(request, f"records/imports/{box}", context)
