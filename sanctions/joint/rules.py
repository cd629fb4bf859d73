"""Joint action: the three procedures, what each line may say, and what happens to it when the entry ends. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from sanctions.measures.rules import Force, MeasureFacts, against_term, goes_with_entry

ARTICLE = "哈政办规〔2020〕12号第22项"
VIEW = "sanctions.joint.view"
INITIATE, PUSH = "sanctions.joint.initiate", "sanctions.joint.push"
HANDLE, CONFIRM, SUPERVISE = "sanctions.joint.handle", "sanctions.joint.confirm", "sanctions.joint.supervise"
LONGEST = 500
"""Characters of a note, and of a reason."""


class ActionState(StrEnum):
    """Where a joint action stands."""

    INITIATED = "initiated"
    PUSHING = "pushing"
    PUSHED = "pushed"
    WITHDRAWN = "withdrawn"


A = ActionState
ACTION = Procedure(
    slug="joint-action",
    label="联合奖惩",
    audit="sanctions.joint",
    own="sanctions.JointAction",
    number="联惩〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=A.INITIATED,
    labels={A.INITIATED: "已发起", A.PUSHING: "推送中", A.PUSHED: "已推送", A.WITHDRAWN: "已撤回"},
    tones={A.INITIATED: "info", A.PUSHING: "info", A.PUSHED: "good", A.WITHDRAWN: "neutral"},
    moves={
        (A.INITIATED, "push"): A.PUSHING,
        (A.PUSHING, "finish"): A.PUSHED,
        (A.INITIATED, "withdraw"): A.WITHDRAWN,
    },
    closed=frozenset({A.PUSHED, A.WITHDRAWN}),
    view=VIEW,
    steps=(
        Step(
            "push",
            "推送",
            PUSH,
            "推送后，每个有措施要执行的部门各收到一项任务，按工作日计算响应期限。",
            "已推送，任务正在生成。",
            second_person=True,
        ),
        Step("finish", "完成推送", PUSH),
        Step("withdraw", "撤回", INITIATE, "尚未推送的可以撤回，须写明理由。", "已撤回。"),
    ),
    works=(Work("联合奖惩，待推送", A.INITIATED, "push", 40),),
)


class TaskState(StrEnum):
    """Where the task of a department stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPORTED = "reported"
    COMPLETED = "completed"
    RELEASED = "released"
    CANCELLED = "cancelled"


T = TaskState
TASK = Procedure(
    slug="joint-task",
    label="联合奖惩任务",
    audit="sanctions.joint.task",
    own="sanctions.JointTask",
    number="联惩任务〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=T.SENT,
    labels={
        T.SENT: "待响应",
        T.ACCEPTED: "执行中",
        T.REFUSED: "拒绝待处理",
        T.REPORTED: "待确认反馈",
        T.COMPLETED: "已反馈",
        T.RELEASED: "不予执行",
        T.CANCELLED: "已取消",
    },
    tones={
        T.SENT: "info",
        T.ACCEPTED: "info",
        T.REFUSED: "warn",
        T.REPORTED: "info",
        T.COMPLETED: "good",
        T.RELEASED: "neutral",
        T.CANCELLED: "neutral",
    },
    moves={
        (T.SENT, "accept"): T.ACCEPTED,
        (T.ACCEPTED, "report"): T.REPORTED,
        (T.REPORTED, "confirm"): T.COMPLETED,
        (T.SENT, "refuse"): T.REFUSED,
        (T.REFUSED, "agree"): T.RELEASED,
        (T.REFUSED, "insist"): T.SENT,
        (T.ACCEPTED, "settle"): T.ACCEPTED,
        (T.REPORTED, "send_back"): T.ACCEPTED,
        (T.SENT, "cancel"): T.CANCELLED,
        (T.ACCEPTED, "cancel"): T.CANCELLED,
        (T.REFUSED, "cancel"): T.CANCELLED,
        (T.REPORTED, "cancel"): T.CANCELLED,
    },
    closed=frozenset({T.COMPLETED, T.RELEASED, T.CANCELLED}),
    view=VIEW,
    steps=(
        Step("accept", "接受任务", HANDLE, "接受后在期限内逐主体、逐措施反馈执行情况。", "已接受，请在期限内反馈。"),
        Step("settle", "填写反馈", HANDLE, "写明已执行的日期、文书和期限；未执行的写明理由。", "已登记反馈。"),
        Step(
            "report",
            "提交反馈",
            HANDLE,
            "各项都有反馈后提交，由本单位审核员确认。",
            "已提交，请本单位审核员确认。",
        ),
        Step(
            "confirm",
            "确认反馈",
            CONFIRM,
            "由填报人以外的审核员核对后确认，反馈即送市信用办。",
            "反馈已确认。",
            second_person=True,
        ),
        Step(
            "send_back",
            "退回补正",
            CONFIRM,
            "反馈不完整、不准确的，写明理由退回。",
            "已退回补正。",
            second_person=True,
        ),
        Step("refuse", "拒绝任务", HANDLE, "不属于本单位职责等情形可以拒绝，须写明理由。", "已提交，等待市信用办处理。", serious=True),
        Step("agree", "同意不执行", SUPERVISE, "同意后该单位不再执行本项任务。", "已同意。"),
        Step("insist", "要求执行", SUPERVISE, "写明理由退回该单位，响应期限重新计算。", "已退回该单位。"),
        Step("cancel", "取消", HANDLE),
    ),
    works=(
        Work("联合奖惩任务，待响应", T.SENT, "accept", 41),
        Work("联合奖惩任务，执行中", T.ACCEPTED, "report", 42),
        Work("联合奖惩反馈，待确认", T.REPORTED, "confirm", 43),
        Work("拒绝的联合奖惩任务，待处理", T.REFUSED, "insist", 44),
    ),
)  # fmt: skip


