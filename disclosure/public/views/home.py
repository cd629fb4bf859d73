"""The home page and the search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.errors import Refused
from credit_platform.web.errors import BadRequest
from disclosure.public.figures import home_figures
from disclosure.public.pages import newest, public_subject, search
from records.identifiers.clean import clean_code
from records.middleware import answers_personal_numbers, asked_by_number

CODE_LENGTH = 18


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, what was published today (or last), and the doors."""
    today = timezone.localdate()
    figures = home_figures(today)
    context = {
        "figures": figures,
        "permits": newest("permit", today),
        "penalties": newest("penalty", today),
        "today": today,
    }
    return render(request, "disclosure/public/home.html", context)


@require_safe
@answers_personal_numbers
def search_page(request: HttpRequest) -> HttpResponse:
    """Subjects by code, name or old number, and disclosures by document number."""
    q = request.GET.get("q", "").strip()[:100]
    if asked_by_number(request):
        return render(request, "disclosure/public/search.html", {"q": "", "personal": True})
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
