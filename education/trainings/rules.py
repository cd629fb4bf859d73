"""Sessions of training for repair: states, minutes present, who is covered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from credit_platform import moves
from credit_platform.errors import Finding, at_field
from credit_platform.labels import choices


class State(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


LABELS = {
    State.PLANNED: "筹备中",
    State.ANNOUNCED: "已通知",
    State.HELD: "签到待确认",
    State.CLOSED: "已完成",
    State.CANCELLED: "已取消",
}
TONES = {State.PLANNED: "neutral", State.ANNOUNCED: "info", State.HELD: "warn", State.CLOSED: "good", State.CANCELLED: "neutral"}  # fmt: skip
STATE_CHOICES = choices(LABELS)
MOVES: dict[tuple[State, str], State] = {
    (State.PLANNED, "announce"): State.ANNOUNCED,
    (State.ANNOUNCED, "hold"): State.HELD,
    (State.HELD, "close"): State.CLOSED,
    (State.HELD, "return"): State.ANNOUNCED,
    (State.PLANNED, "cancel"): State.CANCELLED,
    (State.ANNOUNCED, "cancel"): State.CANCELLED,
}
SHOWN = (State.ANNOUNCED, State.HELD, State.CLOSED)
"""States in which the public reads a session; never who came."""
GONE = ("注销", "吊销", "撤销", "迁出")
"""Words of a registration under which nobody operates any more."""
SEATS_MOST = 3
"""Seats that one subject may take."""
INVITED_MOST = 5000


def next_state(state: State, verb: str) -> State:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, state, verb, code="training.state", what="培训")


def minutes_present(came: time, left: time) -> int:
    """Whole minutes between signing in and out on one day; 0 when the order is wrong."""
    return max(0, (left.hour - came.hour) * 60 + left.minute - came.minute)


def operates(status: str) -> bool:
    """Whether a subject with this state of registration still operates; an unknown state does."""
    return not any(word in status for word in GONE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a session reached on a day: subjects invited, of these operating, of these covered; seats are told beside."""

    invited: int
    operating: int
    covered: int
    seats: int


def coverage(invited: Mapping[int, str], present: Iterable[tuple[int, int]], *, least: int) -> Coverage:
    """Coverage of a session: `invited` states of registration by subject, `present` (subject, minutes) of each seat, `least` minutes.

    A subject counts once, whatever the number of its seats, when somebody of it was present long enough and it operates on the day.
    """
    seats = list(present)
    long_enough = {subject for subject, minutes in seats if minutes >= least}
    operating = {subject for subject, status in invited.items() if operates(status)}
    return Coverage(len(invited), len(operating), len(operating & long_enough), len(seats))


def against_plan(begins: time, ends: time, *, least: int, on: date, today: date) -> Iterable[Finding]:
    """A session that ends before it begins, asks for more minutes than it has, or lies before today."""
    if ends <= begins:
        yield at_field("training.times", "ends", "结束时间应晚于开始时间。")
    elif least > minutes_present(begins, ends):
        yield at_field("training.least", "least_minutes", "最少在场时间不能超过培训时长。")
    if on < today:
        yield at_field("training.day", "on", "培训日期不得早于今天。")
