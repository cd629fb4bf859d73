"""The measures that may follow a breach, as the rules and the pages read them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commitments.lists.rules.measures import MeasureFacts, fits
from commitments.models import Measure
from commitments.rules.kinds import BreachKind, MeasureKind

if TYPE_CHECKING:
    from commitments.breaches.models import BreachCase


def facts_of(measure: Measure) -> MeasureFacts:
    """A line of the list as the rules read it."""
    return MeasureFacts(
        measure.code,
        measure.name,
        MeasureKind(measure.kind),
        measure.months,
        measure.after_false,
        measure.after_unfulfilled,
        measure.valid_from,
        measure.valid_until,
    )


def listed(row: BreachCase) -> list[Measure]:
    """The measures of the matter's entry that the letter was made under; none without an entry."""
    return list(row.letter.entry.measures.order_by("code")) if row.letter.entry else []


def fitting(row: BreachCase, on: date) -> list[Measure]:
    """Those that may follow this kind of breach on a day."""
    return [each for each in listed(row) if fits(facts_of(each), BreachKind(row.kind), on)]
