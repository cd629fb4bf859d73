"""Events of the national system: states, findings, and what an event, an answer and a receipt must say. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

ARTICLE = "哈政办规〔2020〕12号第25项"
VIEW, RUN = "sanctions.national.view", "sanctions.national.run"
RECEIVE, VERIFY, APPROVE = "sanctions.national.receive", "sanctions.national.verify", "sanctions.national.approve"
SCOPE = "national.events"
MOST_EVENTS = 1000
"""Events of one delivery by the interface; a file may hold ten times as many."""
LONGEST = 2000
"""Characters of an account and of a statement."""


class EventState(StrEnum):
    """Where an event stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    VERIFIED = "verified"
    ANSWERED = "answered"
    DISPATCHED = "dispatched"
    CLOSED = "closed"


E = EventState
MOVES: dict[tuple[str, str], str] = {
    (E.RECEIVED, "assign"): E.ASSIGNED,
    (E.ASSIGNED, "verify"): E.VERIFIED,
    (E.VERIFIED, "approve"): E.ANSWERED,
    (E.ANSWERED, "dispatch"): E.DISPATCHED,
    (E.DISPATCHED, "acknowledge"): E.CLOSED,
    (E.ASSIGNED, "assign"): E.ASSIGNED,
    (E.ASSIGNED, "give_back"): E.RECEIVED,
    (E.VERIFIED, "send_back"): E.ASSIGNED,
    (E.DISPATCHED, "reject"): E.ASSIGNED,
}
EVENT = Procedure(
    slug="national-event",
    label="国家系统事件",
    audit="sanctions.national",
    own="sanctions.NationalEvent",
    number="国联核〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=E.RECEIVED,
    labels={
        E.RECEIVED: "待分办",
        E.ASSIGNED: "待核查",
        E.VERIFIED: "待审核",
        E.ANSWERED: "待上报",
        E.DISPATCHED: "已上报",
        E.CLOSED: "已办结",
    },
    tones={
        E.RECEIVED: "info",
        E.ASSIGNED: "info",
        E.VERIFIED: "info",
        E.ANSWERED: "info",
        E.DISPATCHED: "good",
        E.CLOSED: "neutral",
    },
    moves=MOVES,
    closed=frozenset({E.CLOSED}),
    view=VIEW,
    steps=(
        Step("assign", "分办", RUN, "分给能够核查的单位，按工作日计算核查期限。", "已分办。"),
        Step(
            "verify", "填写核查结果", VERIFY, "四种结果择一，写明核查经过，附证明材料。", "已提交，请本单位审核员审核。"
        ),
        Step("give_back", "退回市信用办", VERIFY, "不属于本单位职责的，写明理由退回。", "已退回。", serious=True),
        Step(
            "approve",
            "审核通过",
            APPROVE,
            "由核查人以外的审核员审核，通过后由市信用办上报。",
            "已审核，等待上报。",
            second_person=True,
        ),
        Step("send_back", "退回重新核查", APPROVE, "写明需要补充核查的内容。", "已退回。", second_person=True),
        Step("dispatch", "上报", RUN),
        Step("acknowledge", "登记回执", RUN),
        Step("reject", "登记退回回执", RUN),
    ),
    works=(
        Work("国家系统事件，待分办", E.RECEIVED, "assign", 46),
        Work("国家系统事件，待核查", E.ASSIGNED, "verify", 47),
        Work("国家系统事件，待审核", E.VERIFIED, "approve", 48),
        Work("国家系统事件，待上报", E.ANSWERED, "dispatch", 49),
    ),
)


class Stage(StrEnum):
    """What has days of its own."""

    ASSIGNING = "assigning"
    VERIFYING = "verifying"
    APPROVING = "approving"
    DISPATCHING = "dispatching"


STAGE_LABELS = {
    Stage.ASSIGNING: "分办",
    Stage.VERIFYING: "核查",
    Stage.APPROVING: "审核",
    Stage.DISPATCHING: "上报",
}
DAYS = {Stage.ASSIGNING: 2, Stage.VERIFYING: 10, Stage.APPROVING: 3, Stage.DISPATCHING: 2}
"""Working days of each stage where no row is in force (parameters: the plan says 及时)."""


