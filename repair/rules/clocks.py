"""How long a repair may take: stages in working days, and the two limits that no stage passes. Pure.

The days are rows (`ClockProfile` of casework) with their basis: 令第36号, 国办发〔2025〕22号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.clocks import Days, Pause, Reckoning, earlier
from credit_platform.workdays.rules import Calendar

Profile = Mapping[str, Days]
"""The days of each stage; one that a profile does not name has no last day of its own."""


class Stage(StrEnum):
    """What a profile gives days to: acceptance from the application, the authority's word from acceptance, the first review from that word, the
    decision from acceptance, the answer from the application; and the proof that a plan is being carried out, from screen to follow-up."""

    ACCEPT = "accept"
    VERIFY = "verify"
    REVIEW = "review"
    DECIDE = "decide"
    ANSWER = "answer"
    FOLLOW = "follow"


STAGE_LABELS = {
    Stage.ACCEPT: "受理",
    Stage.VERIFY: "认定单位核实",
    Stage.REVIEW: "初审",
    Stage.DECIDE: "作出决定",
    Stage.ANSWER: "答复申请人",
    Stage.FOLLOW: "回访重整计划执行",
}


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened to an application so far, each on its day (None: not yet)."""

    applied_on: date
    pauses: tuple[Pause, ...] = ()
    accepted_on: date | None = None
    verified_on: date | None = None
    is_extended: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """The last day of each stage; None while it has not begun, while papers are awaited, and where the profile names none."""

    accept_due: date | None = None
    verify_due: date | None = None
    review_due: date | None = None
    decide_due: date | None = None
    answer_due: date | None = None


def dates_of(course: Course, profile: Profile, calendar: Calendar) -> Dates:
    """Every last day that is known at this point of the course.

    An extension lengthens the authority's days, the decision and the answer alike. No stage ends after the decision's last day, nor the decision
    after that of the answer.
    """
    reckon, longer = Reckoning(course.pauses, profile, calendar), course.is_extended
    answer = reckon.due(Stage.ANSWER, course.applied_on, extended=longer)
    decide = earlier(reckon.due(Stage.DECIDE, course.accepted_on, extended=longer), answer)
    return Dates(
        accept_due=reckon.due(Stage.ACCEPT, course.applied_on),
        verify_due=earlier(reckon.due(Stage.VERIFY, course.accepted_on, extended=longer), decide),
        review_due=earlier(reckon.due(Stage.REVIEW, course.verified_on), decide),
        decide_due=decide,
        answer_due=answer,
    )
