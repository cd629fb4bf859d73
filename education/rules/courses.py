"""Courses in versions: for whom, states and moves, and what stands against publishing one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from credit_platform import moves
from credit_platform.errors import Finding, at_field
from credit_platform.labels import choices


class State(StrEnum):
    """Where a version of a course stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETIRED = "retired"


class Audience(StrEnum):
    """For whom a course is (哈政办规〔2020〕12号 nos. 5, 6, 31)."""

    MARKET = "market"
    GROUP = "group"
    REPAIR = "repair"


class Occasion(StrEnum):
    """When a market subject is offered a course (no. 5): an offer, never a condition."""

    REGISTRATION = "registration"
    APPROVAL = "approval"
    FILING = "filing"


LABELS = {State.DRAFT: "编写中", State.SUBMITTED: "待审核", State.PUBLISHED: "使用中", State.RETIRED: "已停用"}
TONES = {State.DRAFT: "neutral", State.SUBMITTED: "warn", State.PUBLISHED: "good", State.RETIRED: "neutral"}
AUDIENCE_LABELS = {Audience.MARKET: "市场主体", Audience.GROUP: "重点职业人群", Audience.REPAIR: "信用修复培训"}
OCCASION_LABELS = {Occasion.REGISTRATION: "注册登记", Occasion.APPROVAL: "行政审批", Occasion.FILING: "备案"}
STATE_CHOICES = choices(LABELS)
AUDIENCE_CHOICES = choices(AUDIENCE_LABELS)
OCCASION_CHOICES = choices(OCCASION_LABELS)

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "publish"): State.PUBLISHED,
    (State.SUBMITTED, "return"): State.DRAFT,
    (State.PUBLISHED, "retire"): State.RETIRED,
}

PASS_PERCENT = 80
"""Percent of the questions, where a course says nothing else."""
ATTEMPTS, PAUSE_HOURS = 3, 24
"""Attempts in a row, and hours of rest after the last of them."""
OPTIONS_LEAST, OPTIONS_MOST = 2, 8


def next_state(state: State, verb: str) -> State:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, state, verb, code="education.state", what="课程版本")


@dataclass(frozen=True, slots=True)
class Content:
    """What a version holds: numbers of lessons and questions, and how many questions a paper draws."""

    lessons: int
    questions: int
    drawn: int


def against_content(content: Content) -> Iterable[Finding]:
    """What is missing before a version may be read by somebody else: a lesson, and as many questions as a paper draws."""
    if content.lessons == 0:
        yield at_field("education.lessons", "lessons", "课程还没有课时。", mend="请至少添加一个课时。")
    if content.questions < content.drawn:
        text = f"题库有{content.questions}题，少于每卷抽取的{content.drawn}题。"
        yield at_field("education.questions", "questions", text, mend="请补充试题，或者减少每卷题数。")


def against_audience(audience: str, group: object, occasions: Sequence[str]) -> Iterable[Finding]:
    """A course for a key group names it, one for market subjects says when it is offered; neither has the other's."""
    if (audience == Audience.GROUP) != (group is not None):
        yield at_field("education.group", "group", "面向重点职业人群的课程须选择人群，其他课程不选。")
    if (audience == Audience.MARKET) != bool(occasions):
        yield at_field("education.occasions", "occasions", "面向市场主体的课程须选择提供环节，其他课程不选。")


def against_question(options: Sequence[str], right: Sequence[int]) -> Iterable[Finding]:
    """What stands against a question: two to eight different options, at least one of them right and one wrong. `right` counts from 1."""
    if not OPTIONS_LEAST <= len(options) <= OPTIONS_MOST:
        yield at_field("education.options", "options", f"选项应为{OPTIONS_LEAST}至{OPTIONS_MOST}个，一行一个。")
        return
    if len(set(options)) != len(options):
        yield at_field("education.options", "options", "有两个选项相同。", mend="请修改其中一个。")
    if not right or not all(1 <= each <= len(options) for each in right):
        yield at_field("education.right", "right", "正确选项的序号应在选项之内，例如“1”或者“1,3”。")
    elif len(set(right)) == len(options):
        yield at_field("education.right", "right", "不能所有选项都正确。", mend="请至少写一个错误选项。")
