"""How many applications wait: for the window's screen."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from credit_platform.web.keyset import CappedCount, capped_count
from repair.rules.procedure import REPAIR, State


def to_accept(user: object, on: date) -> CappedCount:
    """Applications that came in, or wait for papers, in the whole city."""
    return capped_count(Case.objects.of(REPAIR).filter(state__in=[State.APPLIED.value, State.ASKED.value]))
