"""The days of each stage, and the ladder that a task climbs when they have run out. Pure."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """What has days of its own; `ClockProfile` rows say how many."""

    RESPONSE = "response"
    EXECUTION = "execution"
    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    LIFTING = "lifting"


STAGE_LABELS = {
    Stage.RESPONSE: "响应",
    Stage.EXECUTION: "执行反馈",
    Stage.CONFIRMATION: "确认反馈",
    Stage.REFUSAL: "处理拒绝",
    Stage.LIFTING: "解除",
}
DAYS = {Stage.RESPONSE: 5, Stage.EXECUTION: 15, Stage.CONFIRMATION: 3, Stage.REFUSAL: 5, Stage.LIFTING: 3}
"""Working days of each stage where no row is in force: the plan asks for deadlines and names none (parameters)."""


class Late(StrEnum):
    """How far the ladder of escalation has been climbed."""

    NO = "no"
    LATE = "late"
    HEAD = "head"
    OFFICE = "office"


LATE_LABELS = {Late.NO: "按期", Late.LATE: "已逾期", Late.HEAD: "已报负责人", Late.OFFICE: "已提请督办"}


def rung(working_days_late: int, *, head: int, office: int) -> Late:
    """The rung that a task stands on, so many working days after its last day; the days of the ladder are those of the procedure."""
    if working_days_late <= 0:
        return Late.NO
    if working_days_late >= office:
        return Late.OFFICE
    return Late.HEAD if working_days_late >= head else Late.LATE
