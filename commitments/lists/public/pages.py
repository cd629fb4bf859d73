"""The public pages of the list of matters: what a commitment may be given for, on what terms, and how editions differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.lists.actions.matters import LISTS
from commitments.lists.models import LetterTemplate, MatterEntry, MatterList
from commitments.lists.public.filters import MatterFilter
from commitments.lists.queries import entries
from commitments.lists.rules import words
from commitments.lists.rules.texts import with_blanks
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind
from credit_platform.editions.comparison import compared, shown_on
from credit_platform.editions.texts import differences
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

SORTS = {
    "list": Sort("清单顺序", ("position", "pk")),
    "name": Sort("事项名称", ("matter__name", "pk")),
    "department": Sort("受理单位", ("department__code", "position", "pk")),
}
COLUMNS = [
    Column("事项编码", "matter.code", 18),
    Column("事项名称", "matter.name", 40),
    *(Column(label, fact, 24) for label, fact in entries.FACTS),
]


@require_safe
def matter_list(request: HttpRequest) -> HttpResponseBase:
    """The list in force; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    today = timezone.localdate()
    rows = MatterEntry.objects.in_force(today).select_related("matter", "department").prefetch_related("measures")
    listing = ListPage(request, rows, MatterFilter, sorts=SORTS, size=50)
    if listing.export:
        return listing.export_response(COLUMNS, "承诺事项清单")
    context = shown_on(LISTS, today) | {
        "listing": listing,
        "page": listing.page,
    }
    return render(request, "commitments/lists/public_list.html", context, status=listing.status)


@require_safe
def matter_page(request: HttpRequest, code: str) -> HttpResponse:
    """One matter on its terms of today; `?version=` compares an earlier text of the letter with the one in force."""
    today = timezone.localdate()
    entry = LISTS.published(code, today)
    if entry is None:
        raise Http404
    texts = entries.texts_of(entry.matter, today)
    context = {
        "entry": entry,
        "not_now": _not_now(entry, today),
        "subjects": entries.subjects_of(entry),
        "reviews": entries.reviews_of(entry),
        "shortfall": words.period(entry.shortfall_after, entry.shortfall_unit),
        "texts": texts,
        "text": _read(texts.current),
        "versions": [*texts.coming, *texts.former],
        "changes": _changes(texts, request.GET.get("version", "")),
        "consequences": [(BREACH_KIND_LABELS[kind], entries.measures_of(entry, kind, today)) for kind in BreachKind],
        "sign_url": _sign_url(entry, today) if texts.current else "",
    }
    return render(request, "commitments/lists/public_matter.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What edition `?to=` adds to, drops from and changes in `?from=`; by default the two newest."""
    context, status = compared(request, LISTS, MatterList.objects.issued())
    return render(request, "commitments/lists/public_compare.html", context, status=status)


def _not_now(entry: MatterEntry, on: date) -> str:
    """ "" when the matter is in force, else why no commitment can be given for it now."""
    return LISTS.why_not(entry, on, so="现在不能就本事项作出承诺。")


def _sign_url(entry: MatterEntry, on: date) -> str:
    """The company's page for signing, where the platform has one and the matter allows it."""
    if not entry.online or _not_now(entry, on):
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


def _changes(texts: entries.Texts, asked: str) -> dict[str, Any] | None:
    """An earlier or a coming version beside the current one, in the order of their versions."""
    chosen = next((row for row in [*texts.coming, *texts.former] if str(row.version) == asked), None)
    if chosen is None:
        return None
    old, new = sorted((chosen, texts.current or chosen), key=lambda row: row.version)
    body, liability = (differences(*pair) for pair in zip(_as_read(old), _as_read(new), strict=True))
    return {"old": old, "new": new, "body": body, "liability": liability}
