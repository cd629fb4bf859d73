"""What must hold before a step of a breach case: nothing is automatic, everything is heard first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commitments.rules.kinds import BreachKind
from credit_platform.errors import Finding, Level

HEARING_DAYS = 5
"""Working days for the statement, from the day after service (parameter; the period of 行政处罚法 art. 64 no. 1 for asking a hearing)."""
HEARING_LEAST, HEARING_MOST = 3, 60
NOTE_WITHIN = 3
"""Working days from the annulment within which the public is told (domain trap 31; 行政处罚法 art. 48)."""
ARTICLE = "国办发〔2020〕42号、国办发〔2020〕49号"


class Source(StrEnum):
    """Where a candidate came from."""

    REVIEW = "review"
    SHORTFALL = "shortfall"
    REPORT = "report"
    DESK = "desk"


SOURCE_LABELS = {
    Source.REVIEW: "履约复核",
    Source.SHORTFALL: "容缺材料逾期未补正",
    Source.REPORT: "线索核查",
    Source.DESK: "日常监管",
}


class ReportWay(StrEnum):
    """How a report came in."""

    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"
    HOTLINE = "hotline"
    PASSED = "passed"
    MEDIA = "media"


REPORT_LABELS = {
    ReportWay.PHONE: "来电",
    ReportWay.LETTER: "来信、来函",
    ReportWay.VISIT: "来访",
    ReportWay.HOTLINE: "12345 热线转办",
    ReportWay.PASSED: "其他部门移送",
    ReportWay.MEDIA: "媒体报道",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What the rules need to know of a letter: made when, missing papers due when, brought when."""

    made_on: date
    shortfall_due_on: date | None = None
    shortfall_settled_on: date | None = None


def may_open(promise: Promise, *, kind: BreachKind, source: Source, facts: str, on: date) -> Iterable[Finding]:
    """What stands against a candidate. What only falls due later is not a breach; a false commitment was false from the start."""
    if not facts.strip():
        yield _error("breach.facts", "请写明违诺事实。", "facts")
    waits = promise.shortfall_due_on is not None and promise.shortfall_settled_on is None
    if source is Source.SHORTFALL and not waits:
        yield _error("breach.no-shortfall", "该承诺没有未补正的材料。", "facts")
    if kind is BreachKind.UNFULFILLED and waits and promise.shortfall_due_on and promise.shortfall_due_on >= on:
        day = promise.shortfall_due_on
        yield _error(
            "breach.not-yet-due",
            f"材料补正期限为{day.year}年{day.month}月{day.day}日，尚未届满，不构成违诺。",
            "kind",
        )
    if on < promise.made_on:
        yield _error("breach.day", "提出日期不得早于承诺日期。", "on")


def may_find(
    *, hearing_until: date | None, statement_on: date | None, waived: bool, reasons: str, considered: str, on: date
) -> Iterable[Finding]:
    """What stands against the finding: the time to speak is over, or the subject has spoken or said that it will not."""
    heard = waived or statement_on is not None
    if not heard and (hearing_until is None or on <= hearing_until):
        last = (
            f"{hearing_until.year}年{hearing_until.month}月{hearing_until.day}日" if hearing_until else "（尚未送达）"
        )
        yield _error(
            "breach.hearing-open",
            f"陈述申辩期限至{last}，期限届满前不得认定。",
            "on",
            mend="当事人已陈述申辩或者书面放弃的，请先登记。",
        )
    if statement_on is not None and on < statement_on:
        yield _error("breach.day", "认定日期不得早于陈述申辩日期。", "on")
    if not reasons.strip():
        yield _error("breach.reasons", "请写明认定理由。", "reasons")
    if statement_on is not None and not waived and not considered.strip():
        yield _error("breach.considered", "当事人已陈述申辩，请写明是否采纳及理由。", "considered")


def may_speak(*, served: bool, hearing_until: date | None, statement_on: date | None, waived: bool, on: date) -> bool:
    """Whether the subject may state and defend itself online on a day: served, within its days (the last day included), and nothing was
    said or waived yet. On paper it may speak later too, as long as nobody has found."""
    silent = statement_on is None and not waived
    return served and silent and hearing_until is not None and on <= hearing_until


def supplemented(statement: str, more: str, on: date) -> str:
    """What the subject wrote itself with what the desk took in afterwards; its own words are never replaced."""
    return f"{statement}\n\n补充陈述申辩（{on.year}年{on.month}月{on.day}日登记）：\n{more.strip()}"


def in_order(label: str, day: date, *, after: date | None, today: date, field: str = "on") -> Iterable[Finding]:
    """A step is not before the one it follows and not in the future."""
    if (after is not None and day < after) or day > today:
        yield _error("breach.day", f"{label}应在上一步骤之日与今天之间。", field)


def whole_reasons(reasons: str, considered: str) -> str:
    """The reasons of the finding with how the statement was considered, as one text."""
    parts = [reasons.strip()]
    if considered.strip():
        parts.append(f"对陈述申辩的意见：{considered.strip()}")
    return "\n".join(parts)


def notice_text(
    *, subject: str, promise: str, made_on: date, kind: str, facts: str, basis: str, measures: list[str], days: int
) -> str:
    """The draft of the notice (违诺事实告知书): facts, basis, measures intended, and the right to state and defend itself."""
    listed = "；".join(measures) if measures else "记入信用记录"
    day = f"{made_on.year}年{made_on.month}月{made_on.day}日"
    return (
        f"{subject}：\n"
        f"你单位（个人）于{day}就“{promise}”作出信用承诺。经核查，发现存在下列情形，拟认定为{kind}：\n"
        f"{facts.strip()}\n"
        f"依据：{basis.strip() or ARTICLE}。\n"
        f"拟采取的措施：{listed}。\n"
        f"你单位（个人）对上述事实、依据和拟采取的措施，有权自本告知书送达之日次日起{days}个工作日内向本机关陈述、申辩；"
        "逾期未陈述、申辩的，视为放弃该权利。"
    )


def _error(rule: str, text: str, field: str, *, mend: str = "") -> Finding:
    return Finding(rule, Level.ERROR, text, mend=mend, field=field, article=ARTICLE)
