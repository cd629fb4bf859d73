"""How long each stage of an objection may take: by profile, in working days, never past the hard limit. Pure.

The profiles are rows (`ClockProfile` of casework) with their basis: 哈政办规〔2020〕12号 no. 35, 河南省社会信用条例 art. 41,
山东省社会信用条例 art. 39, 深圳经济特区社会信用条例 art. 51.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.clocks import Days, Pause, Reckoning, earlier
from credit_platform.workdays.rules import Calendar


class Stage(StrEnum):
    """What a profile may give days to. `IDENTITY` runs before an objection counts as filed; `OWN` is a final answer
    counted from filing, where the receiver verifies itself."""

    IDENTITY = "identity"
    ACCEPT = "accept"
    FORWARD = "forward"
    SOURCE = "source"
    FINAL = "final"
    OWN = "own"
    HARD = "hard"
    SUPPRESS = "suppress"


STAGE_LABELS = {
    Stage.IDENTITY: "确认身份",
    Stage.ACCEPT: "受理",
    Stage.FORWARD: "转办",
    Stage.SOURCE: "来源单位核实",
    Stage.FINAL: "答复",
    Stage.OWN: "自行核实答复",
    Stage.HARD: "总时限",
    Stage.SUPPRESS: "逾期未核实暂停展示",
}


Profile = dict[Stage, Days]
"""The stages that a rule names; one that it does not name has no last day of its own."""


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened to an objection so far, each on its day (None: not yet)."""

    filed_on: date
    pauses: tuple[Pause, ...] = ()
    accepted_on: date | None = None
    forwarded_on: date | None = None
    answered_on: date | None = None
    is_extended: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """The last day of each stage (None: not known yet, or the rule names none), and the day from which a silent source hides the item.

    `is_provisional`: some of them lie in a year whose holiday notice is not out.
    """

    accept_due: date | None = None
    forward_due: date | None = None
    source_due: date | None = None
    final_due: date | None = None
    hard_limit: date | None = None
    suppressed_from: date | None = None
    is_provisional: bool = False


def dates_of(course: Course, profile: Profile, calendar: Calendar) -> Dates:
    """Every last day that is known at this point of the course.

    Acceptance and hard limit run from filing, forwarding from acceptance, the source from forwarding, the final answer from the source's
    answer. A request for papers stops what runs from filing. One extension lengthens the source's days and the hard limit alike.
    """
    reckon = Reckoning(course.pauses, profile, calendar)
    hard = reckon.due(Stage.HARD, course.filed_on, extended=course.is_extended)
    source = earlier(reckon.due(Stage.SOURCE, course.forwarded_on, extended=course.is_extended), hard)
    return Dates(
        accept_due=reckon.due(Stage.ACCEPT, course.filed_on),
        forward_due=reckon.due(Stage.FORWARD, course.accepted_on),
        source_due=source,
        final_due=_final(course, profile, reckon, hard),
        hard_limit=hard,
        suppressed_from=_suppressed(course, profile, source),
        is_provisional=reckon.is_provisional,
    )


def _final(course: Course, profile: Profile, reckon: Reckoning[Stage], hard: date | None) -> date | None:
    """The last day of the answer to who objected; a rule that names none has the hard limit."""
    if Stage.OWN in profile:
        return earlier(reckon.due(Stage.OWN, course.filed_on), hard)
    if Stage.FINAL in profile:
        return earlier(reckon.due(Stage.FINAL, course.answered_on), hard)
    return hard


def _suppressed(course: Course, profile: Profile, source: date | None) -> date | None:
    """The calendar day after the source's last day, while it is silent, where the profile hides what nobody verified."""
    if source is None or course.answered_on is not None or Stage.SUPPRESS not in profile:
        return None
    return source + timedelta(days=1)


def in_order(course: Course) -> Iterable[str]:
    """The columns whose day lies before the step that it follows, or that have no such step."""
    steps = (
        ("accepted_on", course.accepted_on),
        ("forwarded_on", course.forwarded_on),
        ("answered_on", course.answered_on),
    )
    last = course.filed_on
    for name, day in steps:
        if day is not None and day < last:
            yield name
        last = day or last
    if course.answered_on is not None and course.forwarded_on is None:
        yield "answered_on"
    for pause in course.pauses:
        if pause.asked_on < course.filed_on:
            yield "asked_on"
        if pause.until is not None and pause.until < pause.asked_on:
            yield "supplied_on"
