"""The days of visits of an installation that has none: rows of 办理时限."""

from __future__ import annotations

from datetime import date

from casework.actions.profiles import enter_profiles
from supervision.inspections.visits.rules.follow_ups import DAYS
from supervision.inspections.visits.rules.procedure import VISIT

IN_FORCE = date(2020, 10, 16)


def load() -> list[str]:
    """Enter the rows that are not there; what an administrator changed since stays. What was loaded, for the shell."""
    made = enter_profiles(VISIT.slug, {"default": (IN_FORCE, DAYS)})
    return [f"检查办理时限 {made} 项"] if made else []
