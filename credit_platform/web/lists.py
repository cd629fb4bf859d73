"""A list page: filter, sort, keyset page and the export of exactly what is filtered, all read from the address.

listing = ListPage(request, Disclosure.objects.visible_on(day), PermitFilter, sorts=SORTS)
if listing.export:
    return listing.export_response(COLUMNS, "行政许可公示信息")
return render(request, "…", {"listing": listing})
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict

from credit_platform.web.addresses import with_params
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column, export_response
from credit_platform.web.forms import CHOOSE
from credit_platform.web.keyset import CappedCount, KeysetPage, capped_count
from credit_platform.web.parameters import require_known

SIZES = (20, 50, 100)
OWN = ("sort", "size", "cursor", "export")
"""Parameters that every list has beside its filters."""
CHUNK = 2000
INVALID = 422


class RowFilter(django_filters.ModelChoiceFilter):
    """A choice among rows. They may be looked up for each request, by a function of it, which the library's stubs do not say."""

    def __init__(self, *, queryset: QuerySet[Any] | Callable[[HttpRequest | None], QuerySet[Any]], **more: Any) -> None:
        super().__init__(queryset=queryset, **more)  # type: ignore[arg-type]


class KitDateFilter(django_filters.DateFilter):
    """A date filter that takes all the spellings of `ChineseDateField`."""

    field_class = ChineseDateField


class YearFilter(django_filters.NumberFilter):
    """A year that the calendar has; of a day with `lookup_expr="year"`."""

    def __init__(self, **more: Any) -> None:
        told = dict.fromkeys(("invalid", "min_value", "max_value"), "请填写四位数的年份，例如 2026。")
        super().__init__(min_value=1, max_value=9999, error_messages=told, **more)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order that a visitor may choose."""

    label: str
    order: tuple[str, ...]


class ListPage:
    """`sorts` maps the value of `?sort=` to its Sort; the first one is the default. An unknown value falls back to it and
    says so in `notice`. A filter with a mistake shows no row (and exports none) rather than more than was asked for. `also` names
    what the page reads from the address beside filters, order and place."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        filterset: type[django_filters.FilterSet] | None,
        *,
        sorts: Mapping[str, Sort],
        size: int = 50,
        also: Sequence[str] = (),
    ) -> None:
        self.request = request
        self.also = also
        self.params: QueryDict = request.GET
        self.sorts = sorts
        self.default_size = size
        self.filterset = filterset(request.GET, queryset=queryset, request=request) if filterset else None
        for field in self.filterset.form.fields.values() if self.filterset else ():
            if isinstance(field, CHOOSE):
                field.error_messages["invalid_choice"] = "请从列表中选择。"
        self.base = queryset
        self.export = request.GET.get("export", "")

    @cached_property
    def is_valid(self) -> bool:
        return self.filterset is None or not self.filterset.form.errors

    @property
    def status(self) -> int:
        """What the page answers with: 422 when the filter has a mistake."""
        return 200 if self.is_valid else INVALID

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        if self.filterset is None:
            return self.base
        return self.filterset.qs if self.is_valid else self.base.none()

    @cached_property
    def sort(self) -> str:
        asked = self.params.get("sort", "")
        return asked if asked in self.sorts else next(iter(self.sorts))

    @property
    def notice(self) -> str:
        asked = self.params.get("sort", "")
        if not asked or asked in self.sorts:
            return ""
        return f"没有这种排序方式，已按“{self.sorts[self.sort].label}”排列。"

    @property
    def order(self) -> tuple[str, ...]:
        return self.sorts[self.sort].order

    @cached_property
    def size(self) -> int:
        asked = self.params.get("size", "")
        return next((each for each in SIZES if asked == str(each)), self.default_size)

    @cached_property
    def page(self) -> KeysetPage[Any]:
        return KeysetPage(self.queryset, self.order, cursor=self.params.get("cursor", ""), size=self.size)

    @cached_property
    def total(self) -> CappedCount:
        """How many there are, exact up to 10,000."""
        # In the order of the list: its index then ends the search at the cap, where an unordered count may read whole indexes.
        return capped_count(self.queryset.order_by(*self.order))

    @property
    def is_filtered(self) -> bool:
        names = filters_of(self.filterset)
        return any(value.strip() for name in self.params for value in self.params.getlist(name) if _of(name, names))

    @property
    def asked(self) -> QueryDict:
        """The parameters of the address that the list knows: what another site appended to its link goes into no file's address."""
        return self._only(self._known)

    @property
    def filter_query(self) -> str:
        """The filters alone, for the address of a feed; "" without one, and when one is mistaken."""
        return self._only(filters_of(self.filterset)).urlencode() if self.is_filtered and self.is_valid else ""

    @property
    def _known(self) -> list[str]:
        return [*filters_of(self.filterset), *self.also, *OWN]

    def _only(self, names: Sequence[str]) -> QueryDict:
        found = QueryDict(mutable=True)
        for name in self.params:
            if name in names:
                found.setlist(name, self.params.getlist(name))
        return found

    @property
    def clear_url(self) -> str:
        """The same tab without filters."""
        scope = self.params.get("scope", "")
        return f"?scope={scope}" if scope.isascii() and scope.isalnum() else "?"

    def sort_links(self) -> list[dict[str, Any]]:
        """The choices of order with their addresses."""
        return [
            {"label": sort.label, "url": with_params(self.params, sort=key), "current": key == self.sort}
            for key, sort in self.sorts.items()
        ]

    def rows(self) -> Iterator[Model]:
        """Every row of the filter in its order, in chunks, for an export."""
        tail = "-pk" if self.order and self.order[-1].startswith("-") else "pk"
        return self.queryset.order_by(*self.order, tail).iterator(chunk_size=CHUNK)

    def export_response(
        self, columns: Sequence[Column], filename: str, *, seen: Callable[[Iterator[Any]], Iterator[Any]] = iter
    ) -> HttpResponseBase:
        """The file that `?export=csv` or `?export=xlsx` asks for. BadRequest when the filter has a mistake or a parameter is unknown.

        `seen` makes of the rows what the columns read, where that is more than the rows themselves.
        """
        require_known(self.params, self._known)
        if not self.is_valid:
            raise BadRequest("export.filter", "筛选条件有误，没有导出。", mend="请返回列表更正筛选条件。")
        return export_response(self.export, seen(self.rows()), columns, filename)


def filters_of(filterset: django_filters.FilterSet | None) -> list[str]:
    """The names of the parameters that a filter reads."""
    return list(filterset.form.fields) if filterset else []


def narrowed(request: HttpRequest, queryset: QuerySet[Any], filterset: type[django_filters.FilterSet]) -> QuerySet[Any]:
    """The rows of a feed that takes the filters of a list. BadRequest for a mistake in them and for a parameter that is none of them."""
    asked = filterset(request.GET, queryset=queryset, request=request)
    require_known(request.GET, [*filters_of(asked), *OWN])  # the list's own link carries its order
    if asked.form.errors:
        raise BadRequest("feed.filter", "筛选条件有误。", mend="请返回列表更正筛选条件后再订阅。")
    return asked.qs


def _of(name: str, fields: Any) -> bool:
    """Whether a parameter belongs to one of the fields; range fields send `day_after` and `day_before`."""
    return name in fields or name.rpartition("_")[0] in fields
