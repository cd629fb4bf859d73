"""The clocks of repairs, as the rules take them."""

from __future__ import annotations

from datetime import date

from casework.models import ClockProfile
from casework.queries.clocks import profile_of, stage_of
from credit_platform.workdays.queries import calendar
from repair.models import RepairCase
from repair.rules.clocks import STAGE_LABELS, Dates, Stage, dates_of
from repair.rules.procedure import REPAIR

HOLDS = "GB22"
"""The profile of 国办发〔2025〕22号 and 令第36号."""
NAMES = (
    (Stage.ACCEPT, "accept_due"),
    (Stage.VERIFY, "verify_due"),
    (Stage.REVIEW, "review_due"),
    (Stage.DECIDE, "decide_due"),
    (Stage.ANSWER, "answer_due"),
)


def last_days(own: RepairCase) -> Dates:
    """Every last day of a repair that is known now."""
    return dates_of(own.course, profile_of(REPAIR.slug, own.profile, own.applied_on), calendar())


def dates_shown(own: RepairCase) -> list[tuple[str, date]]:
    """The last days that are known, by name, in their order."""
    found = last_days(own)
    named = [(STAGE_LABELS[stage], getattr(found, key)) for stage, key in NAMES]
    return [(f"{name}期限", day) for name, day in named if day is not None]


def longer(own: RepairCase) -> ClockProfile | None:
    """The row that says by how much a decision may be made longer; None where the profile names none."""
    return stage_of(REPAIR.slug, own.profile, Stage.DECIDE, own.applied_on)
