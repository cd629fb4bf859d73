"""The clock of a case as the rules read it."""

from __future__ import annotations

from casework.models import Case
from casework.rules import clocks


def clock_of(case: Case) -> clocks.Clock | None:
    """The running period of a case with its pauses, as the rules read it; None without one."""
    if case.due_from is None or case.due_days is None:
        return None
    pauses = tuple(each.interval for each in case.pauses.all() if each.asked_on >= case.due_from)
    return clocks.Clock(case.due_from, case.due_days, pauses)
