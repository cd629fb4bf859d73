"""Lists and entries as staff see them: of their own departments, the credit office of all."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import Q, QuerySet

from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.desk import Scopes
from credit_platform.web.lists import KitDateFilter
from sanctions.lists import rules
from sanctions.lists.models import CreditList, ListEntry, ListEntryQuerySet


def entries_of(user: User, on: date) -> ListEntryQuerySet:
    """The entries that somebody may see, with what their rows show."""
    rows = ListEntry.objects.select_related(
        "credit_list", "subject", "record__source_department", "record__authority", "case"
    )
    return within(rows, user, on, through="record__source_department")


def narrowed(rows: ListEntryQuerySet, scope: str, on: date) -> ListEntryQuerySet:
    """The entries of a tab: on their list today, off it, all."""
    if scope == "listed":
        return rows.listed(on)
    if scope == "ended":
        return rows.exclude(pk__in=rows.listed(on).values("pk"))
    return rows


SCOPES = Scopes({"listed": ("在列", None), "ended": ("已移出", None), "all": ("全部", None)})


class EntryFilter(django_filters.FilterSet):
    """Filters of the list of entries."""

    q = django_filters.CharFilter(label="主体名称、信用代码或文书号", method="by_text")
    code = django_filters.CharFilter(label="名单编码", field_name="credit_list__code", lookup_expr="iexact")
    nature = django_filters.ChoiceFilter(
        label="性质",
        empty_label="全部",
        field_name="credit_list__nature",
        choices=choices(rules.NATURE_LABELS),
    )
    way = django_filters.ChoiceFilter(
        label="移出方式",
        empty_label="全部",
        field_name="ended_way",
        choices=choices(rules.WAY_LABELS),
    )
    ends_to = KitDateFilter(label="期限届满不晚于", field_name="ends_on", lookup_expr="lte")

    class Meta:
        model = ListEntry
        fields: tuple[str, ...] = ()

    def by_text(self, rows: QuerySet[ListEntry], name: str, value: str) -> QuerySet[ListEntry]:
        """A document's number, the whole code of a subject, or a part of its name."""
        text = value.strip()
        found = Q(document_number=text) | Q(subject__code=text.upper()) | Q(subject__name__contains=text)
        return rows.filter(found)


def all_lists() -> QuerySet[CreditList]:
    """Every rule of every list, also those that wait for their department."""
    return CreditList.objects.select_related("department").order_by("position", "code", "-valid_from")
