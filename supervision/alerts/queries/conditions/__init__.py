"""The conditions that a rule may have: a closed list, each one declared query with parameters."""

from __future__ import annotations

from supervision.alerts.queries.conditions.cases import BREACHES, OVERDUE
from supervision.alerts.queries.conditions.complaints import COMPLAINTS
from supervision.alerts.queries.conditions.declaring import Condition, Parameter
from supervision.alerts.queries.conditions.ledger import AFTER_END, INSPECTIONS, RECORDS
from supervision.alerts.queries.conditions.lists import LASTING, LISTED
from supervision.alerts.queries.conditions.register import CHANGES, SHARED

__all__ = ["CONDITIONS", "Condition", "Parameter", "condition_of"]

CONDITIONS: dict[str, Condition] = {
    each.code: each
    for each in (
        RECORDS,
        LISTED,
        LASTING,
        COMPLAINTS,
        BREACHES,
        AFTER_END,
        INSPECTIONS,
        OVERDUE,
        SHARED,
        CHANGES,
    )
}


def condition_of(code: str) -> Condition:
    """The condition of a code; KeyError for one that nobody declared."""
    return CONDITIONS[code]
