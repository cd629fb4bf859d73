"""The home page and the search."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.errors import Refused
from credit_platform.web.errors import BadRequest
from disclosure.public.pages import newest, public_subject, search
from disclosure.queries.public import live_figures
from records.identifiers.clean import clean_code

FIGURES_FOR = 60
CODE_LENGTH = 18


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, what stands, what was published last, and the doors."""
    today = timezone.localdate()
    figures = cache.get_or_set(f"public-figures:{today}", lambda: live_figures(today), FIGURES_FOR)
    context = {
        "figures": figures,
        "permits": newest("permit", today),
        "penalties": newest("penalty", today),
        "today": today,
    }
    return render(request, "disclosure/public/home.html", context)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Subjects by code, name or old number, and disclosures by document number."""
    q = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {"q": q}
    if not q:
        return render(request, "disclosure/public/search.html", context)
    code = clean_code(q)
    if len(code) == CODE_LENGTH and code.isascii() and (subject := public_subject(code)):
        return redirect("public:subject", code=subject.code)
    try:
        context["found"] = search(q, timezone.localdate(), after=_position(request))
    except Refused as refused:
        context["refusal"] = refused
        return render(request, "disclosure/public/search.html", context, status=refused.status)
    return render(request, "disclosure/public/search.html", context)


def _position(request: HttpRequest) -> int | None:
    after = request.GET.get("after", "")
    if not after:
        return None
    if not (after.isascii() and after.isdigit() and len(after) <= 18):
        raise BadRequest("page.cursor", "翻页位置不正确，请从第一页重新查看。")
    return int(after)
