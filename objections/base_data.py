"""What an installation begins with: the profiles of clocks of objections, of this city and of the places whose rules are known."""

from __future__ import annotations

from casework.models import ClockProfile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from objections.clock_rows import PROFILES
from objections.queries.profiles import PROCEDURE


def load() -> list[str]:
    """Enter the profiles that are not there; what an administrator changed since stays. What was loaded, for the shell."""
    made = 0
    with acting(SYSTEM):
        for code, (valid_from, stages) in PROFILES.items():
            for stage, row in stages.items():
                named = {"procedure": PROCEDURE, "profile": code, "stage": stage.value}
                if not ClockProfile.objects.filter(**named).exists():
                    extensions = 1 if row.extension else 0
                    given = {"days": row.days, "extension": row.extension, "extensions": extensions, "basis": row.basis}
                    ClockProfile.objects.create(**named, **given, valid_from=valid_from)
                    made += 1
    return [f"异议时限 {made} 项"] if made else []
