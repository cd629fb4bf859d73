"""Why a complaint is not public (国市监稽规〔2023〕6号): asked of a row before it enters the ledger. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.complaints.rules.words import ACCEPTED, DECLINED, NO, WITHDRAWN


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row tells that bears on its publication."""

    decision: str = ""
    closed_on: date | None = None
    result: str = ""
    for_living: str = ""
    withheld: str = ""


def hidden_because(told: Statement, *, still_shown: bool = True) -> str:
    """Why a complaint is not public, "" when it is. `still_shown`: it did not end longer ago than complaints are shown."""
    if told.withheld:
        return told.withheld
    if told.for_living == NO:
        return "不属于为生活消费需要购买、使用商品或者接受服务"
    if told.decision == DECLINED:
        return "投诉不予受理"
    if told.result == WITHDRAWN:
        return "投诉人已撤回投诉"
    if told.decision != ACCEPTED or told.closed_on is None or not told.result:
        return "投诉尚未办结"
    return "" if still_shown else "办结时间较早，公示期限已过"
