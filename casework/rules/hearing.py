"""Who is told, served and heard before anything weighs on them (行政处罚法 arts. 44, 45, 62; 国办发〔2020〕49号). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.days import chinese

RESPONSE_DAYS = 5
"""Working days to state and defend oneself, from the day after service (parameter; the period of 行政处罚法 art. 64 no. 1)."""
LEAST, MOST = 3, 60
"""Working days that a notice may set."""
LONGEST = 6000
"""Characters of a notice and of a statement."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the rules need of a hearing: the last day to respond, and whether and when the subject has spoken or waived."""

    until: date | None = None
    statement_on: date | None = None
    waived: bool = False

    @property
    def spoken(self) -> bool:
        return self.waived or self.statement_on is not None


def is_over(heard: Heard, on: date) -> bool:
    """Whether the subject was heard by a day: it has spoken, waived it, or its last day has passed (the last day itself is still its own)."""
    return heard.spoken or (heard.until is not None and on > heard.until)


def may_respond(heard: Heard, on: date) -> bool:
    """Whether the subject may respond online on a day: served, within its days (the last day included), and nothing was said or waived.
    On paper it may speak later too, as long as nobody has determined."""
    return not heard.spoken and heard.until is not None and on <= heard.until


def may_determine(heard: Heard, *, reasons: str, considered: str, on: date) -> Iterable[Finding]:
    """What stands against a determination: the time to respond is over, and what was said is answered, with reasons."""
    if not is_over(heard, on):
        last = chinese(heard.until) if heard.until else "（尚未送达）"
        yield at_field(
            "case.hearing-open",
            "on",
            f"陈述申辩期限至{last}，期限届满前不得认定。",
            mend="当事人已陈述申辩或者书面放弃的，请先登记。",
        )
    if heard.statement_on is not None and on < heard.statement_on:
        yield at_field("case.day", "on", "认定日期不得早于陈述申辩日期。")
    yield from required(reasons, "reasons", "请写明认定理由。", rule="case.reasons")
    if heard.statement_on is not None and not heard.waived:
        yield from required(
            considered, "considered", "当事人已陈述申辩，请写明是否采纳及理由。", rule="case.considered"
        )


def against_notice(notice: str, days: int) -> Iterable[Finding]:
    """What stands against a notice: it is empty, or the days it sets are outside 3 to 60 working days."""
    yield from required(notice, "notice", "请填写告知内容。", rule="case.notice", most=LONGEST)
    if not LEAST <= days <= MOST:
        yield at_field("case.response-days", "days", f"陈述申辩期限应为{LEAST}至{MOST}个工作日。")


def in_order(label: str, day: date, *, after: date | None, today: date) -> Iterable[Finding]:
    """A step is not before the one it follows and not in the future; `label` is what the day is called in the form."""
    if (after is not None and day < after) or day > today:
        yield at_field("case.day", "on", f"{label}应在上一步骤之日与今天之间。")


def supplemented(statement: str, more: str, on: date) -> str:
    """What the subject wrote itself with what the desk took in afterwards; its own words are never replaced."""
    return f"{statement}\n\n补充陈述申辩（{chinese(on)}登记）：\n{more.strip()}"


def whole_reasons(reasons: str, considered: str) -> str:
    """The reasons of a determination with how the statement was considered, as one text."""
    parts = [reasons.strip()]
    if considered.strip():
        parts.append(f"对陈述申辩的意见：{considered.strip()}")
    return "\n".join(parts)
