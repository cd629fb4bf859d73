"""States of a company's account and the moves between them. Pure."""

from __future__ import annotations

from enum import StrEnum

from credit_platform.errors import Conflict

LAPSE_AFTER_DAYS = 30
"""Calendar days within which somebody must come with the papers; a parameter of the city."""


class AccountState(StrEnum):
    """Where an account stands."""

    APPLIED = "applied"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    CLOSED = "closed"
    LAPSED = "lapsed"


LABELS = {
    AccountState.APPLIED: "待确认",
    AccountState.ACTIVE: "已开通",
    AccountState.SUSPENDED: "已停用",
    AccountState.REFUSED: "未通过",
    AccountState.CLOSED: "已注销",
    AccountState.LAPSED: "逾期未确认",
}
STANDING = (AccountState.APPLIED, AccountState.ACTIVE, AccountState.SUSPENDED)
"""States in which the login name is taken."""

MOVES: dict[tuple[AccountState, str], AccountState] = {
    (AccountState.APPLIED, "confirm"): AccountState.ACTIVE,
    (AccountState.APPLIED, "refuse"): AccountState.REFUSED,
    (AccountState.APPLIED, "lapse"): AccountState.LAPSED,
    (AccountState.ACTIVE, "suspend"): AccountState.SUSPENDED,
    (AccountState.SUSPENDED, "resume"): AccountState.ACTIVE,
    (AccountState.ACTIVE, "close"): AccountState.CLOSED,
    (AccountState.SUSPENDED, "close"): AccountState.CLOSED,
}


def next_state(state: str, verb: str) -> AccountState:
    """The state after `verb`; Conflict (409) in Chinese words when the present state does not allow it."""
    now = AccountState(state)
    try:
        return MOVES[now, verb]
    except KeyError:
        raise Conflict(
            "company.state", f"该账户当前为“{LABELS[now]}”，不能进行此操作。", mend="请刷新页面查看最新状态。"
        ) from None
