"""Lists and entries as the public may see them; everything about an entry is read from what was published of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.models.disclosures import visible
from disclosure.queries.public import public_disclosures
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.rules import Nature


@dataclass(frozen=True, slots=True)
class Counted:
    """A list with how many entries the public sees on a day."""

    row: CreditList
    count: int


def public_lists(on: date, *natures: Nature) -> list[Counted]:
    """The lists whose entries are public, in force on a day, with their counts."""
    rows = list(CreditList.objects.in_force(on).public().filter(nature__in=[each.value for each in natures]))
    shown = ListEntry.objects.listed(on).filter(visible(on, "record__disclosure__"))
    counts = dict(
        shown.filter(credit_list__code__in=[row.code for row in rows])
        .order_by()
        .values_list("credit_list__code")
        .annotate(n=Count("pk"))
    )
    return [Counted(row, counts.get(row.code, 0)) for row in rows]


def public_list(code: str, on: date) -> CreditList | None:
    """The rule of a public list on a day; the last one of a list that was repealed, for its entries run on. None for lists that are not public."""
    rows = CreditList.objects.public().filter(code=code, valid_from__isnull=False, valid_from__lte=on)
    return rows.order_by("-valid_from").first()


def shown_on(codes: Iterable[str], on: date) -> DisclosureQuerySet:
    """What the public sees of the entries of lists on a day: visible, and on the list."""
    rules = CreditList.objects.filter(code__in=list(codes)).values("pk")
    listed = ListEntry.objects.listed(on).filter(credit_list__in=rules)
    return public_disclosures(on).filter(record__in=listed.values("record"))


def entry_of(row: Disclosure) -> ListEntry | None:
    """The entry that a disclosure shows."""
    return ListEntry.objects.select_related("credit_list").filter(record=row.record_id).first()
