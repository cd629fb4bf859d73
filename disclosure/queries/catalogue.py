"""What the catalogue says about the items of records: whether and how they are published, and by which standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.models import CatalogueEntry, CreditRecord
from records.queries import catalogue as ledger
from records.standards import registry
from records.standards.declaration import Standard


@dataclass(frozen=True, slots=True)
class ItemRule:
    """How an item is published: at all, at once on entry, to everybody."""

    publishes: bool
    on_entry: bool
    public: bool
    standard: Standard | None


NOTHING = ItemRule(publishes=False, on_entry=False, public=False, standard=None)


def item_rules(item_ids: Iterable[int], on: date) -> dict[int, ItemRule]:
    """The rule of each item under the edition in force on a day; items outside of it take their last issued entry."""
    wanted = set(item_ids)
    rows = (
        CatalogueEntry.objects.filter(item_id__in=wanted)
        .exclude(version__state="draft")
        .select_related("item", "version")
    )
    last = {row.item_id: row for row in rows.order_by("version__valid_from")}
    current = {
        row.item_id: row
        for row in CatalogueEntry.objects.in_force(on).filter(item_id__in=wanted).select_related("item", "version")
    }
    return {item: _rule(current.get(item) or last.get(item)) for item in wanted}


def _rule(entry: CatalogueEntry | None) -> ItemRule:
    if entry is None:
        return NOTHING
    kinds = CatalogueEntry.Publication
    publishes = entry.publication != kinds.NOT_PUBLISHED
    return ItemRule(
        publishes=publishes,
        on_entry=entry.publication == kinds.ON_ENTRY,
        public=entry.visibility == "public",
        standard=ledger.standard_for(entry) if publishes else None,
    )


def standard_of(record: CreditRecord, on: date) -> Standard:
    """The standard in whose fields a record's content is kept; LookupError when nobody declared it."""
    try:
        return registry.get(record.standard)
    except LookupError:
        found = item_rules([record.item_id], on)[record.item_id].standard
        if found is None:
            raise LookupError(f"no standard {record.standard!r}") from None
        return found
