"""What an objection is: its states and steps, what it may be about, and what must hold before each step. Pure."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.procedures import Ladder, Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.days import chinese

ARTICLE = "哈政办规〔2020〕12号第35项、国办发〔2025〕22号"
FILE, SPEAK, ACCEPT, VERIFY, DECIDE = (
    "objections.file",
    "objections.speak",
    "objections.accept",
    "objections.verify",
    "objections.decide",
)
LONGEST = 2000
APPEAL_WITHIN = 15
"""Working days after the answer in which it may be taken to the credit office (parameter of the platform; no text names one)."""
SETTLE_WITHIN = 15
"""Working days for the credit office to answer an appeal (parameter of the platform)."""


class State(StrEnum):
    """Where an objection stands."""

    FILED = "filed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    DECIDED = "decided"
    REFUSED = "refused"
    RETRACTED = "retracted"
    APPEALED = "appealed"
    SETTLED = "settled"


S = State
LIVE = (S.FILED, S.ASKED, S.ACCEPTED, S.FORWARDED, S.ANSWERED)
MOVES: dict[tuple[str, str], str] = {
    (S.FILED, "accept"): S.ACCEPTED,
    (S.FILED, "ask"): S.ASKED,
    (S.ASKED, "supply"): S.FILED,
    (S.ACCEPTED, "forward"): S.FORWARDED,
    (S.FORWARDED, "answer"): S.ANSWERED,
    (S.FORWARDED, "extend"): S.FORWARDED,
    (S.ANSWERED, "decide"): S.DECIDED,
    (S.FILED, "refuse"): S.REFUSED,
    (S.ASKED, "refuse"): S.REFUSED,
    **{(state, "retract"): S.RETRACTED for state in LIVE},
    (S.DECIDED, "appeal"): S.APPEALED,
    (S.APPEALED, "settle"): S.SETTLED,
}


class About(StrEnum):
    """What an objection is to (国办发〔2025〕22号)."""

    CONTENT = "content"
    PERIOD = "period"
    REPAIR = "repair"


ABOUT_LABELS = {About.CONTENT: "公示内容", About.PERIOD: "公示期限", About.REPAIR: "信用修复结果"}


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
    UPHELD = "upheld"
    UNCLEAR = "unclear"


OUTCOME_LABELS = {
    Outcome.CORRECTED: "已更正",
    Outcome.STOPPED: "公示期已满，停止公示",
    Outcome.WITHDRAWN: "撤回公示",
    Outcome.UPHELD: "维持",
    Outcome.UNCLEAR: "未能核实，双方说法并存",
}
RIGHT_TO_OBJECT = frozenset({Outcome.CORRECTED, Outcome.STOPPED, Outcome.WITHDRAWN})
"""Outcomes that say who objected was right; they count for the department and the field."""

OBJECTION = Procedure(
    slug="objection",
    label="异议处理",
    audit="objections",
    own="objections.Objection",
    number="异议〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.FILED,
    labels={
        S.FILED: "已提交",
        S.ASKED: "待补正",
        S.ACCEPTED: "已受理",
        S.FORWARDED: "核实中",
        S.ANSWERED: "已核实",
        S.DECIDED: "已答复",
        S.REFUSED: "不予受理",
        S.RETRACTED: "已撤回",
        S.APPEALED: "复核中",
        S.SETTLED: "已复核",
    },
    tones={
        S.FILED: "info",
        S.ASKED: "warn",
        S.ACCEPTED: "info",
        S.FORWARDED: "info",
        S.ANSWERED: "info",
        S.DECIDED: "good",
        S.REFUSED: "neutral",
        S.RETRACTED: "neutral",
        S.APPEALED: "warn",
        S.SETTLED: "good",
    },
    moves=MOVES,
    closed=frozenset({S.DECIDED, S.REFUSED, S.RETRACTED, S.SETTLED}),
    view="objections.view",
    first_locks=("disclosure",),
    shown_to_subject=frozenset(S),
    ladder=Ladder(before=(2, 1), head=1, office=2),
    steps=(
        Step("accept", "受理", ACCEPT, "材料齐全、属于受理范围的，应当受理。", "已受理，请转办。"),
        Step(
            "ask",
            "要求补正",
            ACCEPT,
            "一次性告知需要补正的全部材料，只能要求一次；等待补正的时间不计入期限。",
            "已通知补正。",
        ),
        Step("supply", "补正材料", SPEAK, "登记异议人补正的材料，期限自次日起继续计算。", "已登记补正。"),
        Step("refuse", "不予受理", ACCEPT, "写明理由和救济途径。", "已结案：不予受理。", serious=True),
        Step("forward", "转办", ACCEPT, "转信息提供单位核实。", "已转办。"),
        Step(
            "answer", "核实反馈", VERIFY, "核实后写明结论和依据；确有错误的，先更正记录。", "已反馈，待市信用办答复。"
        ),
        Step("extend", "延长核实期限", VERIFY, "须在期限届满之前决定，并告知异议人。只能延长一次。", "已延长并告知。"),
        Step(
            "decide",
            "答复",
            DECIDE,
            "由受理人以外的人答复，写明理由和救济途径；更正、停止公示、撤回即时生效。",
            "已答复。",
            second_person=True,
        ),
        Step("retract", "撤回异议", SPEAK, "撤回后公示信息上的标注同时取消。", "已撤回。"),
        Step("appeal", "申请复核", SPEAK, "对答复不服的，可以申请复核一次。", "已提交复核申请。"),
        Step(
            "settle",
            "复核答复",
            DECIDE,
            "由受理人、答复人以外的人复核，结论为最终答复。",
            "已复核。",
            second_person=True,
        ),
    ),
    works=(
        Work("异议待受理", S.FILED, "accept", 41),
        Work("异议待转办", S.ACCEPTED, "forward", 42),
        Work("异议待核实", S.FORWARDED, "answer", 43),
        Work("异议待答复", S.ANSWERED, "decide", 44),
        Work("异议复核", S.APPEALED, "settle", 45),
    ),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says is wrong: of which item (its public id), in what, and what it should be."""

    item: str
    about: About
    field: str
    claimed: str

    @property
    def fingerprint(self) -> str:
        """The same facts, however they are spaced or written, have the same fingerprint (SHA-256, hexadecimal)."""
        said = "".join(unicodedata.normalize("NFKC", self.claimed).split()).casefold()
        return hashlib.sha256("\n".join((self.item, self.about, self.field, said)).encode()).hexdigest()


