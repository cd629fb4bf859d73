"""How many objections wait: for the window's screen."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from credit_platform.web.keyset import CappedCount, capped_count
from objections.rules.procedure import OBJECTION, State


def to_confirm(user: object, on: date) -> CappedCount:
    """Objections that were lodged without an account and wait for who lodged them to show himself at a window."""
    return capped_count(Case.objects.of(OBJECTION).filter(state=State.LODGED.value))


def to_accept(user: object, on: date) -> CappedCount:
    """Objections that were filed, or wait for papers, in the whole city."""
    return capped_count(Case.objects.of(OBJECTION).filter(state__in=[State.FILED.value, State.ASKED.value]))
