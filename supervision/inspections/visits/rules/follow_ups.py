"""What follows from a result, by when, and how it may end (国务院令第654号, 工商总局令第67号; the days are rows of 办理时限). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.clocks import Days
from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules import Calendar
from credit_platform.workdays.rules.days import chinese
from supervision.inspections.visits.rules.results import Result


class Stage(StrEnum):
    """What has days of its own: publication, and each kind of follow-up."""

    PUBLISH = "publish"
    ANNOUNCE = "announce"
    ORDER = "order"
    LISTING = "listing"
    RECHECK = "recheck"
    FILE = "file"
    DECIDE = "decide"


DAYS = {
    Stage.PUBLISH: Days(7, basis="哈政办规〔2020〕12号第14项：结果审核之日起7个工作日内公示"),
    Stage.ANNOUNCE: Days(20, basis="自检查结束之日起20个工作日内公示（依据文本待核）"),
    Stage.ORDER: Days(10, basis="《企业公示信息抽查暂行办法》：责令在10日内履行公示义务（日历日）"),
    Stage.LISTING: Days(10, basis="《企业经营异常名录管理办法》：10个工作日内列入经营异常名录"),
    Stage.RECHECK: Days(15, basis="责令改正的复查期限，未见明文，为本平台设定"),
    Stage.FILE: Days(10, basis="不配合检查的处理期限，未见明文，为本平台设定"),
    Stage.DECIDE: Days(60, basis="待后续处理满60日预警（日历日），为本平台设定"),
}
CALENDAR_DAYS = (Stage.ORDER, Stage.DECIDE)
"""Stages whose days are days of the calendar; a last day that is no working day moves to the next one."""
FOLLOW_UPS = (Stage.ORDER, Stage.LISTING, Stage.RECHECK, Stage.FILE, Stage.DECIDE)
STAGE_LABELS = {
    Stage.ORDER: "责令限期公示",
    Stage.LISTING: "列入经营异常名录",
    Stage.RECHECK: "复查整改",
    Stage.FILE: "处理不配合检查",
    Stage.DECIDE: "后续处理",
}
FOLLOWS = {
    Result.UNPUBLISHED: Stage.ORDER,
    Result.UNTRUE: Stage.LISTING,
    Result.UNREACHABLE: Stage.LISTING,
    Result.ORDERED: Stage.RECHECK,
    Result.OBSTRUCTED: Stage.FILE,
    Result.PENDING: Stage.DECIDE,
}


class Outcome(StrEnum):
    """How a follow-up ends."""

    CORRECTED = "corrected"
    UNCORRECTED = "uncorrected"
    LISTED = "listed"
    FILED = "filed"
    TRANSFERRED = "transferred"
    DROPPED = "dropped"


OUTCOME_LABELS = {
    Outcome.CORRECTED: "已改正",
    Outcome.UNCORRECTED: "逾期未改正",
    Outcome.LISTED: "已列入经营异常名录",
    Outcome.FILED: "已立案",
    Outcome.TRANSFERRED: "已移送",
    Outcome.DROPPED: "不予处罚",
}
ENDS: dict[Stage, tuple[Outcome, ...]] = {
    Stage.ORDER: (Outcome.CORRECTED, Outcome.UNCORRECTED),
    Stage.LISTING: (Outcome.LISTED, Outcome.CORRECTED),
    Stage.RECHECK: (Outcome.CORRECTED, Outcome.UNCORRECTED),
    Stage.FILE: (Outcome.FILED, Outcome.TRANSFERRED, Outcome.DROPPED),
    Stage.DECIDE: (Outcome.CORRECTED, Outcome.FILED, Outcome.TRANSFERRED, Outcome.DROPPED),
}
NEXT = {Stage.ORDER: Stage.LISTING, Stage.RECHECK: Stage.DECIDE}
"""What is opened where an order was not obeyed."""
WITH_DOCUMENT = (Outcome.LISTED, Outcome.FILED, Outcome.TRANSFERRED, Outcome.DROPPED)


def due(stage: Stage, days: int, *, start: date, calendar: Calendar) -> date:
    """The last day of a stage of `days` after `start`: working days, or days of the calendar (CALENDAR_DAYS)."""
    if stage in CALENDAR_DAYS:
        return calendar.roll_forward(start + timedelta(days=days))
    return calendar.due_on(start, days)


def publish_by(reviewed_on: date, ended_on: date, *, publish: int, announce: int, calendar: Calendar) -> date:
    """By when a result is public: `publish` working days after its review, `announce` after the end of the visit; the earlier of the two."""
    return min(calendar.due_on(reviewed_on, publish), calendar.due_on(ended_on, announce))


def against_end(stage: Stage, outcome: str, document: str, *, until: date, on: date) -> Iterable[Finding]:
    """What stands against an end: one that the stage does not know, a missing document, a failure before the last day is over."""
    if outcome not in ENDS[stage]:
        words = f"“{STAGE_LABELS[stage]}”的结果只能是{'、'.join(OUTCOME_LABELS[each] for each in ENDS[stage])}。"
        yield at_field("visit.outcome", "outcome", words)
    if outcome in WITH_DOCUMENT and not document.strip():
        yield at_field("visit.document", "document", "请填写文书号。")
    if outcome == Outcome.UNCORRECTED and on <= until:
        yield at_field("visit.early", "on", f"期限至{chinese(until)}，尚未届满，不能登记未改正。")
