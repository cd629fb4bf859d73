"""What an installation begins with: the profiles of clocks of objections, of this city and of the places whose rules are known."""

from __future__ import annotations

from casework.actions.profiles import enter_profiles
from objections.clock_rows import PROFILES
from objections.queries.profiles import PROCEDURE


def load() -> list[str]:
    """Enter the profiles that are not there; what was loaded, for the shell."""
    made = enter_profiles(PROCEDURE, PROFILES)
    return [f"异议时限 {made} 项"] if made else []
