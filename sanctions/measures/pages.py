"""The public pages of the list of measures: what may follow an entry, on which law, and how editions differ."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.editions.comparison import compared
from credit_platform.editions.rules import EditionState
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from sanctions.measures import queries, rules
from sanctions.measures.actions import LISTS
from sanctions.measures.filters import MeasureFilter
from sanctions.measures.models import MeasureEntry, MeasureList

SORTS = {
    "list": Sort("清单顺序", ("position", "pk")),
    "name": Sort("措施名称", ("measure__name", "pk")),
}
COLUMNS = [
    Column("措施编码", "measure.code", 12),
    Column("措施名称", "measure.name", 40),
    *(Column(label, fact, 24) for label, fact in queries.FACTS),
]


@require_safe
def measure_list(request: HttpRequest) -> HttpResponseBase:
    """The list in force; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    today = timezone.localdate()
    listing = ListPage(request, queries.in_force(today), MeasureFilter, sorts=SORTS, size=50)
    if listing.export:
        return listing.export_response(COLUMNS, "联合奖惩措施清单")
    shown, names = MeasureList.objects.issued(), queries.list_names()
    rows = [(row, rules.triggers_in_words(row.lists, row.documents, names)) for row in listing.page.items]
    context = {
        "listing": listing,
        "rows": rows,
        "page": listing.page,
        "edition": queries.edition_on(today),
        "coming": shown.coming(today),
        "comparable": shown.count() > 1,
    }
    return render(request, "sanctions/measures/list.html", context, status=listing.status)


@require_safe
def measure_page(request: HttpRequest, code: str) -> HttpResponse:
    """One measure as the list of today says, else as it was said at last."""
    today = timezone.localdate()
    entry = queries.public_entry(code, today)
    if entry is None:
        raise Http404
    facts = [(label, fact(entry)) for label, fact in queries.FACTS]
    context = {"entry": entry, "facts": [pair for pair in facts if pair[1]], "standing": _standing(entry, today)}
    return render(request, "sanctions/measures/measure.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What edition `?to=` adds to, drops from and changes in `?from=`; by default the two newest."""
    context, status = compared(request, LISTS, MeasureList.objects.issued())
    return render(request, "sanctions/measures/compare.html", context, status=status)


def _standing(entry: MeasureEntry, on: date) -> str:
    """ "" when the measure is in force, else since when or from when it is not."""
    edition = entry.edition
    starts = max(day for day in (edition.valid_from, entry.valid_from) if day)
    ends = min((day for day in (edition.valid_until, entry.valid_until) if day), default=None)
    if edition.state == EditionState.REPEALED:
        return f"“{edition.name}”已经废止，现在不得依照本项采取措施。"
    if starts > on:
        return f"本项自{starts.year}年{starts.month}月{starts.day}日起施行。"
    if ends and ends < on:
        return f"本项自{ends.year}年{ends.month}月{ends.day}日后不再列入清单，现在不得依照本项采取措施。"
    return ""
