"""What the outcomes of an objection are held against, and whom they reached: whether a period is over, whether an entry is on its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from deliveries.models import Delivery
from deliveries.rules.deliveries import State as DeliveryState
from disclosure.models import Disclosure
from disclosure.queries.evaluation import evaluate_disclosure
from objections.models import Objection
from sanctions.lists.models import ListEntry


def is_over(item: Disclosure, on: date) -> bool:
    """Whether the period of an item is over on a day, as it is shown, or as it is reckoned from its record as that was corrected since."""
    if item.ends_on is not None and item.ends_on < on and not item.waits_for_performance:
        return True
    return item.needs_correction and evaluate_disclosure(item, on=on).over


@dataclass(frozen=True, slots=True)
class Reached:
    """How many recipients a change was told to, and how many have said that they have applied it."""

    recipients: int
    acknowledged: int


def reached(own: Objection) -> Reached | None:
    """Who had the wrong value within the days of the ledger of deliveries, and was told of what the answer, or the one to the appeal, changed;
    None where nobody was. The deliveries themselves follow the publication, whichever verb changed it."""
    if own.case.decided_on is None:
        return None
    rows = Delivery.objects.filter(disclosure=own.disclosure_id, made_on=own.case.decided_on).order_by()
    counts = rows.aggregate(
        recipients=Count("recipient", distinct=True),
        acknowledged=Count("recipient", distinct=True, filter=Q(state=DeliveryState.ACKNOWLEDGED)),
    )
    return Reached(**counts) if counts["recipients"] else None


def listed_entry(item: Disclosure, on: date) -> ListEntry | None:
    """The entry of a list that an item publishes, when it stands on a day."""
    return ListEntry.objects.listed(on).filter(record=item.record_id).first()
