"""A delivery: what happened to the item, where the delivery stands, until when a recipient must have heard of it. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

ARTICLE = "国家发展改革委令第36号第三条"
HELD_DAYS = 90
"""Who was told of an item within so many days still has it (parameter of the platform)."""
APPLY_DAYS, REMIND_DAYS, ORDER_DAYS = 3, 3, 5
"""Working days to apply a change, after a reminder, after an order: where no row of `ClockProfile` says otherwise."""


class What(StrEnum):
    """What happened to an item that was public."""

    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    CLOSED = "closed"


WHAT_LABELS = {
    What.REPAIRED: "信用修复，终止公示",
    What.WITHDRAWN: "撤回公示",
    What.CORRECTED: "更正",
    What.SUSPENDED: "中止公示",
    What.CLOSED: "期限届满前终止公示",
}


class State(StrEnum):
    """Where a delivery stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    VOID = "void"


STATE_LABELS = {State.OPEN: "待回执", State.ACKNOWLEDGED: "已回执", State.VOID: "已恢复公示，不需更新"}
TONES = {State.OPEN: "info", State.ACKNOWLEDGED: "good", State.VOID: "neutral"}
MOVES: dict[tuple[State, str], State] = {
    (State.OPEN, "acknowledge"): State.ACKNOWLEDGED,
    (State.OPEN, "void"): State.VOID,
}


class How(StrEnum):
    """By what a recipient said that it has heard."""

    FEED = "feed"
    TOLD = "told"
    DESK = "desk"


HOW_LABELS = {How.FEED: "继续读取变更流", How.TOLD: "接口回执", How.DESK: "页面登记"}


class Kind(StrEnum):
    """What sort of recipient it is."""

    CLIENT = "client"
    PARTNER = "partner"
    HOLDER = "holder"


KIND_LABELS = {Kind.CLIENT: "接口客户端", Kind.PARTNER: "外部共享单位", Kind.HOLDER: "核查单位"}


def kind_of(*, has_client: bool, external: bool) -> Kind:
    """A client of an authority outside the city is a partner; who has no client was told in an answer."""
    if not has_client:
        return Kind.HOLDER
    return Kind.PARTNER if external else Kind.CLIENT


def held_since(on: date) -> date:
    """The first day on which somebody must have been told of an item to count as having it on `on`."""
    return on - timedelta(days=HELD_DAYS)


def ends_early(ends_on: date | None, on: date) -> bool:
    """Whether an item that ended on a day had not come to its last day: no copy could know."""
    return ends_on is None or ends_on >= on
