"""States of a disclosure and the moves between them."""

from __future__ import annotations

from enum import StrEnum

from credit_platform import moves


class State(StrEnum):
    """Where a disclosure stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    REPAIRED = "repaired"
    EXEMPT = "exempt"


LABELS: dict[State, str] = {
    State.DRAFT: "待提交",
    State.SUBMITTED: "待审核",
    State.RETURNED: "已退回",
    State.APPROVED: "待发布",
    State.PUBLISHED: "公示中",
    State.SUSPENDED: "中止公示",
    State.WITHDRAWN: "已撤销",
    State.ENDED: "已到期",
    State.REPAIRED: "修复终止",
    State.EXEMPT: "依法不公示",
}

TONES: dict[State, str] = {
    State.PUBLISHED: "good",
    State.SUBMITTED: "info",
    State.APPROVED: "info",
    State.SUSPENDED: "warn",
    State.RETURNED: "serious",
    State.WITHDRAWN: "serious",
}
"""How a state is coloured; all others are neutral. The word always stands beside it."""

OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED)
"""States in which the seven working days still run."""

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.RETURNED, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "return"): State.RETURNED,
    (State.SUBMITTED, "approve"): State.APPROVED,
    (State.APPROVED, "return"): State.RETURNED,
    (State.APPROVED, "publish"): State.PUBLISHED,
    # What one person says keeps the item from the public awaits review until another one confirms it.
    (State.DRAFT, "exempt"): State.SUBMITTED,
    (State.SUBMITTED, "exempt"): State.SUBMITTED,
    (State.RETURNED, "exempt"): State.SUBMITTED,
    (State.SUBMITTED, "confirm"): State.EXEMPT,
    (State.SUBMITTED, "deny"): State.RETURNED,
    # What follows from a rule needs nobody.
    (State.DRAFT, "set_aside"): State.EXEMPT,
    (State.SUBMITTED, "set_aside"): State.EXEMPT,
    (State.RETURNED, "set_aside"): State.EXEMPT,
    (State.EXEMPT, "hold"): State.SUBMITTED,
    (State.EXEMPT, "reopen"): State.DRAFT,
    (State.EXEMPT, "reveal"): State.PUBLISHED,
    (State.PUBLISHED, "correct"): State.PUBLISHED,
    (State.SUSPENDED, "correct"): State.SUSPENDED,
    (State.PUBLISHED, "suspend"): State.SUSPENDED,
    (State.SUSPENDED, "resume"): State.PUBLISHED,
    # One person says that the decision behind it was revoked: hidden at once, until another one confirms or denies it.
    (State.PUBLISHED, "annul"): State.SUSPENDED,
    (State.SUSPENDED, "annul"): State.SUSPENDED,
    (State.SUSPENDED, "confirm"): State.WITHDRAWN,
    (State.SUSPENDED, "deny"): State.PUBLISHED,
    (State.PUBLISHED, "end"): State.ENDED,
    (State.SUSPENDED, "end"): State.ENDED,
    (State.PUBLISHED, "repair"): State.REPAIRED,
    (State.SUSPENDED, "repair"): State.REPAIRED,
    (State.REPAIRED, "restore"): State.PUBLISHED,
    (State.DRAFT, "withdraw"): State.WITHDRAWN,
    (State.SUBMITTED, "withdraw"): State.WITHDRAWN,
    (State.RETURNED, "withdraw"): State.WITHDRAWN,
    (State.APPROVED, "withdraw"): State.WITHDRAWN,
    (State.PUBLISHED, "withdraw"): State.WITHDRAWN,
    (State.SUSPENDED, "withdraw"): State.WITHDRAWN,
    (State.ENDED, "withdraw"): State.WITHDRAWN,
    (State.REPAIRED, "withdraw"): State.WITHDRAWN,
    (State.EXEMPT, "withdraw"): State.WITHDRAWN,
    (State.WITHDRAWN, "revive"): State.PUBLISHED,
    # Why it was ended never was: what it told goes on to its own last day.
    (State.ENDED, "revive"): State.PUBLISHED,
}


def next_state(state: str, verb: str) -> State:
    """The state after `verb`; Conflict (409) when MOVES has no such pair."""
    return moves.next_state(MOVES, LABELS, State(state), verb, code="disclosure.state", what="公示事项")
