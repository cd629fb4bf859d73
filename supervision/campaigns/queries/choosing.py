"""A declared query over the ledger: which records meet it on a day, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from disclosure.rules.states import State
from records.models import CatalogueEntry, CatalogueItem, CreditRecord
from sanctions.lists.models import CreditList, ListEntry
from supervision.campaigns.rules import Query

GONE = (State.REPAIRED.value, State.WITHDRAWN.value)
"""What was repaired or withdrawn is used by nobody any more (国家发展改革委令第36号)."""


def matching(query: Query, on: date) -> QuerySet[CreditRecord]:
    """The records that meet a query on a day: active, of entries those that are listed on it, nothing repaired or withdrawn."""
    listed = ListEntry.objects.listed(on)
    asked = Q(kind__in=query.kinds) | Q(item__code__in=query.items)
    if query.lists:
        asked |= Q(listentry__in=listed.filter(credit_list__code__in=query.lists))
    rows = CreditRecord.objects.active().filter(asked, decided_on__lte=on)
    rows = rows.filter(Q(listentry__isnull=True) | Q(listentry__in=listed)).exclude(disclosure__state__in=GONE)
    if query.department:
        rows = rows.filter(source_department__code=query.department)
    if query.districts:
        rows = rows.filter(subject__district__in=query.districts)
    if query.since:
        rows = rows.filter(decided_on__gte=query.since)
    return rows.filter(decided_on__lte=query.until) if query.until else rows


def subjects(query: Query, on: date) -> Iterator[tuple[int, list[int]]]:
    """Subjects with a code, in the order of their keys, each with the records that meet the query.

    Who was merged counts as whom it was merged into."""
    rows = matching(query, on).annotate(whose=Coalesce("subject__merged_into_id", "subject_id"))
    rows = rows.filter(Q(subject__code__isnull=False) | Q(subject__merged_into__code__isnull=False))
    grouped = rows.order_by().values("whose").annotate(ids=ArrayAgg("pk", distinct=True)).order_by("whose")
    yield from grouped.values_list("whose", "ids").iterator()


def sizes(query: Query, on: date) -> tuple[int, int]:
    """How many subjects with a code meet a query on a day, and how many natural persons are left out."""
    rows = matching(query, on).annotate(whose=Coalesce("subject__merged_into_id", "subject_id"))
    coded = Q(subject__code__isnull=False) | Q(subject__merged_into__code__isnull=False)
    with_code = rows.filter(coded).values("whose").distinct().count()
    return with_code, rows.exclude(coded).values("whose").distinct().count()


def negative_items(on: date) -> QuerySet[CatalogueItem]:
    """Catalogue items that say something of dishonesty on a day."""
    entries = CatalogueEntry.objects.in_force(on).filter(nature=CatalogueEntry.Nature.NEGATIVE)
    return CatalogueItem.objects.filter(pk__in=entries.values("item")).order_by("code")


def lists_in_force(on: date) -> QuerySet[CreditList]:
    """The lists that hold on a day."""
    return CreditList.objects.in_force(on).order_by("position", "code")