class LiftingState(StrEnum):
    """Where the lifting by a department stands."""

    ASKED = "asked"
    LIFTED = "lifted"


LIFTING = Procedure(
    slug="joint-lifting",
    label="联合奖惩解除",
    audit="sanctions.joint.lifting",
    own="sanctions.Lifting",
    number="联惩解除〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=LiftingState.ASKED,
    labels={LiftingState.ASKED: "待解除", LiftingState.LIFTED: "已解除"},
    tones={LiftingState.ASKED: "warn", LiftingState.LIFTED: "good"},
    moves={(LiftingState.ASKED, "lift"): LiftingState.LIFTED},
    closed=frozenset({LiftingState.LIFTED}),
    view=VIEW,
    steps=(Step("lift", "确认解除", CONFIRM, "名单移出后，本单位对所列主体采取的措施应当解除。", "已确认解除。"),),
    works=(Work("联合奖惩措施，待解除", LiftingState.ASKED, "lift", 45, "serious"),),
)
PROCEDURES = (ACTION, TASK, LIFTING)


class Stage(StrEnum):
    """What has days of its own; `ClockProfile` rows say how many."""

    RESPONSE = "response"
    EXECUTION = "execution"
    CONFIRMATION = "confirmation"
    REFUSAL = "refusal"
    LIFTING = "lifting"


STAGE_LABELS = {
    Stage.RESPONSE: "响应",
    Stage.EXECUTION: "执行反馈",
    Stage.CONFIRMATION: "确认反馈",
    Stage.REFUSAL: "处理拒绝",
    Stage.LIFTING: "解除",
}
DAYS = {Stage.RESPONSE: 5, Stage.EXECUTION: 15, Stage.CONFIRMATION: 3, Stage.REFUSAL: 5, Stage.LIFTING: 3}
"""Working days of each stage where no row is in force: the plan asks for deadlines and names none (parameters)."""


class ItemState(StrEnum):
    """Where one line stands: one subject, one measure, one department."""

    OPEN = "todo"
    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    DROPPED = "dropped"
    LIFTING = "lifting"
    LIFTED = "lifted"


