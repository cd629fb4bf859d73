"""Voluntary declarations: states and moves, how long they are shown, when to remind, and what a company promises. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from credit_platform import moves
from credit_platform.labels import choices
from credit_platform.workdays.rules import add_months


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SHOWN = "shown"
    STRUCK = "struck"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a company may show of itself (哈政办规〔2020〕12号 no. 13)."""

    LICENCE = "licence"
    BUSINESS = "business"
    CONTRACT = "contract"
    CHARITY = "charity"


LABELS = {
    State.DRAFT: "草稿",
    State.SUBMITTED: "待审核",
    State.RETURNED: "已退回",
    State.SHOWN: "公开中",
    State.STRUCK: "已撤除",
    State.WITHDRAWN: "已撤回",
}
TONES = {State.SHOWN: "good", State.SUBMITTED: "info", State.RETURNED: "warn", State.STRUCK: "serious"}
KIND_LABELS = {
    Kind.LICENCE: "资质证照",
    Kind.BUSINESS: "市场经营",
    Kind.CONTRACT: "合同履约",
    Kind.CHARITY: "社会公益",
}
STATE_CHOICES = choices(LABELS)
KIND_CHOICES = choices(KIND_LABELS)

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.RETURNED, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "accept"): State.SHOWN,
    (State.SUBMITTED, "return"): State.RETURNED,
    (State.SHOWN, "confirm"): State.SHOWN,
    (State.SHOWN, "strike"): State.STRUCK,
    (State.DRAFT, "withdraw"): State.WITHDRAWN,
    (State.SUBMITTED, "withdraw"): State.WITHDRAWN,
    (State.RETURNED, "withdraw"): State.WITHDRAWN,
    (State.SHOWN, "withdraw"): State.WITHDRAWN,
}
EDITABLE = (State.DRAFT, State.RETURNED)

SHOWN_MONTHS = 12
"""Months after which a declaration falls silent unless it is confirmed again; a parameter of the city."""
REMIND_DAYS = 30
"""Calendar days before that in which the company is reminded."""
PROMISE = (
    "本主体承诺：所申报的信息真实、准确、完整，来源合法，不侵犯他人权益；情况变化时及时更新或者撤回。"
    "如有虚假，愿意承担法律责任，并同意平台撤除该信息、将有关情况记入信用记录。"
)


def next_state(state: State, verb: str) -> State:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, state, verb, code="declaration.state", what="申报")


def confirmed_until(on: date, valid_until: date | None) -> date:
    """The last day on which a declaration accepted or confirmed on a day is shown: a year on, and no longer than what it speaks of is valid."""
    year = add_months(on, SHOWN_MONTHS)
    return min(year, valid_until) if valid_until else year


def may_confirm_from(until: date) -> date:
    """The first day of the reminders: what was confirmed until a day may be confirmed again from here on."""
    return until - timedelta(days=REMIND_DAYS)


def number(on: date, pk: int) -> str:
    """The number of a declaration in the ledger (申报编号)."""
    return f"ZZSB{on:%Y%m%d}{pk:08d}"
