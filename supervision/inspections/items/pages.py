"""The public pages of the list of items: what may be inspected, on which law, by whom, and how editions differ."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts.models import Department
from credit_platform.editions.comparison import compared, shown_on
from credit_platform.labels import choices
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, RowFilter, Sort
from supervision.inspections.items import queries
from supervision.inspections.items.actions import LISTS
from supervision.inspections.items.models import ItemEntry, ItemList
from supervision.inspections.items.rules.lines import WEIGHT_LABELS

SORTS = {"list": Sort("清单顺序", ("position", "pk")), "name": Sort("事项名称", ("item__name", "pk"))}
COLUMNS = [
    Column("事项编码", "item.code", 12),
    Column("事项名称", "item.name", 40),
    *(Column(label, fact, 24) for label, fact in queries.FACTS),
]


def _departments(request: Any = None) -> Any:
    return Department.objects.filter(pk__in=queries.in_force(timezone.localdate()).values("departments")).order_by(
        "name"
    )


class ItemFilter(django_filters.FilterSet):
    """What the list may be narrowed to."""

    q = django_filters.CharFilter(label="事项名称、编码或依据", method="by_words", max_length=100)
    weight = django_filters.ChoiceFilter(label="事项类别", empty_label="全部", choices=choices(WEIGHT_LABELS))
    department = RowFilter(label="检查主体", field_name="departments", empty_label="全部", queryset=_departments)

    class Meta:
        model = ItemEntry
        fields: tuple[str, ...] = ()

    def by_words(self, rows: Any, name: str, words: str) -> Any:
        """Every word stands in the name, the code or the basis."""
        for word in words.split()[:5]:
            rows = rows.filter(Q(item__name__icontains=word) | Q(item__code__icontains=word) | Q(basis__icontains=word))
        return rows


@require_safe
def item_list(request: HttpRequest) -> HttpResponseBase:
    """The list in force; `?export=csv|xlsx` gives the same filter as a file."""
    today = timezone.localdate()
    listing = ListPage(request, queries.in_force(today), ItemFilter, sorts=SORTS, size=50)
    if listing.export:
        return listing.export_response(COLUMNS, "随机抽查事项清单")
    rows = [(row, {label: fact(row) for label, fact in queries.FACTS}) for row in listing.page.items]
    context = shown_on(LISTS, today) | {"listing": listing, "rows": rows, "page": listing.page, "here": "items"}
    return render(request, "inspections/public/items.html", context, status=listing.status)


@require_safe
def item_page(request: HttpRequest, code: str) -> HttpResponse:
    """One item as the list of today says, else as it was said at last."""
    today = timezone.localdate()
    entry = LISTS.published(code, today)
    if entry is None:
        raise Http404
    facts = [(label, fact(entry)) for label, fact in queries.FACTS]
    context = {
        "entry": entry,
        "facts": [pair for pair in facts if pair[1]],
        "not_now": LISTS.why_not(entry, today, so="现在不得依照本项进行检查。"),
    }
    return render(request, "inspections/public/item.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What edition `?to=` adds to, drops from and changes in `?from=`; by default the two newest."""
    context, status = compared(request, LISTS, ItemList.objects.issued())
    return render(request, "inspections/public/compare.html", context, status=status)
