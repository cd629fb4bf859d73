"""The public pages of the list of matters: what a commitment may be given for, on what terms, and how editions differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.models import LetterTemplate, MatterEntry, MatterList
from commitments.public.matter_filters import MatterFilter
from commitments.queries import editions
from commitments.rules import words
from commitments.rules.changes import differences
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind
from commitments.rules.states import ListState
from commitments.rules.texts import with_blanks
from credit_platform.web.export import Column
from credit_platform.web.lists import INVALID, ListPage, Sort

SORTS = {
    "list": Sort("清单顺序", ("position", "pk")),
    "name": Sort("事项名称", ("matter__name", "pk")),
    "department": Sort("受理单位", ("department__code", "position", "pk")),
}
COLUMNS = [
    Column("事项编码", "matter.code", 18),
    Column("事项名称", "matter.name", 40),
    *(Column(label, fact, 24) for label, fact in editions.FACTS),
]


@require_safe
def matter_list(request: HttpRequest) -> HttpResponseBase:
    """The list in force; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    today = timezone.localdate()
    rows = MatterEntry.objects.in_force(today).select_related("matter", "department").prefetch_related("measures")
    listing = ListPage(request, rows, MatterFilter, sorts=SORTS, size=50)
    if listing.export:
        return listing.export_response(COLUMNS, "承诺事项清单")
    shown = editions.public_editions()
    edition = MatterList.objects.in_force(today).first()
    context = {
        "listing": listing,
        "page": listing.page,
        "edition": edition,
        "coming": shown.filter(state=ListState.ISSUED, valid_from__gt=today),
        "comparable": shown.count() > 1,
    }
    return render(request, "commitments/public/matters.html", context, status=listing.status)


@require_safe
def matter_page(request: HttpRequest, code: str) -> HttpResponse:
    """One matter on its terms of today; `?version=` compares an earlier text of the letter with the one in force."""
    today = timezone.localdate()
    entry = editions.public_entry(code, today)
    if entry is None:
        raise Http404
    texts = editions.texts_of(entry.matter, today)
    context = {
        "entry": entry,
        "standing": _standing(entry, today),
        "subjects": editions.subjects_of(entry),
        "reviews": editions.reviews_of(entry),
        "shortfall": words.period(entry.shortfall_after, entry.shortfall_unit),
        "texts": texts,
        "text": _read(texts.current),
        "versions": [*texts.coming, *texts.former],
        "changes": _changes(texts, request.GET.get("version", "")),
        "consequences": [(BREACH_KIND_LABELS[kind], editions.measures_of(entry, kind, today)) for kind in BreachKind],
        "sign_url": _sign_url(entry, today) if texts.current else "",
    }
    return render(request, "commitments/public/matter.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What edition `?to=` adds to, drops from and changes in `?from=`; by default the two newest."""
    shown = list(editions.public_editions())
    by_code = {each.code: each for each in shown}
    old, new = by_code.get(request.GET.get("from", "")), by_code.get(request.GET.get("to", ""))
    asked = [request.GET[name] for name in ("from", "to") if request.GET.get(name)]
    unknown = [code for code in asked if code not in by_code]
    if not asked and len(shown) > 1:
        old, new = shown[1], shown[0]
    context = {
        "editions": shown,
        "old": old,
        "new": new,
        "unknown": unknown,
        "comparison": editions.compare(old, new) if old and new else None,
    }
    return render(request, "commitments/public/compare.html", context, status=INVALID if unknown else 200)


def _standing(entry: MatterEntry, on: date) -> str:
    """ "" when the matter is in force, else why no commitment can be given for it now."""
    edition = entry.edition
    starts = max(day for day in (edition.valid_from, entry.valid_from) if day)
    ends = min((day for day in (edition.valid_until, entry.valid_until) if day), default=None)
    if edition.state == ListState.REPEALED:
        return f"“{edition.name}”已经废止，现在不能就本事项作出承诺。"
    if starts > on:
        return f"本事项自{starts.year}年{starts.month}月{starts.day}日起可以作出承诺。"
    if ends and ends < on:
        return f"本事项自{ends.year}年{ends.month}月{ends.day}日后不再列入清单，现在不能就其作出承诺。"
    return ""


def _sign_url(entry: MatterEntry, on: date) -> str:
    """The company's page for signing, where the platform has one and the matter allows it."""
    if not entry.online or _standing(entry, on):
        return ""
    try:
        return reverse("commitments:my-read", args=[entry.matter.code])
    except NoReverseMatch:
        return ""


def _read(template: LetterTemplate | None) -> dict[str, Any] | None:
    if template is None:
        return None
    body, liability = _as_read(template)
    return {"template": template, "body": body, "liability": liability, "blanks": template.blanks}


def _as_read(template: LetterTemplate) -> tuple[str, str]:
    """Body and liability with the names of the blanks."""
    return with_blanks(template.body, template.blanks), with_blanks(template.liability, template.blanks)


def _changes(texts: editions.Texts, asked: str) -> dict[str, Any] | None:
    """An earlier or a coming version beside the current one, in the order of their versions."""
    chosen = next((row for row in [*texts.coming, *texts.former] if str(row.version) == asked), None)
    if chosen is None:
        return None
    old, new = sorted((chosen, texts.current or chosen), key=lambda row: row.version)
    body, liability = (differences(*pair) for pair in zip(_as_read(old), _as_read(new), strict=True))
    return {"old": old, "new": new, "body": body, "liability": liability}
