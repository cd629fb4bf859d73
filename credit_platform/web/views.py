"""The desk's home, the living style page, the large-type switch."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.web import preferences, style, worklists


@require_safe
@login_required
def desk_home(request: HttpRequest) -> HttpResponse:
    """What must I do today, by deadline."""
    on = timezone.localdate()
    sections = worklists.sections(request.user, on)
    quiet = [section for section in sections if not section.size]
    context = {"sections": sections, "quiet": quiet, "pending": len(sections) - len(quiet), "on": on}
    return render(request, "kit/desk_home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component with its states. The form answers like a real one and keeps nothing."""
    return render(request, "kit/style.html", style.context(request))


@require_safe
@login_required
def public_style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/style_public.html", style.context(request))


@require_safe
@login_required
def print_style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/style_print.html", style.context(request))


@csrf_exempt  # sets a harmless preference of the visitor's own browser, and public pages carry no session
@require_http_methods(["GET", "POST"])
def large_type(request: HttpRequest) -> HttpResponse:
    return preferences.switched(request)
