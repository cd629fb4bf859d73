"""Work on many items that is done by a worker: its states, and how long a publication of many is held. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from credit_platform import moves


class BulkState(StrEnum):
    """Where an order for many items stands."""

    HELD = "held"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


BULK_LABELS = {
    BulkState.HELD: "待公示",
    BulkState.WAITING: "排队中",
    BulkState.RUNNING: "办理中",
    BulkState.DONE: "已办结",
    BulkState.STOPPED: "已停止",
}
BULK_TONES = {BulkState.HELD: "warn", BulkState.DONE: "good", BulkState.STOPPED: "serious"}
BULK_MOVES: dict[tuple[BulkState, str], BulkState] = {
    (BulkState.HELD, "release"): BulkState.WAITING,
    (BulkState.HELD, "stop"): BulkState.STOPPED,
    (BulkState.WAITING, "stop"): BulkState.STOPPED,
    (BulkState.RUNNING, "stop"): BulkState.STOPPED,
    (BulkState.WAITING, "run"): BulkState.RUNNING,
    (BulkState.RUNNING, "run"): BulkState.RUNNING,
    (BulkState.RUNNING, "finish"): BulkState.DONE,
}
BULK_OPEN = (BulkState.HELD, BulkState.WAITING, BulkState.RUNNING)
TO_RUN = (BulkState.WAITING, BulkState.RUNNING)

BEFORE_MIDNIGHT = timedelta(minutes=1)
"""What is held is released so long before the day ends, that it is published on the day on which it was confirmed."""


def next_bulk_state(state: str, verb: str) -> BulkState:
    """The state after `verb`; Conflict with a Chinese reason when BULK_MOVES has no such pair."""
    return moves.next_state(BULK_MOVES, BULK_LABELS, BulkState(state), verb, code="bulk.state", what="批量办理")


def held_until(now: datetime, minutes: int) -> datetime | None:
    """Until when a publication of many waits for somebody to stop it; None when the day is too far gone to wait at all.

    `now` in the time of the city. The seven working days run by days: a hold that went on past midnight would make what was
    confirmed in time late.
    """
    latest = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - BEFORE_MIDNIGHT
    until = min(now + timedelta(minutes=minutes), latest)
    return until if until > now else None
