"""What becomes of a report."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class State(StrEnum):
    """`expired` is never written: the day decides."""

    ISSUED = "issued"
    EXPIRED = "expired"
    DISPOSED = "disposed"


LABELS = {State.ISSUED: "有效", State.EXPIRED: "已过有效期", State.DISPOSED: "已按保存期限销毁"}
TONES = {State.ISSUED: "good", State.EXPIRED: "neutral", State.DISPOSED: "neutral"}
MOVES: dict[tuple[State, str], State] = {
    (State.ISSUED, "expire"): State.EXPIRED,
    (State.ISSUED, "dispose"): State.DISPOSED,
    (State.EXPIRED, "dispose"): State.DISPOSED,
}


def state_on(day: date, *, valid_until: date, disposed_on: date | None) -> State:
    """Where a report stands on a day: the last day of its validity is a day on which it is valid."""
    if disposed_on is not None and disposed_on <= day:
        return State.DISPOSED
    return State.ISSUED if day <= valid_until else State.EXPIRED
