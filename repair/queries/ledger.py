"""The public ledger of repairs: that they were granted, by whom, how long it took; never whose, nor what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, F, QuerySet

from repair.models import RepairCase


@dataclass(frozen=True, slots=True)
class Figures:
    """How many were granted in a year, and in how many calendar days on the average (None: none was)."""

    year: int
    granted: int
    days: int | None


def granted() -> QuerySet[RepairCase]:
    """Repairs that took effect and stand, with what the ledger shows."""
    rows = RepairCase.objects.granted().filter(undone_on__isnull=True)
    return rows.select_related("case__department", "disclosure", "entry__credit_list")


def figures(on: date) -> Figures:
    """The figures of the year of a day."""
    rows = granted().filter(granted_on__year=on.year).order_by()
    found = rows.aggregate(n=Count("pk"), took=Avg(F("granted_on") - F("applied_on")))
    took = found["took"]
    return Figures(on.year, found["n"], round(took.total_seconds() / 86400) if took is not None else None)
