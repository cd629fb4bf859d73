"""Which share holds for an item and a tier on a day."""

from __future__ import annotations

from datetime import date

from supervision.inspections.items.models import ItemEntry
from supervision.inspections.items.rules.shares import Share, share_of
from supervision.inspections.plans.models import ShareRow


def share_for(entry: ItemEntry, tier: str, on: date) -> tuple[Share, str] | None:
    """The share and its ground in Chinese: what the item itself asks for, else the row of its field, else that of every field; None without any."""
    if entry.share_rule:
        return share_of(entry.share_rule, entry.share_low, entry.share_high), "事项清单规定"
    rows = {row.field: row for row in ShareRow.objects.on(on).filter(tier=tier, field__in=["", entry.field])}
    row = rows.get(entry.field) or rows.get("")
    return (row.share, row.basis) if row else None
