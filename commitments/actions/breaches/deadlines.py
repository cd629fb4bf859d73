"""The last days to speak move with the calendar: a yearly notice that is loaded later recomputes them."""

from __future__ import annotations

from collections.abc import Iterable

from commitments.models import BreachCase
from commitments.models.breaches import BreachCaseQuerySet
from commitments.rules.states import BreachState
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules import Calendar, Deadline


class HearingDays:
    """The holder registered in AppConfig.ready(): cases whose subject may still speak."""

    label = "违诺陈述申辩期限"

    def preview(self, old: Calendar, new: Calendar) -> Iterable[Moved]:
        """What would move, or would no longer be provisional."""
        for case in _waiting():
            deadline = _changed(case, new)
            if deadline is not None:
                yield Moved(case.number, case.hearing_until or deadline.due_on, deadline.due_on)

    def recompute(self, old: Calendar, new: Calendar, *, by: Actor) -> int:
        """Write the new last days; how many changed."""
        members = []
        with acting(by):
            for case in _waiting().select_for_update(of=("self",)):
                deadline = _changed(case, new)
                if deadline is None:
                    continue
                case.hearing_until, case.hearing_provisional = deadline.due_on, deadline.provisional
                case.version += 1
                case.save(update_fields=["hearing_until", "hearing_provisional", "version"])
                members.append(case.pk)
            if members:
                audit.record("commitments.breach.recompute", by=by, members=members)
        return len(members)


def _changed(case: BreachCase, new: Calendar) -> Deadline | None:
    """The last day by the new calendar, None when nothing about it changes."""
    if case.served_on is None or case.hearing_days is None:
        return None
    deadline = new.deadline(case.served_on, case.hearing_days)
    same = (deadline.due_on, deadline.provisional) == (case.hearing_until, case.hearing_provisional)
    return None if same else deadline


def _waiting() -> BreachCaseQuerySet:
    return BreachCase.objects.filter(
        state=BreachState.SERVED, served_on__isnull=False, hearing_days__isnull=False
    ).order_by("pk")


hearing_days = HearingDays()
