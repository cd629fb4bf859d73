"""A rule and its versions: states, moves, and what must hold before it speaks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from credit_platform import moves
from credit_platform.errors import Finding, at_field, required
from credit_platform.workdays.rules.months import add_months
from supervision.alerts.rules import ARTICLE

RULES_VIEW, DRAFT, ACTIVATE = "alerts.rules.view", "alerts.rules.draft", "alerts.rules.activate"
REVIEW_MONTHS = 12
"""How long a rule speaks before its owner must renew it."""
LONGEST_WINDOW, MOST = 3660, 10_000


class RuleState(StrEnum):
    """Where a version of a rule stands."""

    DRAFT = "draft"
    BACKTESTED = "backtested"
    SHADOW = "shadow"
    ACTIVE = "active"
    PAUSED = "paused"
    RETIRED = "retired"


class Receiver(StrEnum):
    """Who gets a rule's alerts."""

    SOURCE = "source"
    OFFICE = "office"
    NAMED = "named"


RULE_LABELS = {
    RuleState.DRAFT: "草拟",
    RuleState.BACKTESTED: "已回测",
    RuleState.SHADOW: "试运行",
    RuleState.ACTIVE: "运行中",
    RuleState.PAUSED: "已停用",
    RuleState.RETIRED: "已废止",
}
RULE_TONES = {
    RuleState.DRAFT: "neutral",
    RuleState.BACKTESTED: "info",
    RuleState.SHADOW: "info",
    RuleState.ACTIVE: "good",
    RuleState.PAUSED: "warn",
    RuleState.RETIRED: "neutral",
}
RECEIVER_LABELS = {
    Receiver.SOURCE: "提供最近一条依据信息的单位",
    Receiver.OFFICE: "市信用办",
    Receiver.NAMED: "指定单位",
}
S = RuleState
RULE_MOVES: dict[tuple[RuleState, str], RuleState] = {
    (S.DRAFT, "backtest"): S.BACKTESTED,
    **{(state, "backtest"): state for state in (S.BACKTESTED, S.SHADOW, S.ACTIVE, S.PAUSED)},
    (S.BACKTESTED, "shadow"): S.SHADOW,
    (S.SHADOW, "activate"): S.ACTIVE,
    (S.PAUSED, "activate"): S.ACTIVE,
    (S.ACTIVE, "pause"): S.PAUSED,
    (S.SHADOW, "pause"): S.PAUSED,
    (S.ACTIVE, "renew"): S.ACTIVE,
    **{(state, "retire"): S.RETIRED for state in (S.DRAFT, S.BACKTESTED, S.SHADOW, S.ACTIVE, S.PAUSED)},
}


