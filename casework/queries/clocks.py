"""The clock of a case as the rules read it."""

from __future__ import annotations

from datetime import date

from casework.models import Case, ClockProfile
from casework.rules import clocks
from casework.rules.procedures import Procedure


def clock_of(case: Case) -> clocks.Clock | None:
    """The running period of a case with its pauses, as the rules read it; None without one."""
    if case.due_from is None or case.due_days is None:
        return None
    pauses = tuple(each.interval for each in case.pauses.all() if each.asked_on >= case.due_from)
    return clocks.Clock(case.due_from, case.due_days, pauses)


def days_of(procedure: Procedure, stage: str, *, on: date, otherwise: int, profile: str = "default") -> int:
    """How many working days a stage has: by the row in force on a day, `otherwise` where there is none."""
    row = stage_of(procedure.slug, profile, stage, on)
    return otherwise if row is None else row.days


def stage_of(procedure: str, profile: str, stage: str, on: date) -> ClockProfile | None:
    """The row of a stage in force on a day, the latest where several are; None where the profile names no such stage."""
    rows = ClockProfile.objects.in_force(on).filter(procedure=procedure, profile=profile, stage=stage)
    return rows.order_by("-valid_from").first()


def profile_of(procedure: str, profile: str, on: date) -> dict[str, clocks.Days]:
    """The days of each stage of a profile in force on a day, by the stage's name; empty for a profile that is not known then."""
    rows = ClockProfile.objects.in_force(on).filter(procedure=procedure, profile=profile)
    return {row.stage: clocks.Days(row.days, row.extension, row.basis) for row in rows}
