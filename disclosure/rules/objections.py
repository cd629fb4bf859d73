"""Objections of the authority in whose name somebody else filed: states and moves."""

from __future__ import annotations

from enum import StrEnum

from credit_platform import moves


class Objection(StrEnum):
    """Where the objection of an authority stands."""

    RAISED = "raised"
    UPHELD = "upheld"
    REJECTED = "rejected"
    RETRACTED = "retracted"


OBJECTION_LABELS: dict[Objection, str] = {
    Objection.RAISED: "待处理",
    Objection.UPHELD: "异议成立",
    Objection.REJECTED: "异议不成立",
    Objection.RETRACTED: "已撤回异议",
}
OBJECTION_TONES: dict[Objection, str] = {Objection.RAISED: "warn", Objection.UPHELD: "serious"}
OBJECTION_MOVES: dict[tuple[Objection, str], Objection] = {
    (Objection.RAISED, "uphold"): Objection.UPHELD,
    (Objection.RAISED, "reject"): Objection.REJECTED,
    (Objection.RAISED, "retract"): Objection.RETRACTED,
}


def next_objection(state: str, verb: str) -> Objection:
    """The state after `verb`; Conflict (409) when OBJECTION_MOVES has no such pair."""
    return moves.next_state(
        OBJECTION_MOVES, OBJECTION_LABELS, Objection(state), verb, code="objection.state", what="异议"
    )
