"""Agencies: what they are, states of a registration and of a strike, when one is current, what stands against a call. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules import steps
from casework.rules.procedures import Procedure, Step, Work
from credit_platform import moves
from credit_platform.errors import Finding, at_field, required
from credit_platform.labels import choices
from credit_platform.workdays.rules import add_months

ARTICLE = "哈政办规〔2020〕12号第37项"
APPLY, VIEW, HANDLE, DECIDE = "agencies.apply", "agencies.view", "agencies.handle", "agencies.decide"
READ, RESPOND = "agencies.read", "agencies.respond"
PURPOSE = "agency"
"""The code of the purpose of the list under which agencies read."""
CONFIRM_MONTHS, CONFIRM_FROM_DAYS, QUOTA = 12, 30, 200
"""Months until a registration is confirmed again, calendar days before that from which it may be; calls of a day where nobody set another number."""


class Kind(StrEnum):
    """Kinds of agencies (no. 37)."""

    REPORTING = "reporting"
    RATING = "rating"
    INSURANCE = "insurance"
    GUARANTEE = "guarantee"
    PERFORMANCE = "performance"
    CONSULTING = "consulting"


class Field(StrEnum):
    """Fields of co-operation (no. 37)."""

    GATHERING = "gathering"
    SHARING = "sharing"
    ANALYSIS = "analysis"
    WARNING = "warning"
    VERIFICATION = "verification"
    TRACKING = "tracking"


class State(StrEnum):
    """Where a registration stands."""

    APPLIED = "applied"
    VERIFIED = "verified"
    RETURNED = "returned"
    REGISTERED = "registered"
    LEFT = "left"
    STRUCK = "struck"


class Ground(StrEnum):
    """Why an agency is struck."""

    UNTRUE = "untrue"
    LEAK = "leak"
    BEYOND = "beyond"
    SOLD = "sold"


KIND_LABELS = {
    Kind.REPORTING: "征信",
    Kind.RATING: "信用评级",
    Kind.INSURANCE: "信用保险",
    Kind.GUARANTEE: "信用担保",
    Kind.PERFORMANCE: "履约担保",
    Kind.CONSULTING: "信用管理咨询及培训",
}
FIELD_LABELS = {
    Field.GATHERING: "信用记录归集",
    Field.SHARING: "信用信息共享",
    Field.ANALYSIS: "大数据分析",
    Field.WARNING: "风险预警",
    Field.VERIFICATION: "失信案例核查",
    Field.TRACKING: "失信行为跟踪监测",
}
LABELS = {
    State.APPLIED: "待核对",
    State.VERIFIED: "待登记",
    State.RETURNED: "已退回",
    State.REGISTERED: "已登记",
    State.LEFT: "已退出",
    State.STRUCK: "已取消登记",
}
TONES = {
    State.APPLIED: "info",
    State.VERIFIED: "info",
    State.RETURNED: "warn",
    State.REGISTERED: "good",
    State.LEFT: "neutral",
    State.STRUCK: "serious",
}
GROUND_LABELS = {
    Ground.UNTRUE: "登记信息虚假，或者出具虚假报告",
    Ground.LEAK: "泄露信用信息",
    Ground.BEYOND: "超出授权范围查询、使用",
    Ground.SOLD: "以信用修复为名收费",
}
STATE_CHOICES, KIND_CHOICES, FIELD_CHOICES = choices(LABELS), choices(KIND_LABELS), choices(FIELD_LABELS)
GROUND_CHOICES = choices(GROUND_LABELS)
FILED = {Kind.REPORTING: "企业征信机构备案", Kind.RATING: "信用评级机构备案"}
"""Filings without which a kind may not be declared (征信业管理条例 art. 10; 信用评级业管理暂行办法)."""

MOVES: dict[tuple[State, str], State] = {
    (State.APPLIED, "verify"): State.VERIFIED,
    (State.APPLIED, "return"): State.RETURNED,
    (State.VERIFIED, "return"): State.RETURNED,
    (State.RETURNED, "apply"): State.APPLIED,
    (State.VERIFIED, "register"): State.REGISTERED,
    (State.REGISTERED, "confirm"): State.REGISTERED,
    (State.REGISTERED, "leave"): State.LEFT,
    (State.REGISTERED, "strike"): State.STRUCK,
}


def next_state(state: State, verb: str) -> State:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, state, verb, code="agencies.state", what="登记")


def confirmed_until(on: date) -> date:
    """The last day on which a registration stands that was made or confirmed on a day."""
    return add_months(on, CONFIRM_MONTHS)


def is_current(state: str, until: date | None, on: date) -> bool:
    """Whether an agency is registered on a day: what nobody confirmed within the year has fallen silent."""
    return state == State.REGISTERED and until is not None and on <= until


def against_application(kinds: Sequence[str], fields: Sequence[str], filings: str, promise: bool) -> Iterable[Finding]:
    """What stands against an application: no kind, no field, a kind that needs a filing without one, no word that all is true."""
    if not kinds:
        yield at_field("agencies.kinds", "kinds", "请至少选择一种机构类型。")
    if not fields:
        yield at_field("agencies.fields", "fields_of_work", "请至少选择一个合作领域。")
    for kind, filing in FILED.items():
        if kind in kinds and not filings.strip():
            yield at_field("agencies.filings", "filings", f"{KIND_LABELS[kind]}机构须填写{filing}的机关和编号。")
    if not promise:
        yield at_field("agencies.promise", "promise", "请对登记信息的真实性作出承诺。")


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call before anything is read."""

    current: bool
    authorised: bool
    used: int
    quota: int


