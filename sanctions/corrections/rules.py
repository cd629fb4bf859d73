"""整改 and 约谈: states and steps, what an order must say, when a talk may be called, and which one it is (哈政办规〔2020〕12号 no. 20). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from casework.rules import steps
from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.days import chinese
from credit_platform.workdays.rules.months import add_months

ARTICLE = "哈政办规〔2020〕12号第20项"
HANDLE, DECIDE, RESPOND = "sanctions.correction.handle", "sanctions.correction.decide", "sanctions.correction.respond"
DAYS = 15
LONGEST_DAYS = 60
"""Working days to correct: what is proposed, and the most."""
AGAIN_MONTHS = 12
"""Months within which a second talk is a warning."""
KINDS = ("penalty", "list-entry", "list-abnormal", "commitment-breach")
"""Kinds of records that say that something is to be corrected."""


class CorrectionState(StrEnum):
    """Where a case stands."""

    DRAFTED = "drafted"
    ORDERED = "ordered"
    SERVED = "served"
    CORRECTED = "corrected"
    FAILING = "failing"
    INVITED = "invited"
    INTERVIEWED = "interviewed"
    SETTLED = "settled"
    UNSETTLED = "unsettled"
    DISMISSED = "dismissed"
    ANNULLED = "annulled"


class Talk(StrEnum):
    """Which talk it is."""

    REMIND = "remind"
    WARN = "warn"


TALK_LABELS = {Talk.REMIND: "提示约谈", Talk.WARN: "警示约谈"}
S = CorrectionState
MOVES: dict[tuple[str, str], str] = {
    (S.DRAFTED, "order"): S.ORDERED,
    (S.ORDERED, "serve"): S.SERVED,
    (S.SERVED, "respond"): S.SERVED,
    (S.SERVED, "pass"): S.CORRECTED,
    (S.FAILING, "pass"): S.CORRECTED,
    (S.SERVED, "fail"): S.FAILING,
    (S.FAILING, "invite"): S.INVITED,
    (S.INVITED, "interview"): S.INTERVIEWED,
    (S.INVITED, "absent"): S.FAILING,
    (S.INTERVIEWED, "settle"): S.SETTLED,
    (S.INTERVIEWED, "persist"): S.UNSETTLED,
    **{(state, "dismiss"): S.DISMISSED for state in (S.DRAFTED, S.ORDERED, S.SERVED, S.FAILING)},
    **{(state, "annul"): S.ANNULLED for state in (S.INTERVIEWED, S.SETTLED, S.UNSETTLED)},
}

CORRECTION = Procedure(
    slug="correction",
    label="整改和约谈",
    audit="sanctions.correction",
    own="sanctions.CorrectionCase",
    number="整改〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.DRAFTED,
    labels={
        S.DRAFTED: "拟责令整改",
        S.ORDERED: "待送达",
        S.SERVED: "整改中",
        S.CORRECTED: "整改到位",
        S.FAILING: "整改未到位",
        S.INVITED: "已通知约谈",
        S.INTERVIEWED: "已约谈",
        S.SETTLED: "约谈后整改到位",
        S.UNSETTLED: "约谈后仍未整改",
        S.DISMISSED: "不予整改",
        S.ANNULLED: "已撤销",
    },
    tones={
        S.DRAFTED: "info",
        S.ORDERED: "info",
        S.SERVED: "warn",
        S.CORRECTED: "good",
        S.FAILING: "serious",
        S.INVITED: "warn",
        S.INTERVIEWED: "warn",
        S.SETTLED: "good",
        S.UNSETTLED: "serious",
        S.DISMISSED: "neutral",
        S.ANNULLED: "neutral",
    },
    moves=MOVES,
    closed=frozenset({S.CORRECTED, S.SETTLED, S.UNSETTLED, S.DISMISSED, S.ANNULLED}),
    view="sanctions.view",
    shown_to_subject=frozenset(
        {S.SERVED, S.CORRECTED, S.FAILING, S.INVITED, S.INTERVIEWED, S.SETTLED, S.UNSETTLED}
    ),
    respond="respond",
    steps=(
        Step(
            "order",
            "责令整改",
            DECIDE,
            "写明要整改什么、期限多少个工作日、怎样复查。由提出人以外的审核员签发。",
            "已签发，请送达。",
            second_person=True,
        ),
        steps.serving(HANDLE, "整改期限自送达次日起计算。"),
        Step("respond", "报告整改情况", RESPOND),
        Step("pass", "复查：整改到位", HANDLE, "复查确认已经整改的，写明复查情况后结案。", "已结案：整改到位。"),
        Step("fail", "复查：未到位", HANDLE, "整改期限届满后复查，仍未整改到位的，写明查到的情况。", "已登记，可以通知约谈。"),
        Step(
            "invite",
            "通知约谈",
            DECIDE,
            "提示约谈或者警示约谈由平台按情形确定。由提出人以外的审核员签发约谈通知。",
            "已通知约谈，请按时约谈并登记笔录。",
            second_person=True,
        ),
        Step("interview", "登记约谈", HANDLE, "登记到场人员、约谈笔录和承诺整改的期限。登记后约谈记录即时入库。", "已登记约谈并入库。"),
        Step("absent", "登记未到场", HANDLE, "被约谈人没有到场的，登记情况，可以再次通知。", "已登记未到场。"),
        Step("settle", "复查：已整改", HANDLE, "按承诺整改到位的，写明复查情况后结案。", "已结案：约谈后整改到位。"),
        Step("persist", "复查：仍未整改", HANDLE, "承诺期限届满后仍未整改的，写明情况和拟移送的程序后结案。", "已结案：约谈后仍未整改。"),
        steps.dismissing(DECIDE, "不予整改", "不需要整改"),
        Step(
            "annul",
            "撤销约谈",
            DECIDE,
            "撤销后约谈记录移出信用记录，不能恢复。",
            "已撤销约谈。",
            second_person=True,
            serious=True,
        ),
    ),
    works=(
        Work("拟责令整改，待签发", S.DRAFTED, "order", 46),
        Work("责令整改，待送达", S.ORDERED, "serve", 47),
        Work("整改期限内，待复查", S.SERVED, "pass", 48),
        Work("整改未到位，待通知约谈", S.FAILING, "invite", 49, "serious"),
        Work("已通知约谈，待登记", S.INVITED, "interview", 50),
        Work("已约谈，待复查", S.INTERVIEWED, "settle", 51),
    ),
)  # fmt: skip


def talk_of(*, on_serious_list: bool, last_talk_on: date | None, on: date) -> Talk:
    """Which talk is called: a warning for who stands on a serious list, or was talked to within AGAIN_MONTHS months; else a reminder."""
    again = last_talk_on is not None and on <= add_months(last_talk_on, AGAIN_MONTHS)
    return Talk.WARN if on_serious_list or again else Talk.REMIND


def against_opening(kind: str, *, has_code: bool, facts: str, demands: str) -> Iterable[Finding]:
    """What stands against a case: a record that says nothing of correcting, a natural person, no facts, nothing to correct."""
    if kind not in KINDS:
        words = "只能就行政处罚、名单列入和违背承诺的信息责令整改。"
        yield at_field("correction.kind", "facts", words, article=ARTICLE)
    if not has_code:
        yield at_field(
            "correction.subject", "facts", "督促整改和约谈的对象是市场主体，不适用于自然人。", article=ARTICLE
        )
    yield from required(facts, "facts", "请写明需要整改的问题。", rule="correction.facts", most=2000)
    yield from required(demands, "demands", "请写明整改要求和复查办法。", rule="correction.demands", most=2000)


def against_days(days: int) -> Iterable[Finding]:
    """A time to correct of no day, or of more than LONGEST_DAYS working days."""
    if not 1 <= days <= LONGEST_DAYS:
        yield at_field("correction.days", "days", f"整改期限应为1至{LONGEST_DAYS}个工作日。", article=ARTICLE)


def against_failing(until: date | None, on: date) -> Iterable[Finding]:
    """Nobody has failed to correct before the last day is over, that day included."""
    if until is not None and on <= until:
        yield at_field(
            "correction.early", "on", f"整改期限至{chinese(until)}，尚未届满，不能认定整改未到位。", article=ARTICLE
        )


def against_talk_day(talk_on: date, *, invited_on: date) -> Iterable[Finding]:
    """A talk is not before the invitation to it."""
    if talk_on < invited_on:
        yield at_field("correction.talk-day", "talk_on", "约谈日期不得早于通知日期。", article=ARTICLE)


def order_text(*, subject: str, found: str, facts: str, demands: str, days: int) -> str:
    """The draft of the order (责令整改通知书)."""
    return (
        f"{subject}：\n"
        f"本机关于{found}。经查，你单位存在下列问题：\n{facts.strip()}\n"
        f"现要求你单位自收到本通知书次日起{days}个工作日内完成下列整改：\n{demands.strip()}\n"
        "整改完成后请向本机关报告，本机关将进行复查。逾期未整改到位的，本机关将依法启动提示约谈或者警示约谈，"
        f"约谈记录记入信用记录（{ARTICLE}）。\n"
        "你单位对上述要求有异议的，可以在整改期限内向本机关陈述、申辩。"
    )
