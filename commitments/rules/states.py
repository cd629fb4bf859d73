"""States of letters and reviews, and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from credit_platform import moves


class Fulfilment(StrEnum):
    """How a commitment is kept (履约状态)."""

    PERFORMING = "performing"
    FULFILLED = "fulfilled"
    PARTLY = "partly"
    UNFULFILLED = "unfulfilled"
    UNVERIFIABLE = "unverifiable"
    WITHDRAWN = "withdrawn"


class ReviewState(StrEnum):
    """Where a review stands."""

    OPEN = "open"
    DONE = "done"
    VOID = "void"


FULFILMENT_LABELS = {
    Fulfilment.PERFORMING: "履行中",
    Fulfilment.FULFILLED: "全部履行",
    Fulfilment.PARTLY: "部分履行",
    Fulfilment.UNFULFILLED: "未履行",
    Fulfilment.UNVERIFIABLE: "无法核实",
    Fulfilment.WITHDRAWN: "已撤回",
}
REVIEW_LABELS = {ReviewState.OPEN: "待复核", ReviewState.DONE: "已复核", ReviewState.VOID: "已作废"}

# The verb of a letter's review names its outcome, so that each pair has one end.
ASSESSED = (
    Fulfilment.PERFORMING,
    Fulfilment.FULFILLED,
    Fulfilment.PARTLY,
    Fulfilment.UNFULFILLED,
    Fulfilment.UNVERIFIABLE,
)
LETTER_MOVES: dict[tuple[Fulfilment, str], Fulfilment] = {
    **{(old, f"assess-{new}"): new for old in ASSESSED for new in ASSESSED},
    **{(old, "withdraw"): Fulfilment.WITHDRAWN for old in ASSESSED},
    (Fulfilment.WITHDRAWN, "revive"): Fulfilment.PERFORMING,
}
REVIEW_MOVES: dict[tuple[ReviewState, str], ReviewState] = {
    (ReviewState.OPEN, "complete"): ReviewState.DONE,
    (ReviewState.OPEN, "void"): ReviewState.VOID,
}

S = TypeVar("S", bound=StrEnum)


def next_state(table: Mapping[tuple[S, str], S], labels: Mapping[S, str], state: S, verb: str) -> S:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(table, labels, state, verb, code="commitment.state")
