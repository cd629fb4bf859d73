"""修复复核: the questions, what may come of them, and the procedure (哈政办规〔2020〕12号 no. 32). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

ARTICLE = "哈政办规〔2020〕12号第32项、国家发展改革委令第36号"
VIEW, DRAW, INSPECT, CONFIRM = (
    "reinspections.view",
    "reinspections.draw",
    "reinspections.inspect",
    "reinspections.confirm",
)
SHARE = Decimal(10)
"""Percent of the repairs of the last MONTHS months that are drawn from, rounded up (parameter of the platform)."""
MONTHS, DAYS = 12, 20
"""Months that the list reaches back; working days to look."""


class ReinspectionState(StrEnum):
    """Where a re-inspection stands."""

    DRAWN = "drawn"
    INSPECTED = "inspected"
    SETTLED = "settled"


class Result(StrEnum):
    """What came of it."""

    SOUND = "sound"
    WRONG = "wrong"
    MISSED = "missed"


RESULT_LABELS = {Result.SOUND: "无误", Result.WRONG: "错修", Result.MISSED: "漏修"}
RESULT_TONES = {Result.SOUND: "good", Result.WRONG: "serious", Result.MISSED: "serious"}


class Answer(StrEnum):
    """How a question is answered."""

    YES = "yes"
    NO = "no"
    NONE = "none"


ANSWER_LABELS = {Answer.YES: "是", Answer.NO: "否", Answer.NONE: "不适用"}
QUESTIONS: dict[str, str] = {
    "minimum": "最短公示期届满后才准予修复",
    "performed": "失信行为已经纠正、义务全部履行，证明材料真实完整",
    "promise": "信用承诺书载明材料真实、愿意承担违诺责任两项",
    "people": "核实、初审和决定由不同人员办理，各环节没有超期",
    "gone": "准予修复的，公开页面、列表、接口和接收单位均已停止公示",
    "reasons": "不予受理、不予修复的，理由成立并告知了救济途径",
}
S = ReinspectionState
MOVES: dict[tuple[str, str], str] = {
    (S.DRAWN, "inspect"): S.INSPECTED,
    (S.INSPECTED, "confirm"): S.SETTLED,
    (S.INSPECTED, "deny"): S.DRAWN,
}
REINSPECTION = Procedure(
    slug="reinspection",
    label="修复复核",
    audit="reinspections",
    own="reinspections.ReinspectionCase",
    number="修核〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.DRAWN,
    labels={S.DRAWN: "待复核", S.INSPECTED: "待确认", S.SETTLED: "已确认"},
    tones={S.DRAWN: "info", S.INSPECTED: "warn", S.SETTLED: "good"},
    moves=MOVES,
    closed=frozenset({S.SETTLED}),
    view=VIEW,
    steps=(
        Step(
            "inspect",
            "登记复核",
            INSPECT,
            "逐项核对原案卷和公开页面。没有“否”的为无误；不应修复而修复的为错修；应当修复而没有修复、没有停止公示的为漏修。",
            "已登记，请由另一人确认。",
        ),
        Step(
            "confirm",
            "确认复核结果",
            CONFIRM,
            "确认后，错修的恢复公示至原截止日，漏修的立即停止公示，并告知当事人。",
            "已确认，需要纠正的已同时纠正。",
            second_person=True,
            serious=True,
        ),
        Step("deny", "退回复核", CONFIRM, "写明需要重新核对的内容。", "已退回。", second_person=True),
    ),
    works=(
        Work("修复复核，待登记", S.DRAWN, "inspect", 60),
        Work("修复复核，待确认", S.INSPECTED, "confirm", 61),
    ),
)  # fmt: skip


def against_answers(answers: Mapping[str, str], result: Result, *, granted: bool) -> Iterable[Finding]:
    """Every question has its answer; a sound repair has no “no”, a fault has one; what was granted cannot be missed unless it is still
    shown (the question “gone”), and what was refused cannot be repaired wrongly."""
    for code, text in QUESTIONS.items():
        if answers.get(code) not in set(Answer):
            yield at_field("reinspection.answer", code, f"请回答“{text}”。", article=ARTICLE)
    no = {code for code, answer in answers.items() if answer == Answer.NO}
    if result is Result.SOUND and no:
        yield at_field("reinspection.sound", "result", "有回答“否”的，不能登记为无误。", article=ARTICLE)
    if result is not Result.SOUND and not no:
        yield at_field("reinspection.fault", "result", "错修、漏修的，应当有回答“否”的项目。", article=ARTICLE)
    if result is Result.WRONG and not granted:
        yield at_field("reinspection.wrong", "result", "没有准予修复的，不能登记为错修。", article=ARTICLE)
    if result is Result.MISSED and granted and "gone" not in no:
        words = "已经准予修复的，只有仍在公示的才是漏修。"
        yield at_field("reinspection.missed", "result", words, article=ARTICLE)


def against_fault(
    result: Result, *, responsible: object, fault: str, performed_on: date | None, on: date
) -> Iterable[Finding]:
    """A fault has its unit and its description; a missed repair the day on which the duty was performed, not after the day of looking."""
    if result is Result.SOUND:
        return
    if responsible is None:
        yield at_field("reinspection.responsible", "responsible", "错修、漏修的，请选择责任单位。", article=ARTICLE)
    yield from required(fault, "fault", "请写明责任情况。", rule="reinspection.fault", most=1000)
    if result is Result.MISSED and (performed_on is None or performed_on > on):
        words = "漏修的，请填写义务履行完毕的日期，不晚于复核之日。"
        yield at_field("reinspection.performed", "performed_on", words, article=ARTICLE)


def days_between(first: date | None, last: date) -> int:
    """Calendar days for which it was wrong: hidden by a wrong repair, shown by a missed one."""
    return max(0, (last - first).days) if first else 0
