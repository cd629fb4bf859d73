"""What takes two administrators, and the way of such a proposal. Pure.

An account with an administrative hand or of the credit office opens, gets such a role, gets back in after a reset or a lock only when
a second administrator confirms, and its owner alone sets the password, with a code of which each of the two knows one half
(GB/T 22239-2019, 8.1.5 and 8.1.10.1: separate hands, approval of what weighs).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from credit_platform import moves
from credit_platform.accounts.rules import ADMIN_ROLES, CREDIT_OFFICE

GUARDED_ROLES = (*ADMIN_ROLES, CREDIT_OFFICE)
STANDS_DAYS = 7
"""Calendar days for which a proposal waits, and then again for which an activation code works."""


class Matter(StrEnum):
    """What is proposed."""

    OPEN = "open"
    ROLES = "roles"
    PASSWORD = "password"  # noqa: S105  the name of a matter
    REACTIVATE = "reactivate"
    FACTOR = "factor"


MATTERS = {
    Matter.OPEN: "开立账号",
    Matter.ROLES: "授予角色",
    Matter.PASSWORD: "重置密码",
    Matter.REACTIVATE: "重新启用",
    Matter.FACTOR: "解除动态口令并重置密码",
}


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    ACTIVATED = "activated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


LABELS = {
    ProposalState.WAITING: "待核准",
    ProposalState.CONFIRMED: "已核准，待本人激活",
    ProposalState.ACTIVATED: "本人已激活",
    ProposalState.REFUSED: "不予核准",
    ProposalState.WITHDRAWN: "已撤回",
    ProposalState.LAPSED: "逾期失效",
}
MOVES: dict[tuple[ProposalState, str], ProposalState] = {
    (ProposalState.WAITING, "confirm"): ProposalState.CONFIRMED,
    (ProposalState.WAITING, "refuse"): ProposalState.REFUSED,
    (ProposalState.WAITING, "withdraw"): ProposalState.WITHDRAWN,
    (ProposalState.WAITING, "lapse"): ProposalState.LAPSED,
    (ProposalState.CONFIRMED, "activate"): ProposalState.ACTIVATED,
    (ProposalState.CONFIRMED, "lapse"): ProposalState.LAPSED,
}
DECIDED = (ProposalState.CONFIRMED, ProposalState.ACTIVATED, ProposalState.REFUSED)
"""States in which a second person has spoken."""


def next_state(state: str, verb: str) -> ProposalState:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, ProposalState(state), verb, code="accounts.proposal.state", what="账号事项")


def is_guarded(roles: Collection[str]) -> bool:
    """Whether an account with these roles takes two administrators."""
    return any(role in GUARDED_ROLES for role in roles)


def gives_guarded(before: Collection[str], after: Collection[str]) -> bool:
    """Whether a change of roles gives a guarded one that was not there; taking one away is one hand's, so that it is quick."""
    return is_guarded(set(after) - set(before))


def stands_until(since: datetime) -> datetime:
    """Until when a proposal waits that was made at `since`, and a code works that was completed then (calendar days)."""
    return since + timedelta(days=STANDS_DAYS)


def is_concerned(verb: str, *, proposer: int, target: int | None, person: int) -> bool:
    """Whether a person may use a verb on a proposal: who made it withdraws it, anybody else but its subject decides."""
    if verb == "withdraw":
        return person == proposer
    return person not in (proposer, target)
