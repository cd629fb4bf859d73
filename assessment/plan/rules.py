"""The tasks of the plan and their days: when something falls due, how an assignment stands, and the procedures of evidence and of spot checks
(哈政办规〔2020〕12号, 38 measures and 4 tasks of its 组织实施). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

ARTICLE = "哈政办规〔2020〕12号组织实施第4项"
VIEW, HANDLE, REVIEW, ASSIGN, DRAW = (
    "assessment.view",
    "assessment.handle",
    "assessment.review",
    "assessment.assign",
    "assessment.draw",
)
SHARE = Decimal(10)
"""Percent of accepted evidence that is drawn for a spot check, rounded up (parameter of the platform)."""
REVIEW_DAYS, CHECK_DAYS = 10, 20
"""Working days to review evidence, and to look at what was drawn (parameters of the platform)."""


class Due(StrEnum):
    """Kinds of due."""

    ONCE = "once"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    WITHIN = "within"
    ONGOING = "ongoing"
    BY_PROVINCE = "by_province"


DUE_LABELS = {
    Due.ONCE: "一次完成",
    Due.MONTHLY: "按月报送",
    Due.YEARLY: "按年报送",
    Due.WITHIN: "印发后限期",
    Due.ONGOING: "持续推进",
    Due.BY_PROVINCE: "按照省部署",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """When something is due: its kind, the day it begins, the day of ONCE and YEARLY, the calendar days of WITHIN."""

    kind: Due
    starts_on: date
    due_on: date | None = None
    days: int = 0


def due_days(timing: Timing, since: date, until: date) -> list[date]:
    """The days on which something falls due from `since` through `until`, in order. What goes on or waits for the province has none.

    WITHIN counts calendar days and is not moved by a weekend (the list of documents of the plan: 2020-08-24 and 5 days, a Saturday).
    YEARLY on a 29 February falls on the 28th in other years.
    """
    days: list[date] = []
    if timing.kind is Due.ONCE and timing.due_on:
        days = [timing.due_on]
    elif timing.kind is Due.WITHIN:
        days = [timing.starts_on + timedelta(days=timing.days)]
    elif timing.kind is Due.YEARLY and timing.due_on:
        days = [_same_day(timing.due_on, year) for year in range(since.year, until.year + 1)]
        days = [day for day in days if day >= timing.due_on]
    elif timing.kind is Due.MONTHLY:
        days = [day for day in _ends_of_months(since, until) if day >= timing.starts_on]
    return [day for day in days if since <= day <= until]


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _ends_of_months(since: date, until: date) -> Iterable[date]:
    first = since.replace(day=1)
    while first <= until:
        following = (first + timedelta(days=32)).replace(day=1)
        yield following - timedelta(days=1)
        first = following


class Situation(StrEnum):
    """How an assignment stands on a day."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    OPEN = "open"
    RUNNING = "running"
    WAITING = "waiting"


SITUATION_LABELS = {
    Situation.DONE: "已完成",
    Situation.LATE: "已逾期",
    Situation.SOON: "即将到期",
    Situation.OPEN: "未到期",
    Situation.RUNNING: "持续推进",
    Situation.WAITING: "待省部署",
}
SITUATION_TONES = {
    Situation.DONE: "good",
    Situation.LATE: "serious",
    Situation.SOON: "warn",
    Situation.OPEN: "neutral",
    Situation.RUNNING: "info",
    Situation.WAITING: "neutral",
}
SOON_DAYS = 15
"""Calendar days before a last day from which it is soon."""


def met(due_on: date, done: Mapping[date, date]) -> bool:
    """Whether what fell due on a day was done by it; `done` are the days of accepted evidence by the day they answer to."""
    return due_on in done and done[due_on] <= due_on


def how_it_stands(timing: Timing, done: Mapping[date, date], on: date) -> tuple[Situation, date | None]:
    """How something stands on a day, and the day that matters: the first that is unanswered, else the next, else the last that was answered.

    `done`: days of accepted evidence by the day they answer to. What is answered after its day counts as done, late in the figures.
    """
    if timing.kind is Due.BY_PROVINCE and not done:
        return Situation.WAITING, None
    if timing.kind in (Due.ONGOING, Due.BY_PROVINCE):
        return Situation.RUNNING, max(done.values(), default=None)
    days = due_days(timing, timing.starts_on, on + timedelta(days=366))
    unanswered = [day for day in days if day not in done]
    if not unanswered:
        return Situation.DONE, max(done.values(), default=None)
    first = unanswered[0]
    if first < on:
        return Situation.LATE, first
    answered = [day for day in days if day in done]
    soon = first <= on + timedelta(days=SOON_DAYS)
    if not soon and answered and timing.kind in (Due.MONTHLY, Due.YEARLY):
        return Situation.DONE, first
    return (Situation.SOON if soon else Situation.OPEN), first


