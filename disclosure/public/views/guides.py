"""Pages that explain: about, help, open data, how to repair and to object. What they tell of periods is read from the rules."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosure.models import RuleSet
from disclosure.public.kinds import ACTS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/about.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/help.html")


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/open_data.html", {"acts": ACTS})


@require_safe
def repair_guide(request: HttpRequest) -> HttpResponse:
    """The periods of the rule sets in force and before, as the platform applies them."""
    sets = RuleSet.objects.prefetch_related("periods").order_by("-valid_from")
    context = {"rule_sets": sets, "today": timezone.localdate()}
    return render(request, "disclosure/public/repair.html", context)


@require_safe
def objection_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "disclosure/public/objections.html")