def may_file(claim: Claim, *, grounds: str, fields: Collection[str]) -> Iterable[Finding]:
    """What stands against an objection: a field that the item does not show, no claimed value, no grounds.

    `fields` are the codes of what the item shows; an objection to the period or to a repair names none.
    """
    if claim.about is About.CONTENT and claim.field not in fields:
        yield at_field("objection.field", "field", "请选择有异议的项目。")
    yield from required(claim.claimed, "claimed", "请写明应当是什么。", rule="objection.claimed", most=LONGEST)
    yield from required(grounds, "grounds", "请写明理由。", rule="objection.grounds", most=LONGEST)


def may_decide(
    outcome: Outcome, *, finding: str, is_corrected: bool, is_shown: bool, is_over: bool, public_note: str
) -> Iterable[Finding]:
    """What stands against an outcome. `is_corrected`: the record says something else than what is shown by now; `is_shown`: the public
    sees the item; `is_over`: its last day has passed or its period was reckoned anew to a day that has.

    The word of the source binds one way only: what it found wrong is not upheld.
    """
    if outcome is Outcome.CORRECTED and not is_corrected:
        yield at_field("objection.uncorrected", "outcome", "信息提供单位尚未更正记录，请先由其更正，再作出更正的答复。")
    if outcome is Outcome.STOPPED and not is_over:
        yield at_field("objection.not-over", "outcome", "公示期尚未届满，不能按期满停止公示。")
    if outcome is Outcome.WITHDRAWN and not is_shown:
        yield at_field("objection.not-shown", "outcome", "该信息目前没有公示，不需要撤回。")
    if outcome is Outcome.UPHELD and finding == Verified.WRONG:
        yield at_field("objection.source", "outcome", "信息提供单位已确认有错误，不能维持。", article=ARTICLE)
    if outcome in (Outcome.WITHDRAWN, Outcome.UNCLEAR):
        yield from required(public_note, "public_note", "请填写对外说明。", rule="objection.public-note", most=500)


def may_appeal(*, decided_on: date, last_on: date, on: date, reasons: str) -> Iterable[Finding]:
    """What stands against an appeal: the days are over (`last_on` is still one), or no reasons."""
    if on > last_on:
        yield at_field("objection.appeal-late", "on", f"申请复核的期限至{chinese(last_on)}，已经届满。")
    yield from required(reasons, "reasons", "请写明对答复不服的理由。", rule="objection.appeal", most=LONGEST)
