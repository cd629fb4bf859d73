"""The public pages of the list of measures: what may follow an entry, on which law, and how editions differ."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.editions.comparison import compared, shown_on
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from sanctions.measures import queries, rules
from sanctions.measures.actions import LISTS
from sanctions.measures.filters import MeasureFilter
from sanctions.measures.models import MeasureList

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
    names = queries.list_names()
    rows = [(row, rules.triggers_in_words(row.lists, row.documents, names)) for row in listing.page.items]
    context = shown_on(LISTS, today) | {
        "listing": listing,
        "rows": rows,
        "page": listing.page,
    }
    return render(request, "sanctions/measures/list.html", context, status=listing.status)


@require_safe
def measure_page(request: HttpRequest, code: str) -> HttpResponse:
    """One measure as the list of today says, else as it was said at last."""
    today = timezone.localdate()
    entry = LISTS.published(code, today)
    if entry is None:
        raise Http404
    facts = [(label, fact(entry)) for label, fact in queries.FACTS]
    context = {
        "entry": entry,
        "facts": [pair for pair in facts if pair[1]],
        "not_now": LISTS.why_not(entry, today, so="现在不得依照本项采取措施。"),
    }
    return render(request, "sanctions/measures/measure.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What edition `?to=` adds to, drops from and changes in `?from=`; by default the two newest."""
    context, status = compared(request, LISTS, MeasureList.objects.issued())
    return render(request, "sanctions/measures/compare.html", context, status=status)
