"""Where a check stands: asked, told what became of it, or past the day until which it may be relied on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from credit_platform import moves


class State(StrEnum):
    """Where a check stands on a day."""

    OPEN = "open"
    TOLD = "told"
    EXPIRED = "expired"


LABELS = {State.OPEN: "待反馈", State.TOLD: "已反馈", State.EXPIRED: "已过有效期"}
TONES = {State.OPEN: "info", State.TOLD: "good", State.EXPIRED: "warn"}
MOVES: dict[tuple[State, str], State] = {
    (State.OPEN, "tell"): State.TOLD,
    (State.EXPIRED, "tell"): State.TOLD,
    (State.OPEN, "expire"): State.EXPIRED,
}


def state_of(*, concluded: bool, valid_until: date, on: date) -> State:
    """Where a check stands on a day: dates decide, no sweep has to run."""
    if concluded:
        return State.TOLD
    return next_state(State.OPEN, "expire") if on > valid_until else State.OPEN


def next_state(state: State, verb: str) -> State:
    """The state after a verb. Conflict when the check has moved on, most of all when an outcome was told already."""
    return moves.next_state(MOVES, LABELS, state, verb, code="checks.state", what="核查")


class Channel(StrEnum):
    """By which way a check was asked."""

    API = "api"
    BATCH = "batch"
    DESK = "desk"
    WORKBOOK = "workbook"
    PAGE = "page"


CHANNEL_LABELS = {
    Channel.API: "接口",
    Channel.BATCH: "接口批量",
    Channel.DESK: "工作台",
    Channel.WORKBOOK: "文件批量",
    Channel.PAGE: "嵌入页面",
}


class Purpose(StrEnum):
    """What a check is asked for: a list, so that every purpose is one that people understand."""

    APPROVAL = "approval"
    PROCUREMENT = "procurement"
    TENDER = "tender"
    FUNDS = "funds"
    HONOUR = "honour"
    POST = "post"
    SUPERVISION = "supervision"


PURPOSE_LABELS = {
    Purpose.APPROVAL: "行政审批",
    Purpose.PROCUREMENT: "政府采购",
    Purpose.TENDER: "招标投标",
    Purpose.FUNDS: "财政性资金、项目",
    Purpose.HONOUR: "评先评优、表彰",
    Purpose.POST: "录用、任职资格",
    Purpose.SUPERVISION: "日常监管",
}


class Result(StrEnum):
    """What became of the case for which was asked."""

    GRANTED = "granted"
    CONDITIONED = "conditioned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


RESULT_LABELS = {
    Result.GRANTED: "予以办理",
    Result.CONDITIONED: "附条件办理（加强监管、不适用告知承诺等）",
    Result.REFUSED: "不予办理",
    Result.WITHDRAWN: "申请人撤回、未作决定",
}