ITEM_LABELS = {
    ItemState.OPEN: "待执行",
    ItemState.TAKEN: "已执行",
    ItemState.NOT_TAKEN: "未执行",
    ItemState.DROPPED: "无需执行",
    ItemState.LIFTING: "待解除",
    ItemState.LIFTED: "已解除",
}
ITEM_TONES = {
    ItemState.OPEN: "info",
    ItemState.TAKEN: "good",
    ItemState.NOT_TAKEN: "neutral",
    ItemState.DROPPED: "neutral",
    ItemState.LIFTING: "warn",
    ItemState.LIFTED: "neutral",
}
LIVE = (ItemState.OPEN.value, ItemState.TAKEN.value, ItemState.NOT_TAKEN.value)
"""States of a line that a department has: it is not pushed to it again."""
I = ItemState  # noqa: E741 - the table below reads by it
ITEM_MOVES: dict[tuple[ItemState, str], ItemState] = {
    (I.OPEN, "take"): I.TAKEN,
    (I.OPEN, "leave"): I.NOT_TAKEN,
    (I.TAKEN, "take"): I.TAKEN,
    (I.TAKEN, "leave"): I.NOT_TAKEN,
    (I.NOT_TAKEN, "take"): I.TAKEN,
    (I.NOT_TAKEN, "leave"): I.NOT_TAKEN,
    (I.OPEN, "drop"): I.DROPPED,
    (I.TAKEN, "ask"): I.LIFTING,
    (I.LIFTING, "lift"): I.LIFTED,
}
"""Feedback may be mended until it is confirmed; what was confirmed changes by lifting only."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a department says of one line."""

    taken: bool
    on: date | None = None
    document_number: str = ""
    until: date | None = None
    note: str = ""


def against_feedback(
    given: Feedback, measure: MeasureFacts, *, pushed_on: date, today: date, has_file: bool = False
) -> Iterable[Finding]:
    """What stands against the feedback on one line, each finding at its field.

    Taken: the day, not in the future, and a proof (document number or file); a term that a decision sets within the bounds of the list.
    Not taken: a reason, with at least ten characters where the law leaves no choice.
    """
    if not given.taken:
        yield from required(given.note, "note", "未执行的请写明理由。", rule="joint.reason", most=LONGEST)
        if measure.force is Force.MUST and 0 < len(given.note.strip()) < 10:
            yield at_field("joint.reason", "note", "该措施应当执行，未执行的理由请写具体（不少于10个字）。")
        return
    if given.on is None or given.on > today:
        yield at_field("joint.day", "done_on", "请填写执行日期，不得晚于今天。")
        return
    if not given.document_number.strip() and not has_file:
        yield at_field("joint.proof", "document_number", "请填写执行文书号，或者上传执行证明材料。")
    if given.until is not None and given.until < given.on:
        yield at_field("measure.until", "until", "措施截止日期不得早于执行日期。")
    else:
        yield from against_term(measure, taken_on=given.on, decided=given.until)
    if len(given.note.strip()) > LONGEST:
        yield at_field("joint.note", "note", f"说明最多{LONGEST}个字。")


WRONGED = frozenset({"annulled", "wrong"})
"""Ways in which an entry ends as if it had never been: nothing of it may go on."""


def ends_with(measure: MeasureFacts, way: str) -> bool:
    """Whether a measure that was taken is lifted when its entry ends in a way: with the entry, or because the entry should not have been."""
    return way in WRONGED or goes_with_entry(measure)


def after_the_end(state: ItemState, measure: MeasureFacts, way: str) -> str:
    """What happens to a line when its entry ends: the verb of ITEM_MOVES, "" when nothing does."""
    if state is ItemState.OPEN:
        return "drop"
    return "ask" if state is ItemState.TAKEN and ends_with(measure, way) else ""


class Late(StrEnum):
    """How far the ladder of escalation has been climbed."""

    NO = "no"
    LATE = "late"
    HEAD = "head"
    OFFICE = "office"


LATE_LABELS = {Late.NO: "按期", Late.LATE: "已逾期", Late.HEAD: "已报负责人", Late.OFFICE: "已提请督办"}


def rung(working_days_late: int, *, head: int, office: int) -> Late:
    """The rung that a task stands on, so many working days after its last day; the days of the ladder are those of the procedure."""
    if working_days_late <= 0:
        return Late.NO
    if working_days_late >= office:
        return Late.OFFICE
    return Late.HEAD if working_days_late >= head else Late.LATE
