"""The profiles of clocks with which an installation begins: a procedure above gives its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from casework.models import ClockProfile
from casework.rules.clocks import Days
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting

S = TypeVar("S", bound=str)


def enter_profiles(procedure: str, profiles: Mapping[str, tuple[date, Mapping[S, Days]]]) -> int:
    """Enter the profiles of a procedure (its slug) that are not there; what an administrator changed since stays. How many rows.

    `profiles`: by the name of each the day from which it is in force, and the days of its stages.
    """
    made = 0
    with acting(SYSTEM):
        for code, (valid_from, stages) in profiles.items():
            for stage, row in stages.items():
                named = {"procedure": procedure, "profile": code, "stage": str(stage)}
                if not ClockProfile.objects.filter(**named).exists():
                    extensions = 1 if row.extension else 0
                    given = {"days": row.days, "extension": row.extension, "extensions": extensions, "basis": row.basis}
                    ClockProfile.objects.create(**named, **given, valid_from=valid_from)
                    made += 1
    return made
