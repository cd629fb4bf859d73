"""The days that a new letter brings with it: its first review, and the last day for missing papers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commitments.reviews.rules.days import after, next_review
from commitments.rules.kinds import CommitmentType, ReviewKind, Unit
from commitments.rules.states import Fulfilment
from credit_platform.workdays.rules import Calendar

DEFAULT_FIRST = (60, Unit.WORKDAY)
"""First review of a letter without an entry of the list (主动型 and the like), a parameter of the platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The periods of an entry of the list; `shortfall` None: no papers may be missing."""

    first: int = DEFAULT_FIRST[0]
    first_unit: Unit = DEFAULT_FIRST[1]
    shortfall: int | None = None
    shortfall_unit: Unit = Unit.WORKDAY


@dataclass(frozen=True, slots=True)
class FirstDays:
    """`review_on` None: the commitment ends before anybody would look; `kind` is the kind of that review."""

    review_on: date | None
    kind: str
    provisional: bool
    shortfall_on: date | None


def first_days(
    cycle: Cycle,
    *,
    made_on: date,
    valid_until: date | None,
    commitment_type: str,
    shortfall_stated: date | None,
    calendar: Calendar,
) -> FirstDays:
    """The first review and the last day for missing papers of a letter made `made_on` (day 0).

    The stated day for missing papers counts, else the entry's period; both are days on which something must be done, so a
    period in days or months is rolled to the next working day (民法典 第二百零三条). A letter that ends before its first review
    is looked at on the last working day on or after its end.
    """
    found = next_review(Fulfilment.PERFORMING, on=made_on, every=cycle.first, unit=cycle.first_unit, calendar=calendar)
    review_on, provisional = found.on, found.provisional
    if review_on is not None and valid_until is not None and valid_until < review_on:
        review_on = calendar.roll_forward(valid_until)
        provisional = calendar.is_provisional(review_on)
    shortfall_on = None
    if commitment_type == CommitmentType.SHORTFALL:
        shortfall_on = shortfall_stated
        if shortfall_on is None and cycle.shortfall:
            shortfall_on = after(made_on, cycle.shortfall, cycle.shortfall_unit, calendar).on
    return FirstDays(review_on, ReviewKind.FIRST.value if review_on else "", provisional, shortfall_on)
