"""What becomes of a department's wish to use a report, and what stands against it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from credit_platform import moves
from credit_platform.check_characters import numbered
from credit_platform.errors import Finding, at_field, required

MOST_DAYS = 90
"""Calendar days for which a department may ask at most; a parameter of the city, as long as a report is valid by default."""
ANSWER_DAYS = 15
"""Calendar days for the subject to answer; a parameter of the city. Silence is no consent."""
RANDOM_BYTES, RANDOM_CHARACTERS = 5, 6


class UseState(StrEnum):
    """Where a use stands. That it is over is never written: the day decides."""

    ASKED = "asked"
    CONSENTED = "consented"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVOKED = "revoked"


USE_LABELS = {
    UseState.ASKED: "待主体同意",
    UseState.CONSENTED: "已同意",
    UseState.DECLINED: "不同意",
    UseState.WITHDRAWN: "已撤回申请",
    UseState.LAPSED: "逾期未答复",
    UseState.REVOKED: "已撤回同意",
}
USE_TONES = {
    UseState.ASKED: "info",
    UseState.CONSENTED: "good",
    UseState.DECLINED: "neutral",
    UseState.WITHDRAWN: "neutral",
    UseState.LAPSED: "neutral",
    UseState.REVOKED: "warn",
}
OVER = ("使用期限已过", "neutral")
MOVES: dict[tuple[UseState, str], UseState] = {
    (UseState.ASKED, "consent"): UseState.CONSENTED,
    (UseState.ASKED, "decline"): UseState.DECLINED,
    (UseState.ASKED, "withdraw"): UseState.WITHDRAWN,
    (UseState.ASKED, "lapse"): UseState.LAPSED,
    (UseState.CONSENTED, "revoke"): UseState.REVOKED,
}


def next_state(state: str, verb: str) -> UseState:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, USE_LABELS, UseState(state), verb, code="reports.use.state", what="报告使用申请")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a department needs a report for, in words that its subject reads, and the last day on which it opens it."""

    matter: str
    case_number: str
    reason: str
    until: date


def against(need: Need, *, offered: bool, on: date) -> list[Finding]:
    """What stands against asking, at its field: words that are missing, a purpose that departments do not ask under, a day out of reach."""
    return list(_against(need, offered, on))


def _against(need: Need, offered: bool, on: date) -> Iterator[Finding]:
    if not offered:
        yield at_field("reports.use.purpose", "purpose", "部门不能为这一用途申请使用报告。", mend="请另选一项。")
    yield from required(need.matter, "matter", "请填写办理的事项。", rule="reports.use.matter", most=100)
    yield from required(need.case_number, "case_number", "请填写办件编号。", rule="reports.use.case", most=60)
    yield from required(need.reason, "reason", "请写明为什么需要报告。", rule="reports.use.reason", most=300)
    if not on <= need.until <= on + timedelta(days=MOST_DAYS):
        text = f"使用期限请填今天以后、{MOST_DAYS}日以内的日期。"
        yield at_field("reports.use.until", "until", text)


def answer_by(on: date) -> date:
    """The last day on which the subject may answer what was asked on a day."""
    return on + timedelta(days=ANSWER_DAYS)


def word_on(state: str, until: date, on: date) -> tuple[str, str]:
    """The word of a state on a day and its tone."""
    if state == UseState.CONSENTED and until < on:
        return OVER
    return USE_LABELS[UseState(state)], USE_TONES[UseState(state)]


def use_number(on: date, chance: bytes) -> str:
    """The number of a use: SY, the day, six random characters, a check character; `chance` is RANDOM_BYTES bytes nobody can foresee."""
    return numbered("SY", on, chance, RANDOM_CHARACTERS)
