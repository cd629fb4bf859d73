"""督促更新: what follows when a recipient does not apply a change: reminder, order, pause of what it may take out, and how that ends. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from casework.rules.procedures import Ladder, Procedure, Step, Work
from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules.days import chinese
from deliveries.rules.deliveries import ARTICLE

ENFORCE, VIEW, SETTLE = "deliveries.enforce", "deliveries.view", "deliveries.settle"


class EnforcementState(StrEnum):
    """Where a case stands."""

    REMINDED = "reminded"
    ORDERED = "ordered"
    PAUSED = "paused"
    RESUMING = "resuming"
    RESUMED = "resumed"
    SETTLED = "settled"


S = EnforcementState
MOVES: dict[tuple[str, str], str] = {
    (S.REMINDED, "order"): S.ORDERED,
    (S.ORDERED, "pause"): S.PAUSED,
    (S.PAUSED, "apply"): S.RESUMING,
    (S.RESUMING, "resume"): S.RESUMED,
    (S.RESUMING, "deny"): S.PAUSED,
    (S.REMINDED, "settle"): S.SETTLED,
    (S.ORDERED, "settle"): S.SETTLED,
}
ENFORCEMENT = Procedure(
    slug="delivery",
    label="督促更新",
    audit="deliveries.case",
    own="deliveries.DeliveryCase",
    number="督更〔{year}〕{n:06d}号",
    article=ARTICLE,
    begins=S.REMINDED,
    labels={
        S.REMINDED: "已提醒",
        S.ORDERED: "已责令更新",
        S.PAUSED: "已暂停共享",
        S.RESUMING: "待核准恢复",
        S.RESUMED: "已恢复共享",
        S.SETTLED: "已更新",
    },
    tones={
        S.REMINDED: "warn",
        S.ORDERED: "serious",
        S.PAUSED: "serious",
        S.RESUMING: "warn",
        S.RESUMED: "good",
        S.SETTLED: "good",
    },
    moves=MOVES,
    closed=frozenset({S.RESUMED, S.SETTLED}),
    view=VIEW,
    ladder=Ladder(before=(1,), head=3, office=5),
    steps=(
        Step("order", "责令更新", ENFORCE, "提醒的期限届满仍未更新的，责令在期限内更新。", "已责令更新，接收单位将收到通知。"),
        Step(
            "pause",
            "暂停共享",
            ENFORCE,
            "责令的期限届满仍未更新的，由责令人以外的人员决定暂停共享。暂停的是查询、核查和读取，不影响该单位报送信息和读取变更流。",
            "已暂停共享，接收单位将收到通知。",
            second_person=True,
            serious=True,
        ),
        Step("apply", "提请恢复", ENFORCE, "接收单位全部更新后，核对回执，提请恢复共享。由另一人核准。", "已提请，请由另一人核准。"),
        Step("resume", "核准恢复", ENFORCE, "核准后共享立即恢复。", "已恢复共享，接收单位将收到通知。"),
        Step("deny", "不予恢复", ENFORCE, "写明还需要做什么。", "已退回，共享仍然暂停。"),
        Step("settle", "更新完毕", SETTLE),
    ),
    works=(
        Work("提醒期满未更新，待责令", S.REMINDED, "order", 40),
        Work("责令期满未更新，待暂停共享", S.ORDERED, "pause", 41, "serious"),
        Work("待核准恢复共享", S.RESUMING, "resume", 42),
    ),
)  # fmt: skip


def against_haste(due_on: date | None, on: date) -> Iterable[Finding]:
    """Nothing harder follows before the days of the step before are over, the last one included."""
    if due_on is not None and on <= due_on:
        words = f"给接收单位的期限至{chinese(due_on)}，尚未届满。"
        yield at_field("delivery.early", "on", words, article=ARTICLE)


def against_pausing(*, has_key: bool, late: int) -> Iterable[Finding]:
    """Only a key can be paused, and only of who is late."""
    if not has_key:
        yield at_field("delivery.no-key", "document_number", "该接收单位没有接口密钥，请以督办方式办理。")
    if not late:
        yield at_field("delivery.current", "document_number", "该接收单位已没有逾期未更新的信息，不能暂停共享。")


def against_resuming(late: int) -> Iterable[Finding]:
    """Nothing is resumed while something is late."""
    if late:
        words = f"该接收单位还有 {late} 条逾期未更新，全部回执后才能恢复。"
        yield at_field("delivery.late", "reason", words, article=ARTICLE)


def reminder(late: int, oldest: date) -> str:
    """What a recipient is told when it is late."""
    return (
        f"你单位有 {late} 条信用信息的变更超过期限未回执，最早的应于{chinese(oldest)}前更新。"
        f"请立即停止展示和使用已终止公示的信息并回执（{ARTICLE}）。"
    )
