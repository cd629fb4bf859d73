"""The states of a plan, of a task, and of a subject that was drawn. Pure."""

from __future__ import annotations

from enum import StrEnum


class PlanState(StrEnum):
    """Where a yearly plan stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"


PLAN_LABELS = {
    PlanState.DRAFT: "起草",
    PlanState.APPROVED: "已批准",
    PlanState.PUBLISHED: "已公布",
    PlanState.CLOSED: "已结束",
}
PLAN_TONES = {
    PlanState.DRAFT: "neutral",
    PlanState.APPROVED: "info",
    PlanState.PUBLISHED: "good",
    PlanState.CLOSED: "neutral",
}
PLAN_MOVES: dict[tuple[PlanState, str], PlanState] = {
    (PlanState.DRAFT, "edit"): PlanState.DRAFT,
    (PlanState.DRAFT, "approve"): PlanState.APPROVED,
    (PlanState.APPROVED, "return"): PlanState.DRAFT,
    (PlanState.APPROVED, "publish"): PlanState.PUBLISHED,
    (PlanState.PUBLISHED, "close"): PlanState.CLOSED,
}


class TaskState(StrEnum):
    """Where a task stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    COMMITTED = "committed"
    DRAWN = "drawn"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    VOID = "void"
    REDRAWN = "redrawn"


TASK_LABELS = {
    TaskState.DRAFT: "起草",
    TaskState.FROZEN: "名单已冻结",
    TaskState.COMMITTED: "已公布待抽取",
    TaskState.DRAWN: "已抽取",
    TaskState.RUNNING: "检查中",
    TaskState.DONE: "已完成",
    TaskState.CANCELLED: "已取消",
    TaskState.VOID: "抽取作废",
    TaskState.REDRAWN: "已重新抽取",
}
TASK_TONES = {
    TaskState.DRAFT: "neutral",
    TaskState.FROZEN: "info",
    TaskState.COMMITTED: "warn",
    TaskState.DRAWN: "good",
    TaskState.RUNNING: "info",
    TaskState.DONE: "good",
    TaskState.CANCELLED: "neutral",
    TaskState.VOID: "serious",
    TaskState.REDRAWN: "neutral",
}
TASK_MOVES: dict[tuple[TaskState, str], TaskState] = {
    (TaskState.DRAFT, "edit"): TaskState.DRAFT,
    (TaskState.DRAFT, "freeze"): TaskState.FROZEN,
    (TaskState.DRAFT, "cancel"): TaskState.CANCELLED,
    (TaskState.FROZEN, "commit"): TaskState.COMMITTED,
    (TaskState.FROZEN, "cancel"): TaskState.CANCELLED,
    (TaskState.COMMITTED, "draw"): TaskState.DRAWN,
    (TaskState.COMMITTED, "void"): TaskState.VOID,
    (TaskState.DRAWN, "begin"): TaskState.RUNNING,
    (TaskState.DRAWN, "finish"): TaskState.DONE,
    (TaskState.DRAWN, "redraw"): TaskState.REDRAWN,
    (TaskState.RUNNING, "finish"): TaskState.DONE,
    (TaskState.RUNNING, "redraw"): TaskState.REDRAWN,
}
TASK_STEPS = (
    TaskState.DRAFT,
    TaskState.FROZEN,
    TaskState.COMMITTED,
    TaskState.DRAWN,
    TaskState.RUNNING,
    TaskState.DONE,
)
"""The straight way through, as the stepper shows it."""
TASK_PUBLIC = (
    TaskState.COMMITTED,
    TaskState.DRAWN,
    TaskState.RUNNING,
    TaskState.DONE,
    TaskState.VOID,
    TaskState.REDRAWN,
)
"""What was announced stays public whatever becomes of it."""


class ObjectState(StrEnum):
    """Where the inspection of one drawn subject stands."""

    ASSIGNED = "assigned"
    NOTIFIED = "notified"
    INSPECTING = "inspecting"
    ENTERED = "entered"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    SKIPPED = "skipped"


OBJECT_LABELS = {
    ObjectState.ASSIGNED: "待通知",
    ObjectState.NOTIFIED: "已通知",
    ObjectState.INSPECTING: "检查中",
    ObjectState.ENTERED: "结果待审核",
    ObjectState.REVIEWED: "待公示",
    ObjectState.PUBLISHED: "已公示",
    ObjectState.FOLLOW_UP: "后续处理中",
    ObjectState.CLOSED: "已办结",
    ObjectState.SKIPPED: "未检查",
}
OBJECT_TONES = {
    ObjectState.ASSIGNED: "neutral",
    ObjectState.NOTIFIED: "info",
    ObjectState.INSPECTING: "info",
    ObjectState.ENTERED: "warn",
    ObjectState.REVIEWED: "warn",
    ObjectState.PUBLISHED: "good",
    ObjectState.FOLLOW_UP: "warn",
    ObjectState.CLOSED: "good",
    ObjectState.SKIPPED: "neutral",
}
OBJECT_MOVES: dict[tuple[ObjectState, str], ObjectState] = {
    (ObjectState.ASSIGNED, "notify"): ObjectState.NOTIFIED,
    (ObjectState.NOTIFIED, "inspect"): ObjectState.INSPECTING,
    (ObjectState.INSPECTING, "enter"): ObjectState.ENTERED,
    (ObjectState.ENTERED, "review"): ObjectState.REVIEWED,
    (ObjectState.ENTERED, "return"): ObjectState.INSPECTING,
    (ObjectState.REVIEWED, "publish"): ObjectState.PUBLISHED,
    (ObjectState.PUBLISHED, "follow"): ObjectState.FOLLOW_UP,
    (ObjectState.PUBLISHED, "close"): ObjectState.CLOSED,
    (ObjectState.FOLLOW_UP, "close"): ObjectState.CLOSED,
    (ObjectState.ASSIGNED, "skip"): ObjectState.SKIPPED,
    (ObjectState.NOTIFIED, "skip"): ObjectState.SKIPPED,
    (ObjectState.INSPECTING, "skip"): ObjectState.SKIPPED,
}
"""`skip` is the verb of `plans`; every other one is the verb of `visits`."""
OBJECT_ENDED = (ObjectState.PUBLISHED, ObjectState.FOLLOW_UP, ObjectState.CLOSED, ObjectState.SKIPPED)


class Skip(StrEnum):
    """Why a drawn subject is not inspected."""

    DEREGISTERED = "deregistered"
    MOVED = "moved"
    REVOKED = "revoked"
    CLOSED = "closed"
    NOBODY = "nobody"
    CAP = "cap"


SKIP_LABELS = {
    Skip.DEREGISTERED: "已注销",
    Skip.MOVED: "已迁出",
    Skip.REVOKED: "被吊销、被撤销",
    Skip.CLOSED: "停业或者正在清算",
    Skip.NOBODY: "无人可派",
    Skip.CAP: "已达检查次数上限",
}


class Source(StrEnum):
    """Where a task comes from."""

    PLAN = "plan"
    AD_HOC = "ad_hoc"


SOURCE_LABELS = {Source.PLAN: "年度计划", Source.AD_HOC: "临时任务"}


class Shown(StrEnum):
    """From when on the name of a drawn subject is public (parameter: the province has not said)."""

    NOTICE = "notice"
    VISIT = "visit"


SHOWN_LABELS = {Shown.NOTICE: "送达检查通知后", Shown.VISIT: "检查结果公示后"}
