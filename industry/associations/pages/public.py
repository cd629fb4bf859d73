"""/associations/: which associations are authorised, and what their members let everybody read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.keyset import KeysetPage
from industry.associations import rules
from industry.associations.models import Association, MemberRecord


@require_safe
def associations(request: HttpRequest) -> HttpResponse:
    """The associations that are authorised today."""
    rows = Association.objects.current(timezone.localdate()).select_related("subject", "department")
    page = KeysetPage(rows, ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "industry/associations/public_list.html", {"page": page})


@require_safe
def association(request: HttpRequest, pk: int) -> HttpResponse:
    """One association with the records that members consented to; 404 for one that is not authorised today."""
    on = timezone.localdate()
    row = get_object_or_404(Association.objects.current(on).select_related("subject", "department"), pk=pk)
    shown = MemberRecord.objects.shown(on).filter(member__association=row).select_related("member__subject")
    page = KeysetPage(shown, ("-on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    context = {"row": row, "page": page, "mark": rules.MARK}
    return render(request, "industry/associations/public_one.html", context)
