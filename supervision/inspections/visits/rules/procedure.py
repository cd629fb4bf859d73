"""The procedure of a visit: states, moves, steps. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from supervision.inspections.plans.rules.states import OBJECT_LABELS, OBJECT_TONES, ObjectState

ARTICLE = "国办发〔2024〕54号"
PERMISSION = "inspections.visits."
VIEW, HANDLE, DECIDE, RECUSE = (f"{PERMISSION}{word}" for word in ("view", "handle", "decide", "recuse"))
TEAM = 2
"""Inspectors of a visit, at least (行政处罚法 art. 42)."""
S = ObjectState
MOVES: dict[tuple[str, str], str] = {
    (S.ASSIGNED, "notify"): S.NOTIFIED,
    (S.NOTIFIED, "recuse"): S.NOTIFIED,
    (S.NOTIFIED, "rule"): S.NOTIFIED,
    (S.NOTIFIED, "inspect"): S.INSPECTING,
    (S.INSPECTING, "enter"): S.ENTERED,
    (S.ENTERED, "return"): S.INSPECTING,
    (S.ENTERED, "review"): S.REVIEWED,
    (S.REVIEWED, "publish"): S.PUBLISHED,
    (S.PUBLISHED, "follow"): S.FOLLOW_UP,
    (S.FOLLOW_UP, "settle"): S.FOLLOW_UP,
    **{(state, "close"): S.CLOSED for state in (S.PUBLISHED, S.FOLLOW_UP)},
    **{(state, "skip"): S.SKIPPED for state in (S.ASSIGNED, S.NOTIFIED, S.INSPECTING)},
}
ORDER = (S.ASSIGNED, S.NOTIFIED, S.INSPECTING, S.ENTERED, S.REVIEWED, S.PUBLISHED, S.FOLLOW_UP, S.CLOSED)
"""From the least to the most advanced: an object of several authorities stands where the slowest does."""
VISIT = Procedure(
    slug="visit",
    label="检查",
    audit="inspections.visits",
    own="inspections.VisitCase",
    number="检〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.ASSIGNED,
    labels={state.value: label for state, label in OBJECT_LABELS.items()},
    tones={state.value: tone for state, tone in OBJECT_TONES.items()},
    moves=MOVES,
    closed=frozenset({S.CLOSED, S.SKIPPED}),
    view=VIEW,
    shown_to_subject=frozenset(each for each in S if each not in (S.ASSIGNED, S.SKIPPED)),
    steps=(
        Step(
            "notify",
            "审批并通知",
            DECIDE,
            "核对审批表，签发检查通知书。通知书告知检查事项、人员、全年检查次数上限和申请回避的权利。",
            "已签发并登记通知。",
            second_person=True,
        ),
        Step("recuse", "申请回避", RECUSE),
        Step("rule", "决定回避申请", DECIDE, "检查开始前决定，写明理由。准许的，由同一次序的下一名替换。", "已决定并告知。", second_person=True),
        Step("inspect", "开始检查", HANDLE, "登记检查日期和实际到场的检查人员，执法证当日有效的至少两人。", "已登记，请在现场填写检查结果。"),
        Step("enter", "填写检查结果", HANDLE, "逐项选择检查结果，写明情况，上传照片。", "已提交，请由另一人审核。"),
        Step("return", "退回", DECIDE, "写明需要补正的内容。", "已退回。", second_person=True),
        Step("review", "审核结果", DECIDE, "核对各项结果和证据，填写检查结果文书号。", "已审核，请按期公示。", second_person=True),
        Step("publish", "公示结果", DECIDE, "结果记入信用记录并向社会公示。检查人员姓名不公示。", "已公示。", second_person=True, serious=True),
        Step("follow", "开始后续处理", HANDLE, "对发现问题的事项开始后续处理，期限由平台计算。", "已开始后续处理。"),
        Step("settle", "登记后续处理结果", HANDLE, "登记一项后续处理的结果。逾期未改正的，自动转入下一步处理。", "已登记。"),
        Step("close", "办结", HANDLE, "各项后续处理都有结果后办结，结果同步更正到信用记录。", "已办结。"),
        Step("skip", "不能检查", HANDLE, "检查对象已经注销、迁出等不能检查的，写明证明材料。", "已登记不能检查。", serious=True),
    ),
    works=(
        Work("检查待审批通知", S.ASSIGNED, "notify", 70),
        Work("已通知，待检查", S.NOTIFIED, "inspect", 71),
        Work("检查中，待填写结果", S.INSPECTING, "enter", 72),
        Work("检查结果待审核", S.ENTERED, "review", 73),
        Work("检查结果待公示", S.REVIEWED, "publish", 74),
        Work("已公示，待办结或者后续处理", S.PUBLISHED, "close", 75, "info"),
        Work("检查后续处理中", S.FOLLOW_UP, "settle", 76),
    ),
)  # fmt: skip


class Ruling(StrEnum):
    """What became of a request for recusal."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


