"""What the outcomes of an objection are held against: whether a period is over, whether an entry is on its list."""

from __future__ import annotations

from datetime import date

from disclosure.models import Disclosure
from disclosure.queries.evaluation import evaluate_disclosure
from sanctions.lists.models import ListEntry


def is_over(item: Disclosure, on: date) -> bool:
    """Whether the period of an item is over on a day, as it is shown, or as it is reckoned from its record as that was corrected since."""
    if item.ends_on is not None and item.ends_on < on and not item.waits_for_performance:
        return True
    return item.needs_correction and evaluate_disclosure(item, on=on).over


def listed_entry(item: Disclosure, on: date) -> ListEntry | None:
    """The entry of a list that an item publishes, when it stands on a day."""
    return ListEntry.objects.listed(on).filter(record=item.record_id).first()
