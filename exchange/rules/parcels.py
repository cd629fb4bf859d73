"""What becomes of one try to carry messages over. Pure."""

from __future__ import annotations

from enum import StrEnum


class ParcelState(StrEnum):
    """Where a parcel stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    LOST = "lost"


PARCEL_LABELS: dict[ParcelState, str] = {
    ParcelState.SENT: "已发送",
    ParcelState.ACKNOWLEDGED: "对方已收，待回执",
    ParcelState.ANSWERED: "已回执",
    ParcelState.LOST: "未得到答复",
}
PARCEL_TONES: dict[ParcelState, str] = {
    ParcelState.SENT: "info",
    ParcelState.ACKNOWLEDGED: "info",
    ParcelState.ANSWERED: "good",
    ParcelState.LOST: "warn",
}
PARCEL_MOVES: dict[tuple[ParcelState, str], ParcelState] = {
    (ParcelState.SENT, "acknowledge"): ParcelState.ACKNOWLEDGED,
    (ParcelState.SENT, "answer"): ParcelState.ANSWERED,
    (ParcelState.ACKNOWLEDGED, "answer"): ParcelState.ANSWERED,
    (ParcelState.LOST, "answer"): ParcelState.ANSWERED,
    (ParcelState.SENT, "lose"): ParcelState.LOST,
    (ParcelState.ACKNOWLEDGED, "lose"): ParcelState.LOST,
}
