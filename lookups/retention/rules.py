"""Holds against disposal: their states and moves. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform import moves


class HoldState(StrEnum):
    """Where a hold stands."""

    PROPOSED = "proposed"
    HELD = "held"
    DECLINED = "declined"
    RELEASING = "releasing"
    RELEASED = "released"


HOLD_LABELS = {
    HoldState.PROPOSED: "已保全，待确认",
    HoldState.HELD: "已保全",
    HoldState.DECLINED: "不予保全",
    HoldState.RELEASING: "拟解除，待确认",
    HoldState.RELEASED: "已解除",
}
HOLD_TONES = {
    HoldState.PROPOSED: "info",
    HoldState.HELD: "good",
    HoldState.DECLINED: "neutral",
    HoldState.RELEASING: "warn",
    HoldState.RELEASED: "neutral",
}
IN_FORCE = (HoldState.PROPOSED, HoldState.HELD, HoldState.RELEASING)
"""States in which nothing is disposed of: what is gone cannot be brought back, so a doubt counts for the hold."""
MOVES: dict[tuple[HoldState, str], HoldState] = {
    (HoldState.PROPOSED, "confirm"): HoldState.HELD,
    (HoldState.PROPOSED, "decline"): HoldState.DECLINED,
    (HoldState.HELD, "ask_release"): HoldState.RELEASING,
    (HoldState.RELEASING, "release"): HoldState.RELEASED,
    (HoldState.RELEASING, "keep"): HoldState.HELD,
}
SECOND = {
    "confirm": "proposed_by_id",
    "decline": "proposed_by_id",
    "release": "release_asked_by_id",
    "keep": "release_asked_by_id",
}
"""Verbs that another person takes, and who must not: the column of who began."""


def next_state(state: str, verb: str) -> HoldState:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, HOLD_LABELS, HoldState(state), verb, code="lookups.hold.state", what="保全")
