"""Where the checking of a file stands. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform import moves


class JobState(StrEnum):
    """Where the checking of a file stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


LABELS = {
    JobState.WAITING: "等待核查",
    JobState.RUNNING: "核查中",
    JobState.DONE: "核查完毕",
    JobState.CANCELLED: "已取消",
    JobState.FAILED: "未能完成",
}
TONES = {JobState.DONE: "good", JobState.FAILED: "serious", JobState.CANCELLED: "neutral"}
OPEN = (JobState.WAITING, JobState.RUNNING)
MOVES: dict[tuple[JobState, str], JobState] = {
    (JobState.WAITING, "start"): JobState.RUNNING,
    (JobState.RUNNING, "start"): JobState.RUNNING,  # taken up again after its worker died
    (JobState.RUNNING, "finish"): JobState.DONE,
    (JobState.RUNNING, "fail"): JobState.FAILED,
    (JobState.WAITING, "fail"): JobState.FAILED,
    (JobState.WAITING, "cancel"): JobState.CANCELLED,
    (JobState.RUNNING, "cancel"): JobState.CANCELLED,
}
MOST_ROWS = 100_000
MOST_TRIES = 5
"""So often a file is taken up again that got no further before it is given up."""


def next_state(state: JobState, verb: str) -> JobState:
    """The state after a verb; Conflict when there is no such move."""
    return moves.next_state(MOVES, LABELS, state, verb, code="checks.job", what="批量核查")
