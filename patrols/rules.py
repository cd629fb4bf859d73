"""What an outsider may read: public ids in what was read, how fresh a stop may be, and the procedure of an alarm. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from casework.rules.procedures import Ladder, Procedure, Step, Work

ARTICLE = "国家发展改革委令第36号第三条"
VIEW, ORDER, HANDLE = "patrols.view", "patrols.order", "patrols.handle"
KEPT = timedelta(seconds=90)
"""A cache may keep an answer for a minute: what stopped later than this before it was read may still be there."""
PUBLIC_ID = re.compile(r"(?:/disclosure/|\"public_id\":\s?\")([23456789abcdefghjkmnpqrstuvwxyz]{12})(?![0-9a-zA-Z])")


class RunState(StrEnum):
    """Where a patrol stands."""

    RUNNING = "running"
    DONE = "done"
    BROKEN = "broken"


RUN_LABELS = {RunState.RUNNING: "巡查中", RunState.DONE: "已完成", RunState.BROKEN: "中断"}
RUN_MOVES: dict[tuple[RunState, str], RunState] = {
    (RunState.RUNNING, "finish"): RunState.DONE,
    (RunState.RUNNING, "abandon"): RunState.BROKEN,
}


class AlarmState(StrEnum):
    """Where an alarm stands."""

    RAISED = "raised"
    CLOSED = "closed"


ALARM = Procedure(
    slug="patrol-alarm",
    label="公示巡查告警",
    audit="patrols.alarm",
    own="patrols.PatrolAlarm",
    number="巡警〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=AlarmState.RAISED,
    labels={AlarmState.RAISED: "待处置", AlarmState.CLOSED: "已处置"},
    tones={AlarmState.RAISED: "serious", AlarmState.CLOSED: "good"},
    moves={(AlarmState.RAISED, "close"): AlarmState.CLOSED},
    closed=frozenset({AlarmState.CLOSED}),
    view=VIEW,
    ladder=Ladder(before=(), head=1, office=1),
    steps=(
        Step(
            "close",
            "登记处置情况",
            HANDLE,
            "巡查已经查不到应停止公示的信息后，写明原因、责任单位和处置情况。",
            "已登记处置情况。",
        ),
    ),
    works=(Work("公示巡查告警，待处置", AlarmState.RAISED, "close", 1, "serious"),),
)


def public_ids_in(text: str) -> set[str]:
    """The public ids that a page, feed, site map or answer names by their address or field."""
    return set(PUBLIC_ID.findall(text))


def had_time(stopped_at: datetime | None, read_at: datetime) -> bool:
    """Whether every cache must have let go of what stopped at a moment; None is long ago."""
    return stopped_at is None or stopped_at + KEPT < read_at


def alarm_text(new: int, open_now: int) -> str:
    """What the credit office is told."""
    return f"公示巡查发现 {new} 处应停止公示而仍能读到的信息，尚未消除的共 {open_now} 处，请立即处置。"
