"""How many letters wait: for the window's screen."""

from __future__ import annotations

from datetime import date

from commitments.models import CommitmentLetter
from credit_platform.web.keyset import CappedCount, capped_count
from disclosure.rules.states import State

NOT_YET_PUBLIC = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED)


def handed_in(user: object, on: date) -> CappedCount:
    """Letters that were handed in, online or by a department, and that nobody has published yet, in the whole city."""
    states = [state.value for state in NOT_YET_PUBLIC]
    return capped_count(CommitmentLetter.objects.active().filter(record__disclosure__state__in=states))


def papers_missing(user: object, on: date) -> CappedCount:
    """Letters taken with papers missing (容缺受理) whose papers are still to be handed in, in the whole city."""
    return capped_count(CommitmentLetter.objects.shortfall_open())