class EvidenceState(StrEnum):
    """Where a piece of evidence stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


E = EvidenceState
EVIDENCE = Procedure(
    slug="evidence",
    label="任务落实情况",
    audit="assessment.evidence",
    own="assessment.EvidenceCase",
    number="落实〔{year}〕{n:05d}号",
    article=ARTICLE,
    begins=E.SUBMITTED,
    labels={E.SUBMITTED: "待审核", E.RETURNED: "已退回", E.ACCEPTED: "已通过", E.WITHDRAWN: "已撤回"},
    tones={E.SUBMITTED: "info", E.RETURNED: "warn", E.ACCEPTED: "good", E.WITHDRAWN: "neutral"},
    moves={
        (E.SUBMITTED, "accept"): E.ACCEPTED,
        (E.SUBMITTED, "send_back"): E.RETURNED,
        (E.RETURNED, "resubmit"): E.SUBMITTED,
        (E.SUBMITTED, "withdraw"): E.WITHDRAWN,
        (E.RETURNED, "withdraw"): E.WITHDRAWN,
    },
    closed=frozenset({E.ACCEPTED, E.WITHDRAWN}),
    view=VIEW,
    steps=(
        Step("accept", "审核通过", REVIEW, "核对落实情况和证明材料。", "已审核通过。", second_person=True),
        Step("send_back", "退回补正", REVIEW, "写明需要补正的内容。", "已退回。", second_person=True),
        Step("resubmit", "重新报送", HANDLE, "按退回意见补正后重新报送。", "已重新报送。"),
        Step("withdraw", "撤回", HANDLE, "写明撤回的原因。", "已撤回。", serious=True),
    ),
    works=(
        Work("任务落实情况，待审核", E.SUBMITTED, "accept", 80, "info"),
        Work("任务落实情况，待补正", E.RETURNED, "resubmit", 81),
    ),
)


class CheckState(StrEnum):
    """Where a spot check stands."""

    DRAWN = "drawn"
    INSPECTED = "inspected"
    SETTLED = "settled"


class Result(StrEnum):
    """What a spot check came to."""

    TRUE = "true"
    UNTRUE = "untrue"


RESULT_LABELS = {Result.TRUE: "属实", Result.UNTRUE: "不实"}
C = CheckState
SPOT_CHECK = Procedure(
    slug="spot-check",
    label="任务落实抽查",
    audit="assessment.spot_check",
    own="assessment.SpotCheckCase",
    number="抽查〔{year}〕{n:05d}号",
    article=ARTICLE,
    begins=C.DRAWN,
    labels={C.DRAWN: "待核查", C.INSPECTED: "待确认", C.SETTLED: "已确认"},
    tones={C.DRAWN: "info", C.INSPECTED: "warn", C.SETTLED: "good"},
    moves={
        (C.DRAWN, "inspect"): C.INSPECTED,
        (C.INSPECTED, "confirm"): C.SETTLED,
        (C.INSPECTED, "deny"): C.DRAWN,
    },
    closed=frozenset({C.SETTLED}),
    view=VIEW,
    steps=(
        Step("inspect", "登记核查", REVIEW, "对照证明材料实地或者书面核查，写明情况。", "已登记，请由另一人确认。"),
        Step(
            "confirm",
            "确认抽查结果",
            REVIEW,
            "确认不实的，原落实情况不再计为完成。",
            "已确认。",
            second_person=True,
            serious=True,
        ),
        Step("deny", "退回核查", REVIEW, "写明需要重新核查的内容。", "已退回。", second_person=True),
    ),
    works=(
        Work("任务落实抽查，待核查", C.DRAWN, "inspect", 82),
        Work("任务落实抽查，待确认", C.INSPECTED, "confirm", 83),
    ),
)


def against_evidence(
    text: str, *, done_on: date, for_due: date | None, link: str, timing: Timing, on: date
) -> Iterable[Finding]:
    """What stands against a piece of evidence: no text, a day in the future, an answer to a day that is none of the assignment's, a strange link."""
    yield from required(text, "text", "请写明落实情况。", rule="evidence.text", most=3000)
    if done_on > on:
        yield at_field("evidence.future", "done_on", "完成日期不得晚于今天。")
    if for_due is not None and for_due not in due_days(timing, timing.starts_on, on + timedelta(days=366)):
        yield at_field("evidence.due", "for_due", "该日期不是这项任务的期限。", mend="请从任务页面选择期限。")
    if link and not link.startswith(("https://", "http://")):
        yield at_field("evidence.link", "link", "公开网址应以 https:// 或者 http:// 开头。")


class ContactKind(StrEnum):
    """Who is named (组织实施第1项)."""

    LEADER = "leader"
    STAFF = "staff"


CONTACT_LABELS = {ContactKind.LEADER: "分管领导", ContactKind.STAFF: "专职工作人员"}


class DocumentState(StrEnum):
    """Where a document of a department's list stands (组织实施第2项)."""

    PLANNED = "planned"
    ISSUED = "issued"
    REPEALED = "repealed"


DOCUMENT_LABELS = {
    DocumentState.PLANNED: "拟制定",
    DocumentState.ISSUED: "已印发",
    DocumentState.REPEALED: "已废止",
}
DOCUMENT_TONES = {DocumentState.PLANNED: "info", DocumentState.ISSUED: "good", DocumentState.REPEALED: "neutral"}
