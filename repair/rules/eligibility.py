"""“Can I repair, when, what is missing?”: what the days of an item mean for who asks on a day. Pure.

The first and the last day come from the rules that publish (`disclosure.rules.periods`, `sanctions.lists.rules`); nothing is guessed here: an item
whose class nobody stated is answered with “ask the authority that decided”.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from credit_platform.errors import Finding, at_field
from credit_platform.workdays.rules.days import chinese
from repair.rules.procedure import ARTICLE


class May(StrEnum):
    """The answer."""

    NOW = "now"
    LATER = "later"
    CORRECT = "correct"
    NEVER = "never"
    ASK = "ask"
    OVER = "over"
    HANDLED = "handled"
    BLOCKED = "blocked"
    REPAIRED = "repaired"


MAY_LABELS = {
    May.NOW: "可以申请",
    May.LATER: "还不到时间",
    May.CORRECT: "先纠正、履行",
    May.NEVER: "不能提前修复",
    May.ASK: "请询问认定单位",
    May.OVER: "不需要申请",
    May.HANDLED: "正在办理",
    May.BLOCKED: "暂不受理",
    May.REPAIRED: "已经修复",
}
MAY_TONES = {
    May.NOW: "good",
    May.LATER: "info",
    May.CORRECT: "warn",
    May.NEVER: "neutral",
    May.ASK: "warn",
    May.OVER: "neutral",
    May.HANDLED: "info",
    May.BLOCKED: "warn",
    May.REPAIRED: "good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the rules need to know of an item. `first_on`: the first day, were the duty performed by then; `performed_on`: when it was, where that
    is known or said; `last_on`: the last day shown (None: no end). `is_classed`: a rule was found for it. `from_performance`: the months run from the
    performance. `after_end`: it is shown past its last day until the duty is performed."""

    decided_on: date
    is_shown: bool = True
    is_repaired: bool = False
    is_classed: bool = True
    from_performance: bool = False
    after_end: bool = False
    first_on: date | None = None
    last_on: date | None = None
    performed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the item: the number of an application under way, until when the subject is blocked (the last day)."""

    handled: str = ""
    blocked_until: date | None = None


NOTHING = Around()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer with its days: the first on which an application is taken, the last on which the item is shown if nothing is done."""

    may: May
    words: str
    first_on: date | None = None
    last_on: date | None = None

    @property
    def label(self) -> str:
        return MAY_LABELS[self.may]

    @property
    def tone(self) -> str:
        return MAY_TONES[self.may]


def first_day(item: Item) -> date | None:
    """The first day on which an application is taken: not before the shortest period is over, nor before the duty is performed; None when
    there is none, also where it would lie after the last day (令第36号)."""
    if item.first_on is None:
        return None
    first = max(day for day in (item.first_on, item.performed_on) if day is not None)
    return None if item.last_on is not None and first > item.last_on and not item.after_end else first


def eligibility(item: Item, *, on: date, around: Around = NOTHING) -> Eligibility:
    """The answer for a day. Whether the duty is performed is for the application to prove; where nobody knows of it yet, the answer says so."""
    return _beside(item, on, around) or _by_days(item, on)


def _beside(item: Item, on: date, around: Around) -> Eligibility | None:
    """What answers before any day is looked at."""
    if item.is_repaired:
        return Eligibility(May.REPAIRED, "该信息已经修复，不再公示。")
    if not item.is_shown:
        return Eligibility(May.OVER, "该信息目前没有公示，不需要申请修复。")
    if item.last_on is not None and item.last_on < on and not item.after_end:
        return Eligibility(May.OVER, f"公示期已于{chinese(item.last_on)}届满，自动停止公示。", None, item.last_on)
    if around.handled:
        return Eligibility(May.HANDLED, f"修复申请正在办理，编号{around.handled}。", first_day(item), item.last_on)
    if around.blocked_until is not None and on <= around.blocked_until:
        words = f"该主体此前的修复因虚假材料或者违背承诺被撤销，{chinese(around.blocked_until)}以前不受理修复申请。"
        return Eligibility(May.BLOCKED, words, around.blocked_until + timedelta(days=1), item.last_on)
    return None


def _by_days(item: Item, on: date) -> Eligibility:
    if not item.is_classed:
        words = "失信严重程度没有认定，平台不作推断。请向认定单位询问类别和期限。"
        return Eligibility(May.ASK, words, None, item.last_on)
    if item.first_on is None and item.from_performance and item.performed_on is None:
        words = "期限自纠正、履行完毕之日起算。请先纠正失信行为、全部履行义务。"
        return Eligibility(May.CORRECT, words, None, item.last_on)
    first = first_day(item)
    if first is None:
        return Eligibility(May.NEVER, f"不能提前终止公示，{_until(item)}。", None, item.last_on)
    if on < first:
        words = f"最早可于{chinese(first)}申请。届时应当已纠正失信行为、全部履行义务。"
        return Eligibility(May.LATER, words, first, item.last_on)
    done = "义务已履行完毕的" if item.performed_on else "已纠正失信行为、全部履行义务的"
    return Eligibility(May.NOW, f"{done}，现在就可以申请。", first, item.last_on)


def _until(item: Item) -> str:
    return f"公示至{chinese(item.last_on)}自动停止" if item.last_on else "符合规定条件时由认定单位移出"


def may_apply(found: Eligibility, *, performed_on: date | None, decided_on: date, on: date) -> Iterable[Finding]:
    """What stands against an application on a day: the answer itself, with its first day (trap 34), and a day of performance that cannot be.

    `found` was asked with `performed_on` as the applicant says it.
    """
    if performed_on is None:
        yield at_field("repair.performed", "performed_on", "请填写纠正失信行为、全部履行义务的日期。", article=ARTICLE)
    elif not decided_on <= performed_on <= on:
        yield at_field("repair.performed", "performed_on", "履行完毕的日期应在决定（列入）日期与今天之间。")
    elif found.may is not May.NOW:
        yield at_field(f"repair.{found.may}", "performed_on", found.words, article=ARTICLE)