RULING_LABELS = {Ruling.OPEN: "待决定", Ruling.GRANTED: "准许", Ruling.REFUSED: "不准许"}


@dataclass(frozen=True, slots=True)
class Carded:
    """An inspector on the day of a visit: the span of the card, whether able and whether to stay away from the subject."""

    id: int
    card_from: date
    card_until: date
    on_duty: bool = True
    recused: bool = False


def against_team(team: Sequence[Carded], *, on: date) -> Iterable[Finding]:
    """Fewer than TEAM inspectors, a card that is not valid on the day, somebody who is suspended or has to stay away."""
    if len({each.id for each in team}) < TEAM:
        yield at_field("visit.team", "inspectors", f"检查人员不得少于{TEAM}人。", article="行政处罚法第四十二条")
    if any(not each.card_from <= on <= each.card_until for each in team):
        words = "有检查人员的执法证在检查当日无效。"
        yield at_field("visit.card", "inspectors", words, mend="请更换检查人员。", article=ARTICLE)
    if any(not each.on_duty for each in team):
        yield at_field("visit.duty", "inspectors", "有检查人员已经停用。", mend="请更换检查人员。")
    if any(each.recused for each in team):
        words = "有检查人员应当回避。"
        yield at_field("visit.recusal", "inspectors", words, mend="请更换检查人员。", article="行政处罚法第四十三条")


def against_notice(
    notice: str, *, approval_number: str, notice_number: str, planned_on: date, on: date
) -> Iterable[Finding]:
    """What a notice needs: the numbers of both papers, its text with cap and recusal, a day that is not before it."""
    yield from required(approval_number, "approval_number", "请填写审批表编号。", rule="visit.approval", most=128)
    yield from required(notice_number, "notice_number", "请填写检查通知书文书号。", rule="visit.notice", most=128)
    yield from required(notice, "notice", "请填写通知内容。", rule="visit.notice-text", most=4000)
    if notice.strip() and not ("回避" in notice and "次" in notice):
        words = "通知书应当告知全年检查次数上限和申请回避的权利。"
        yield at_field("visit.rights", "notice", words, article=ARTICLE)
    if planned_on < on:
        yield at_field("visit.planned", "planned_on", "检查日期不得早于通知日期。")


def notice_text(*, subject: str, items: Sequence[str], team: Sequence[str], exempt: str, cap: int, visits: int) -> str:
    """The draft of the notice: items, who comes, the cap of the year (`visits` so far, this one not counted) and the right to ask for recusal."""
    limit = (
        f"本次检查属于{exempt}，不计入全年检查次数上限。本机关对你单位全年检查不超过{cap}次。"
        if exempt
        else f"本机关对你单位全年检查不超过{cap}次，本次是本年度第{visits + 1}次。"
    )
    lines = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    people = f"检查人员：{'、'.join(team)}。检查时出示执法证。\n" if team else ""
    return (
        f"{subject}：\n"
        f"本机关决定对你单位进行检查，检查事项：\n{lines}\n"
        f"{people}{limit}\n"
        "你单位认为检查人员与本次检查有利害关系的，可以在检查开始前申请回避。检查不收取费用。"
    )