class Result(StrEnum):
    """What was found."""

    TRUE = "true"
    UNTRUE = "untrue"
    ELSEWHERE = "elsewhere"
    REPAIRED = "repaired"


RESULT_LABELS = {
    Result.TRUE: "属实",
    Result.UNTRUE: "不属实",
    Result.ELSEWHERE: "非本市主体",
    Result.REPAIRED: "已修复",
}
CONTRADICTS = frozenset({Result.UNTRUE, Result.ELSEWHERE, Result.REPAIRED})
"""Findings that say something else than the event: with evidence."""


class EventKind(StrEnum):
    """What an event is about."""

    PUNISHMENT = "punishment"
    REWARD = "reward"


KIND_LABELS = {EventKind.PUNISHMENT: "失信惩戒", EventKind.REWARD: "守信激励"}


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """An event as a format read it; `id_number` is a person's, in clear only until it is sealed."""

    number: str
    kind: str
    subject_name: str
    account: str
    occurred_on: date | None = None
    subject_code: str = ""
    id_number: str = ""
    list_name: str = ""
    authority: str = ""
    answer_by: date | None = None


def against_event(event: ReceivedEvent, *, today: date) -> Iterable[Finding]:
    """What stands against an event as it came; it is refused alone, the others of its delivery are taken."""
    yield from required(event.number, "number", "缺少事件编号。", rule="event.number", most=64)
    yield from required(event.subject_name, "subject_name", "缺少主体名称。", rule="event.subject", most=200)
    yield from required(event.account, "account", "缺少事件内容。", rule="event.account", most=LONGEST)
    if event.kind not in {each.value for each in EventKind}:
        yield at_field("event.kind", "kind", "事件类别应为 punishment（失信惩戒）或 reward（守信激励）。")
    if not event.subject_code and not event.id_number:
        yield at_field("event.identity", "subject_code", "缺少统一社会信用代码（自然人为证件号码），仅凭名称不能匹配。")
    if event.subject_code and event.id_number:
        yield at_field("event.identity", "id_number", "统一社会信用代码和证件号码只填一个。")
    if event.occurred_on is not None and event.occurred_on > today:
        yield at_field("event.day", "occurred_on", "事件日期不得晚于今天。")


def against_answer(
    result: str, *, statement: str, files: int, settled_on: date | None, today: date
) -> Iterable[Finding]:
    """What stands against a finding: no account of the check, no evidence for what contradicts the event, no day of a repair."""
    yield from required(statement, "statement", "请写明核查经过和结论。", rule="event.statement", most=LONGEST)
    if result in CONTRADICTS and not files:
        words = f"核查结果为“{RESULT_LABELS[Result(result)]}”的，请上传证明材料。"
        yield at_field("event.evidence", "evidence", words)
    if result == Result.REPAIRED and (settled_on is None or settled_on > today):
        yield at_field("event.settled", "settled_on", "请填写修复日期，不得晚于今天。")
    if result != Result.REPAIRED and settled_on is not None:
        yield at_field("event.settled", "settled_on", "只有核查结果为“已修复”的才填写修复日期。")


class Arrival(StrEnum):
    """What became of an event of a delivery."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    LATE = "late"
    REFUSED = "refused"


ARRIVAL_LABELS = {
    Arrival.NEW: "新收到",
    Arrival.SAME: "无变化",
    Arrival.CHANGED: "内容已更新",
    Arrival.LATE: "已答复后又有变化",
    Arrival.REFUSED: "未接收",
}
ANSWERED = frozenset({E.ANSWERED, E.DISPATCHED, E.CLOSED})


def arrival(known_digest: str | None, digest: str, state: str) -> Arrival:
    """What an event of a number does: new, the same again, a change that is followed, or a change after the answer."""
    if known_digest is None:
        return Arrival.NEW
    if known_digest == digest:
        return Arrival.SAME
    return Arrival.LATE if state in ANSWERED else Arrival.CHANGED
