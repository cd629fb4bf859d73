"""What the source may find, how an objection may end, and what stands against each end. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.days import chinese
from objections.rules.procedure import ARTICLE, LONGEST


class Verified(StrEnum):
    """What the department that provided the item found."""

    WRONG = "wrong"
    RIGHT = "right"
    UNCLEAR = "unclear"


SOURCE_LABELS = {Verified.WRONG: "确有错误", Verified.RIGHT: "信息无误", Verified.UNCLEAR: "无法核实"}


class Outcome(StrEnum):
    """How an objection ends."""

    CORRECTED = "corrected"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    DELISTED = "delisted"
    UPHELD = "upheld"
    UNCLEAR = "unclear"


OUTCOME_LABELS = {
    Outcome.CORRECTED: "已更正",
    Outcome.STOPPED: "公示期已满，停止公示",
    Outcome.WITHDRAWN: "撤回公示",
    Outcome.DELISTED: "移出名单（错误列入或者保留）",
    Outcome.UPHELD: "维持",
    Outcome.UNCLEAR: "未能核实，双方说法并存",
}
RIGHT_TO_OBJECT = frozenset({Outcome.CORRECTED, Outcome.STOPPED, Outcome.WITHDRAWN, Outcome.DELISTED})
"""Outcomes that say who objected was right; they count for the department and the field."""
WITH_A_NOTE = frozenset({Outcome.WITHDRAWN, Outcome.DELISTED, Outcome.UNCLEAR})
"""Outcomes that the public is told in words (行政处罚法 art. 48)."""
REMEDY = "对本答复不服的，可以申请复核一次，也可以依法申请行政复议或者提起行政诉讼。"


def may_decide(
    outcome: Outcome,
    *,
    finding: str,
    is_corrected: bool,
    is_shown: bool,
    is_over: bool,
    is_listed: bool,
    public_note: str,
) -> Iterable[Finding]:
    """What stands against an outcome. `is_corrected`: the record says something else than what is shown by now; `is_shown`: the public
    sees the item; `is_over`: its last day has passed, as it is shown or as it is reckoned from the record now; `is_listed`: it is an entry
    that stands on a list.

    The word of the source binds one way only: what it found wrong is not upheld.
    """
    if outcome is Outcome.CORRECTED and not is_corrected:
        yield at_field("objection.uncorrected", "outcome", "信息提供单位尚未更正记录，请先由其更正，再作出更正的答复。")
    if outcome is Outcome.STOPPED and not is_over:
        yield at_field("objection.not-over", "outcome", "公示期尚未届满，不能按期满停止公示。")
    if outcome is Outcome.WITHDRAWN and not is_shown:
        yield at_field("objection.not-shown", "outcome", "该信息目前没有公示，不需要撤回。")
    if outcome is Outcome.DELISTED and not is_listed:
        yield at_field("objection.not-listed", "outcome", "该信息不是在列的名单条目，不能移出名单。")
    if outcome is Outcome.UPHELD and finding == Verified.WRONG:
        yield at_field("objection.source", "outcome", "信息提供单位已确认有错误，不能维持。", article=ARTICLE)
    if outcome in WITH_A_NOTE:
        yield from required(public_note, "public_note", "请填写对外说明。", rule="objection.public-note", most=500)


def may_appeal(*, last_on: date, on: date, reasons: str) -> Iterable[Finding]:
    """What stands against an appeal: the days are over (`last_on` is still one), or no reasons."""
    if on > last_on:
        yield at_field("objection.appeal-late", "on", f"申请复核的期限至{chinese(last_on)}，已经届满。")
    yield from required(reasons, "reasons", "请写明对答复不服的理由。", rule="objection.appeal", most=LONGEST)
