"""States of a company's account and the moves between them. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from credit_platform import moves
from credit_platform.errors import Finding, Level

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
HOLDING_LOGIN = (AccountState.APPLIED, AccountState.ACTIVE, AccountState.SUSPENDED)
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
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, AccountState(state), verb, code="company.state", what="账户")


def signs_again_at(disturbed: Collection[datetime | None], *, hours: int) -> datetime | None:
    """From when an account may sign online: `hours` after the last of the moments at which it came into new hands; None without one.

    Whoever was not meant to have it is seen by the company before a letter binds it (民法典 art. 171: an act in somebody's name
    without authority does not bind; the city sets the time).
    """
    moments = [moment for moment in disturbed if moment is not None]
    return max(moments) + timedelta(hours=hours) if moments else None


def is_oneself(*, applied_by: int | None, handler: str, user_id: int, user_name: str) -> bool:
    """Whether a member of staff applied for an account, or would be its handler: nobody opens a door for himself."""
    return applied_by == user_id or "".join(handler.split()) == "".join(user_name.split())


PAPERS = {
    "licence": "营业执照或者登记证书",
    "identity": "经办人身份证件",
    "authorisation": "授权委托书（法定代表人、负责人、经营者本人办理的，为其任职或者登记证明）",
}
"""What the person at the window must have seen before an account is opened."""
PENDING_AT_MOST = 5
"""Applications of one subject that may wait at once, so that nobody fills the windows' lists."""
LOGIN_SIGNS = re.compile(r"[A-Za-z][A-Za-z0-9._-]{3,29}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")


def lapses_on(applied_on: date) -> date:
    """The last day on which an application can be confirmed; the day after it lapses (calendar days)."""
    return applied_on + timedelta(days=LAPSE_AFTER_DAYS)


def mask_mobile(phone: str) -> str:
    """138****1234; nothing of a number that is no mobile number."""
    return f"{phone[:3]}****{phone[-4:]}" if MOBILE.fullmatch(phone) else ""


def application_findings(*, login: str, phone: str, handler: str) -> list[Finding]:
    """What stands against an application as it was typed, before anything is looked up."""
    found = []
    if not LOGIN_SIGNS.fullmatch(login):
        found.append(("login", "登录名由字母开头，由 4 至 30 位字母、数字和 . _ - 组成。"))
    if not MOBILE.fullmatch(phone):
        found.append(("phone", "请填写 11 位手机号码。"))
    if not handler.strip() or any(sign.isdigit() for sign in handler):
        found.append(("handler", "请填写经办人的真实姓名。"))
    return [Finding(f"company.{field}", Level.ERROR, text, field=field) for field, text in found]


def papers_findings(seen: Collection[str]) -> list[Finding]:
    """The papers that were not seen; an empty list when all of them were."""
    return [
        Finding("company.papers", Level.ERROR, f"尚未核验：{label}。", field="papers")
        for paper, label in PAPERS.items()
        if paper not in seen
    ]
