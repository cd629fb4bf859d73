"""Pilots: six themes, states and steps, what a plan and a measured value must say (哈政办规〔2020〕12号 no. 38). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required
from credit_platform.labels import choices

ARTICLE = "哈政办规〔2020〕12号第38项"
VIEW, HANDLE, DECIDE = "pilots.view", "pilots.handle", "pilots.decide"
INDICATORS_MOST = 12


class Theme(StrEnum):
    """What may be tried out (no. 38)."""

    COMMITMENT = "commitment"
    REPAIR = "repair"
    JOINT = "joint"
    PLUS = "plus"
    PERSONAL = "personal"
    DATA = "data"


THEME_LABELS = {
    Theme.COMMITMENT: "信用承诺",
    Theme.REPAIR: "信用修复",
    Theme.JOINT: "联合奖惩",
    Theme.PLUS: "“信用+”",
    Theme.PERSONAL: "个人信用应用场景",
    Theme.DATA: "大数据开发利用",
}
THEME_CHOICES = choices(THEME_LABELS)


class PilotState(StrEnum):
    """Where a pilot stands."""

    PROPOSED = "proposed"
    RUNNING = "running"
    SUMMARISED = "summarised"
    SPREAD = "spread"
    DENIED = "denied"
    TERMINATED = "terminated"


S = PilotState
SHOWN = (S.RUNNING.value, S.SUMMARISED.value, S.SPREAD.value, S.TERMINATED.value)
"""States in which the public reads a pilot."""
PILOT = Procedure(
    slug="pilot",
    label="试点示范",
    audit="pilots",
    own="industry.PilotCase",
    number="试点〔{year}〕{n:03d}号",
    article=ARTICLE,
    begins=S.PROPOSED,
    labels={
        S.PROPOSED: "申报中",
        S.RUNNING: "实施中",
        S.SUMMARISED: "已总结",
        S.SPREAD: "已推广",
        S.DENIED: "不予同意",
        S.TERMINATED: "已终止",
    },
    tones={
        S.PROPOSED: "warn",
        S.RUNNING: "info",
        S.SUMMARISED: "good",
        S.SPREAD: "good",
        S.DENIED: "neutral",
        S.TERMINATED: "neutral",
    },
    moves={
        (S.PROPOSED, "agree"): S.RUNNING,
        (S.PROPOSED, "deny"): S.DENIED,
        (S.RUNNING, "measure"): S.RUNNING,
        (S.RUNNING, "summarise"): S.SUMMARISED,
        (S.SUMMARISED, "spread"): S.SPREAD,
        (S.RUNNING, "terminate"): S.TERMINATED,
        (S.SUMMARISED, "terminate"): S.TERMINATED,
    },
    closed=frozenset({S.SPREAD, S.DENIED, S.TERMINATED}),
    view=VIEW,
    steps=(
        Step("agree", "同意试点", DECIDE, "核对方案、指标和基线。同意后公开。", "已同意。", second_person=True),
        Step("deny", "不予同意", DECIDE, "写明理由。", "已答复。", second_person=True),
        Step("measure", "登记指标值", HANDLE, "登记一项指标的实际值和证明材料；登记后不能更改。", "已登记。"),
        Step("summarise", "总结", HANDLE, "写明成效、不足和可以借鉴的做法，对外公开。", "已总结。"),
        Step("spread", "推广", DECIDE, "写明在哪里、怎样推广。", "已推广。", second_person=True),
        Step("terminate", "终止", DECIDE, "写明终止的原因，对外公开。", "已终止。", second_person=True, serious=True),
    ),
    works=(
        Work("试点申报，待同意", S.PROPOSED, "agree", 97),
        Work("试点已总结，待推广", S.SUMMARISED, "spread", 98, "info"),
    ),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """An indicator of a plan: what is measured, in which unit, from where to where."""

    name: str
    unit: str
    baseline: Decimal
    target: Decimal


def read_indicators(text: str) -> tuple[list[Planned], list[Finding]]:
    """Indicators from lines “name, unit, baseline, target”, and what stands against them at the field `indicators`."""
    found, wrong = [], []
    lines = [line for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.replace("，", ",").split(",")]
        try:
            name, unit, baseline, target = cells
            row = Planned(name, unit, Decimal(baseline), Decimal(target))
        except (ValueError, InvalidOperation):
            wrong.append(_at_indicators(f"第{place}行应为“指标,单位,基线值,目标值”，数值写阿拉伯数字。"))
            continue
        if not row.name or not row.baseline.is_finite() or not row.target.is_finite():
            wrong.append(_at_indicators(f"第{place}行没有指标名称，或者数值不是数。"))
        elif row.baseline == row.target:
            wrong.append(_at_indicators(f"第{place}行的目标值与基线值相同。"))
        else:
            found.append(row)
    if not lines:
        wrong.append(_at_indicators("请至少写一项指标。"))
    if len(lines) > INDICATORS_MOST:
        wrong.append(_at_indicators(f"指标不超过{INDICATORS_MOST}项。"))
    names = [row.name for row in found]
    if len(set(names)) < len(names):
        wrong.append(_at_indicators("有两项指标同名。"))
    return found, wrong


def against_plan(title: str, plan: str, theme: str, safeguards: str, days: Sequence[date]) -> Iterable[Finding]:
    """What stands against a proposal. `days`: begin and end. A pilot of personal credit says how people consent, leave and are not worse off."""
    yield from required(title, "title", "请填写名称。", rule="pilots.title", most=100)
    yield from required(plan, "plan", "请填写试点方案。", rule="pilots.plan", most=5000)
    begins, ends = days
    if ends <= begins:
        yield at_field("pilots.days", "ends_on", "结束日期应晚于开始日期。")
    if theme == Theme.PERSONAL and not safeguards.strip():
        words = "个人信用试点须写明怎样征得本人同意、怎样退出，以及不参加的人不受不利影响。"
        yield at_field("pilots.safeguards", "safeguards", words, article=ARTICLE)


def reached(baseline: Decimal, target: Decimal, value: Decimal) -> int:
    """How far a value came from the baseline to the target, in whole percent, rounded down; below 0 it moved away."""
    return int(((value - baseline) * 100 / (target - baseline)).to_integral_value(rounding="ROUND_FLOOR"))


def plain(value: Decimal) -> str:
    """A number as it is read: 10, 5.25; no zeros at its end, never 1E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _at_indicators(text: str) -> Finding:
    return at_field("pilots.indicators", "indicators", text)
