"""/campaigns/: what the public reads of campaigns. Numbers, measures and example texts; never who is a target."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.models import Case
from supervision.campaigns.models import CampaignCase, CampaignField
from supervision.campaigns.queries import progress, words
from supervision.campaigns.rules import CAMPAIGN, PROGRESS_LABELS, S

SHOWN = (S.RUNNING.value, S.CLOSED.value)


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The fields in force, each with its campaigns that run or are done."""
    on = timezone.localdate()
    shown: dict[int, list[CampaignCase]] = {}
    rows = CampaignCase.objects.filter(case__state__in=SHOWN).select_related("case__department", "field")
    for row in rows.order_by("-starts_on", "-pk"):
        shown.setdefault(row.field.no, []).append(row)
    fields = [(field, shown.get(field.no, [])) for field in CampaignField.objects.in_force(on)]
    return render(request, "campaigns/public_list.html", {"fields": fields, "any": bool(shown)})


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: field, lead, days, measures, how the list was taken, figures by month, examples. 404 for one that does not run yet."""
    cases = Case.objects.of(CAMPAIGN).filter(state__in=SHOWN).select_related("department", "campaigncase__field")
    case = get_object_or_404(cases, pk=pk)
    row: CampaignCase = case.own
    listing = row.approved_list
    context = {
        "case": case,
        "row": row,
        "list": listing,
        "asked": words.of_query(listing.asked) if listing else [],
        "figures": progress.figures(row, timezone.localdate()),
        "labels": list(PROGRESS_LABELS.values()),
        "examples": row.examples.public(),
    }
    return render(request, "campaigns/public_campaign.html", context)
