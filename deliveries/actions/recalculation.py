"""When a holiday notice is loaded, the last days of open deliveries are reckoned again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules import Calendar
from deliveries.models import Delivery


class DeliveryDays:
    """The holder registered with the calendar. Deliveries of a day fall due together, so that a day is reckoned once."""

    label = "变更送达期限"

    def preview(self, old: Calendar, new: Calendar) -> Iterable[Moved]:
        """The days on which changes were made whose deliveries would fall due on another day, or no longer provisionally."""
        for (made_on, _, was, _), (due, _) in _moved(new):
            yield Moved(f"{made_on:%Y-%m-%d} 的变更", was, due)

    def recompute(self, old: Calendar, new: Calendar, *, by: Actor) -> int:
        """Write the new last days; how many deliveries moved."""
        policy.require(by, "calendar.manage")
        members: list[int] = []
        with acting(by):
            for (made_on, days, was, provisional), (due, still) in list(_moved(new)):
                rows = Delivery.objects.open().filter(
                    made_on=made_on, due_days=days, due_on=was, due_provisional=provisional
                )
                ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
                Delivery.objects.filter(pk__in=ids).update(due_on=due, due_provisional=still)
                members += ids
            if members:
                audit.record("deliveries.recompute", by=by, members=members)
        return len(members)


Due = tuple[date, int, date, bool]


def _moved(new: Calendar) -> Iterator[tuple[Due, tuple[date, bool]]]:
    rows = Delivery.objects.open().order_by("made_on").values_list("made_on", "due_days", "due_on", "due_provisional")
    for made_on, days, was, provisional in rows.distinct():
        found = new.deadline(made_on, days)
        if (found.due_on, found.provisional) != (was, provisional):
            yield (made_on, days, was, provisional), (found.due_on, found.provisional)


delivery_days = DeliveryDays()
