"""The profiles of clocks, as the rules take them, and which one holds."""

from __future__ import annotations

from datetime import date

from casework.models import ClockProfile
from casework.queries import clocks
from credit_platform.workdays.rules import Calendar
from disclosure import kinds
from objections.models import Objection, SuppressionRule
from objections.rules.clocks import Dates, Profile, Stage, dates_of

PROCEDURE = "objection"
HOLDS = "HRB"
"""The profile of this city."""


def profile_of(code: str, on: date) -> Profile:
    """The stages of a profile in force on a day; empty for one that is not known then."""
    return {Stage(stage): days for stage, days in clocks.profile_of(PROCEDURE, code, on).items()}


def source_stage(objection: Objection) -> ClockProfile | None:
    """The row that gives the source its days; None where the profile of the objection names none."""
    return clocks.stage_of(PROCEDURE, objection.profile, Stage.SOURCE, objection.filed_on)


def last_days(objection: Objection, calendar: Calendar) -> Dates:
    """Every last day of an objection that is known now."""
    return dates_of(objection.course, profile_of(objection.profile, objection.filed_on), calendar)


def hides_when_silent(kind: str, on: date) -> bool:
    """Whether an item of a kind is hidden while its source is silent: the row in force, else only what subjects said of themselves."""
    row = SuppressionRule.objects.in_force(on).filter(kind=kind).order_by("-valid_from").first()
    return row.suppress if row else kinds.kind(kind).own_word