def against_call(call: Call) -> str:
    """Why a call is refused, in the order in which it is asked; "" when it is answered. `used` counts the calls of the day before it."""
    if not call.current:
        return "机构登记不在有效期内。"
    if call.used >= call.quota:
        return f"当日查询次数已达上限{call.quota}次。"
    if not call.authorised:
        return "该主体没有授权本机构查询，或者授权已经到期、撤回。"
    return ""


class StrikeState(StrEnum):
    """Where a strike stands."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    SERVED = "served"
    DETERMINED = "determined"
    DECIDED = "decided"
    DISMISSED = "dismissed"


S = StrikeState
STRIKE = Procedure(
    slug="agency-strike",
    label="取消机构登记",
    audit="agencies.strike",
    own="industry.StrikeCase",
    number="机构取消〔{year}〕{n:04d}号",
    article=ARTICLE,
    begins=S.PROPOSED,
    labels={
        S.PROPOSED: "已提出",
        S.NOTIFIED: "已告知",
        S.SERVED: "陈述申辩",
        S.DETERMINED: "已认定",
        S.DECIDED: "已取消登记",
        S.DISMISSED: "不予取消",
    },
    tones={
        S.PROPOSED: "info",
        S.NOTIFIED: "info",
        S.SERVED: "info",
        S.DETERMINED: "warn",
        S.DECIDED: "serious",
        S.DISMISSED: "neutral",
    },
    moves={
        (S.PROPOSED, "notify"): S.NOTIFIED,
        (S.NOTIFIED, "serve"): S.SERVED,
        (S.SERVED, "hear"): S.SERVED,
        (S.SERVED, "respond"): S.SERVED,
        (S.SERVED, "determine"): S.DETERMINED,
        (S.DETERMINED, "decide"): S.DECIDED,
        **{(state, "dismiss"): S.DISMISSED for state in (S.PROPOSED, S.NOTIFIED, S.SERVED, S.DETERMINED)},
    },
    closed=frozenset({S.DECIDED, S.DISMISSED}),
    view=VIEW,
    first_locks=("agency",),
    shown_to_subject=frozenset({S.SERVED, S.DETERMINED, S.DECIDED}),
    respond="respond",
    steps=(
        Step("notify", "告知", HANDLE, "告知机构事实、依据、拟取消登记和陈述申辩的权利。", "已告知，请在送达后登记。"),
        steps.serving(HANDLE),
        *steps.hearing(HANDLE, RESPOND),
        steps.determining(DECIDE),
        Step(
            "decide",
            "决定取消登记",
            DECIDE,
            "决定后机构不再列入名录，接口立即停用。取消登记不影响机构依法经营。",
            "已取消登记。",
            second_person=True,
            serious=True,
        ),
        steps.dismissing(DECIDE, "不予取消", "不属于应当取消登记的情形"),
    ),
    works=(
        Work("拟取消机构登记，待告知", S.PROPOSED, "notify", 90),
        Work("取消机构登记告知，待送达", S.NOTIFIED, "serve", 91),
        Work("取消机构登记，待认定", S.SERVED, "determine", 92),
        Work("取消机构登记，待决定", S.DETERMINED, "decide", 93),
    ),
)


def against_strike(facts: str, *, registered: bool) -> Iterable[Finding]:
    """What stands against proposing a strike: no facts, an agency that is not registered."""
    yield from required(facts, "facts", "请写明事实。", rule="agencies.facts", most=3000)
    if not registered:
        yield at_field("agencies.not-registered", "facts", "该机构没有登记，无须取消。")
