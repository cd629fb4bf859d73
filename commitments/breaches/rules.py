"""A breach is never automatic: its states and steps, and what must hold before each (国办发〔2020〕42号, 国办发〔2020〕49号). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules import steps
from casework.rules.hearing import RESPONSE_DAYS
from casework.rules.procedures import Procedure, Step, Work
from commitments.rules.kinds import BreachKind
from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.days import chinese

NOTE_WITHIN = 3
"""Working days from the annulment within which the public is told (行政处罚法 art. 48)."""
ARTICLE = "国办发〔2020〕42号、国办发〔2020〕49号"
HANDLE, DECIDE, RESPOND = "commitments.breach.handle", "commitments.breach.decide", "commitments.breach.respond"


class BreachState(StrEnum):
    """Where a case of breach stands."""

    CANDIDATE = "candidate"
    NOTIFIED = "notified"
    SERVED = "served"
    DETERMINED = "determined"
    DECIDED = "decided"
    DISMISSED = "dismissed"
    ANNULLED = "annulled"


S = BreachState
MOVES: dict[tuple[str, str], str] = {
    (S.CANDIDATE, "notify"): S.NOTIFIED,
    (S.NOTIFIED, "serve"): S.SERVED,
    (S.SERVED, "hear"): S.SERVED,
    (S.SERVED, "respond"): S.SERVED,
    (S.SERVED, "determine"): S.DETERMINED,
    (S.DETERMINED, "decide"): S.DECIDED,
    (S.CANDIDATE, "dismiss"): S.DISMISSED,
    (S.NOTIFIED, "dismiss"): S.DISMISSED,
    (S.SERVED, "dismiss"): S.DISMISSED,
    (S.DETERMINED, "dismiss"): S.DISMISSED,
    (S.DECIDED, "annul"): S.ANNULLED,
}

BREACH = Procedure(
    slug="breach",
    label="违诺处理",
    audit="commitments.breach",
    own="commitments.BreachCase",
    number="违诺〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.CANDIDATE,
    labels={
        S.CANDIDATE: "疑似违诺",
        S.NOTIFIED: "已告知",
        S.SERVED: "陈述申辩",
        S.DETERMINED: "已认定",
        S.DECIDED: "已决定",
        S.DISMISSED: "不予认定",
        S.ANNULLED: "已撤销",
    },
    tones={
        S.CANDIDATE: "info",
        S.NOTIFIED: "info",
        S.SERVED: "info",
        S.DETERMINED: "warn",
        S.DECIDED: "serious",
        S.DISMISSED: "neutral",
        S.ANNULLED: "neutral",
    },
    moves=MOVES,
    closed=frozenset({S.DECIDED, S.DISMISSED, S.ANNULLED}),
    view="commitments.view",
    first_locks=("letter",),
    shown_to_subject=frozenset({S.SERVED, S.DETERMINED, S.DECIDED}),
    respond="respond",
    steps=(
        Step(
            "notify",
            "告知",
            HANDLE,
            "告知当事人事实、依据、拟采取的措施和陈述申辩的权利。决定时只能采取这里告知过的措施。",
            "已告知，请在送达后登记。",
        ),
        steps.serving(HANDLE),
        steps.determining(DECIDE),
        *steps.hearing(HANDLE, RESPOND),
        Step(
            "decide",
            "作出决定",
            DECIDE,
            "决定作出后，违诺信息即时入库并按目录公示，承诺书继续公开。",
            "已作出决定并入库。",
            second_person=True,
        ),
        steps.dismissing(DECIDE, "不予认定", "不构成违诺"),
        Step(
            "annul",
            "撤销决定",
            DECIDE,
            "撤销后违诺记录不再公示，限制同时解除，承诺书重新安排复核。不能恢复。",
            "已撤销决定，公示信息同时撤回。",
            second_person=True,
            serious=True,
        ),
    ),
    works=(
        Work("疑似违诺，待告知", S.CANDIDATE, "notify", 36),
        Work("违诺告知，待送达", S.NOTIFIED, "serve", 37),
        Work("陈述申辩已结束，待认定", S.SERVED, "determine", 38),
        Work("已认定，待决定", S.DETERMINED, "decide", 39),
    ),
)


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


@dataclass(frozen=True, slots=True)
class Promise:
    """What the rules need to know of a letter: made when, missing documents due when, brought when."""

    made_on: date
    shortfall_due_on: date | None = None
    shortfall_settled_on: date | None = None


def may_open(promise: Promise, *, kind: BreachKind, source: Source, facts: str, on: date) -> Iterable[Finding]:
    """What stands against a candidate. What only falls due later is not a breach; a false commitment was false from the start."""
    yield from required(facts, "facts", "请写明违诺事实。", rule="breach.facts")
    waits = promise.shortfall_due_on is not None and promise.shortfall_settled_on is None
    if source is Source.SHORTFALL and not waits:
        yield at_field("breach.no-shortfall", "facts", "该承诺没有未补正的材料。", article=ARTICLE)
    if kind is BreachKind.UNFULFILLED and waits and promise.shortfall_due_on and promise.shortfall_due_on >= on:
        words = f"材料补正期限为{chinese(promise.shortfall_due_on)}，尚未届满，不构成违诺。"
        yield at_field("breach.not-yet-due", "kind", words, article=ARTICLE)
    if on < promise.made_on:
        yield at_field("breach.day", "on", "提出日期不得早于承诺日期。", article=ARTICLE)


def notice_text(
    *,
    subject: str,
    person: bool,
    promise: str,
    made_on: date,
    kind: str,
    facts: str,
    basis: str,
    measures: list[str],
    days: int = RESPONSE_DAYS,
) -> str:
    """The draft of the notice (违诺事实告知书): facts, basis, measures intended, and the right to respond."""
    listed = "；".join(measures) if measures else "记入信用记录"
    you = "你" if person else "你单位"
    return (
        f"{subject}：\n"
        f"{you}于{chinese(made_on)}就“{promise}”作出信用承诺。经核查，发现存在下列情形，拟认定为{kind}：\n"
        f"{facts.strip()}\n"
        f"依据：{basis.strip() or ARTICLE}。\n"
        f"拟采取的措施：{listed}。\n"
        f"{you}对上述事实、依据和拟采取的措施，有权自收到本告知书次日起{days}个工作日内向本机关陈述、申辩；"
        "逾期未陈述、申辩的，视为放弃该权利。"
    )
