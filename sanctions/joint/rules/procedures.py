"""The three procedures: an action, the task of a department, the lifting when an entry has ended. Pure."""

from __future__ import annotations

from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work

ARTICLE = "哈政办规〔2020〕12号第22项"
VIEW = "sanctions.joint.view"
INITIATE, PUSH = "sanctions.joint.initiate", "sanctions.joint.push"
HANDLE, CONFIRM, SUPERVISE = "sanctions.joint.handle", "sanctions.joint.confirm", "sanctions.joint.supervise"


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