class BacktestState(StrEnum):
    """Where a back-test stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


BACKTEST_LABELS = {
    BacktestState.WAITING: "等待回测",
    BacktestState.RUNNING: "回测中",
    BacktestState.DONE: "回测完毕",
    BacktestState.CANCELLED: "已取消",
    BacktestState.FAILED: "未能完成",
}
BACKTEST_TONES = {
    BacktestState.WAITING: "info",
    BacktestState.RUNNING: "info",
    BacktestState.DONE: "good",
    BacktestState.CANCELLED: "neutral",
    BacktestState.FAILED: "serious",
}
B = BacktestState
BACKTEST_MOVES: dict[tuple[BacktestState, str], BacktestState] = {
    (B.WAITING, "start"): B.RUNNING,
    (B.RUNNING, "start"): B.RUNNING,  # taken up again after its worker died
    (B.RUNNING, "finish"): B.DONE,
    (B.RUNNING, "fail"): B.FAILED,
    (B.WAITING, "fail"): B.FAILED,
    (B.WAITING, "cancel"): B.CANCELLED,
    (B.RUNNING, "cancel"): B.CANCELLED,
}
BACKTESTS_OPEN = (B.WAITING, B.RUNNING)


def next_rule_state(state: str, verb: str) -> RuleState:
    """The state of a rule after a verb; Conflict when there is no such move."""
    return moves.next_state(RULE_MOVES, RULE_LABELS, RuleState(state), verb, code="alert_rule.state", what="预警规则")


def next_backtest_state(state: str, verb: str) -> BacktestState:
    """The state of a back-test after a verb; Conflict when there is no such move."""
    return moves.next_state(
        BACKTEST_MOVES, BACKTEST_LABELS, BacktestState(state), verb, code="backtest.state", what="回测"
    )


def renewed_until(on: date) -> date:
    """The last day until which a rule speaks that was activated or renewed on a day."""
    return add_months(on, REVIEW_MONTHS)


def against_numbers(numbers: Mapping[str, int]) -> Iterable[Finding]:
    """What stands against the numbers of a version: a threshold below one, a clear threshold that is not below it, a window, days or a share
    out of bounds."""
    for name, label in (("threshold", "触发值"), ("false_least", "停用所需办结件数")):
        if not 1 <= numbers[name] <= MOST:
            yield at_field(f"alert_rule.{name}", name, f"{label}应为1至{MOST}的整数。")
    if not 0 <= numbers["clear_threshold"] < numbers["threshold"]:
        yield at_field("alert_rule.clear", "clear_threshold", "解除值应小于触发值，不小于0。")
    if not 1 <= numbers["window_days"] <= LONGEST_WINDOW:
        yield at_field("alert_rule.window", "window_days", f"观察期应为1至{LONGEST_WINDOW}天。")
    for name, label in (("ack_days", "签收时限"), ("handle_days", "处置时限"), ("weekly_budget", "每人每周件数")):
        if not 1 <= numbers[name] <= 250:
            yield at_field(f"alert_rule.{name}", name, f"{label}应为1至250。")
    if not 0 <= numbers["cooldown_days"] <= LONGEST_WINDOW:
        yield at_field("alert_rule.cooldown", "cooldown_days", f"静默期应为0至{LONGEST_WINDOW}天。")
    if not 1 <= numbers["horizon_days"] <= LONGEST_WINDOW:
        yield at_field("alert_rule.horizon", "horizon_days", f"验证期应为1至{LONGEST_WINDOW}天。")
    if not 1 <= numbers["false_share"] <= 100:
        yield at_field("alert_rule.false_share", "false_share", "误报占比应为1至100。")


def against_words(name: str, advice: str, basis: str) -> Iterable[Finding]:
    """Every alert says what to do next, and every number where it comes from."""
    yield from required(name, "name", "请填写规则名称。", rule="alert_rule.name", most=100)
    yield from required(advice, "advice", "请写明收到预警后怎样核实处置。", rule="alert_rule.advice", most=500)
    yield from required(basis, "basis", "请写明参数依据。", rule="alert_rule.basis", most=300)


def against_activation(missing: Sequence[str], *, backtested: bool) -> Iterable[Finding]:
    """What stands against a rule that is to speak: data that nobody has registered, no back-test of this very version."""
    if missing:
        words = f"该规则所需的数据标准尚未登记：{'、'.join(missing)}。"
        yield at_field("alert_rule.standard", "rule", words, mend="登记数据标准并归集数据后再启用。", article=ARTICLE)
    if not backtested:
        yield at_field("alert_rule.backtest", "rule", "该版本还没有完成回测。", mend="请先回测，查看结果后再启用。")


def against_period(first: date, last: date, *, today: date) -> Iterable[Finding]:
    """A back-test looks at days that are over, in their order, two years at most."""
    if last >= today:
        yield at_field("backtest.last", "last", "回测截止日应早于今天。")
    if first > last:
        yield at_field("backtest.order", "first", "回测起始日不得晚于截止日。")
    if (last - first).days > 731:
        yield at_field("backtest.longest", "first", "一次最多回测两年。")
