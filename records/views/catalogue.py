"""The catalogue for reading: an edition with its items, and the comparison of two editions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.editions.comparison import compared
from records import queries
from records.actions.catalogue import CATALOGUE
from records.models import CatalogueEntry, CatalogueVersion
from records.views.staff import user_of


@require_safe
@login_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """An edition (`?version=`), by default the one in force today."""
    versions = _visible(request)
    named = request.GET.get("version", "")
    version: CatalogueVersion | None
    if named:
        version = get_object_or_404(versions, code=named)
    else:
        version = CatalogueVersion.objects.in_force(timezone.localdate()).first() or versions.first()
    groups: dict[str, list[CatalogueEntry]] = {}
    if version is not None:
        for entry in version.entries.select_related("item").prefetch_related("providers").order_by("position", "pk"):
            groups.setdefault(entry.get_category_display(), []).append(entry)
    context = {"version": version, "versions": versions, "categories": list(groups.items())}
    return render(request, "records/catalogue.html", context)


@require_safe
@login_required
def item(request: HttpRequest, code: str, item_code: str) -> HttpResponse:
    """One item of an edition with its fields."""
    version = get_object_or_404(_visible(request), code=code)
    entry = get_object_or_404(
        version.entries.select_related("item", "version").prefetch_related("providers"), item__code=item_code
    )
    return render(request, "records/catalogue_item.html", {"entry": entry, "standard": queries.standard_for(entry)})


@require_safe
@login_required
def compare(request: HttpRequest) -> HttpResponse:
    """What `?to=` adds to, drops from and changes in `?from=`."""
    context, status = compared(request, CATALOGUE, _visible(request))
    return render(request, "records/catalogue_compare.html", context, status=status)


def _visible(request: HttpRequest) -> QuerySet[CatalogueVersion]:
    """Drafts are for those who make them."""
    rows = CatalogueVersion.objects.order_by("-valid_from", "-pk")
    if policy.allows(user_of(request), "catalogue.manage"):
        return rows
    return rows.issued()
