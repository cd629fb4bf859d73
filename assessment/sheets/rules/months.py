"""Months that are assessed: when one is over, what is counted in it, what came too late and goes into the next. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from credit_platform.errors import Finding, at_field


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that fell due: whose it is, which row it is ("disclosure:12"), whether it was met, and when the platform first knew of it
    (None: it cannot come late)."""

    department: int
    ref: str
    met: bool
    known_on: date | None = None


def last_day(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def next_month(first: date) -> date:
    """The first day of the month after."""
    return last_day(first) + timedelta(days=1)


def freezes_on(first: date, days: int) -> date:
    """The day from which a month may be frozen: `days` calendar days after its last."""
    return last_day(first) + timedelta(days=days)


def against_freezing(first: date, *, on: date, days: int, newest: date | None) -> Iterable[Finding]:
    """What stands against freezing the month that begins on `first`: it is not over by `days`, it is not the next one."""
    if first.day != 1:
        yield at_field("month.first", "first", "请选择一个月份。")
        return
    if on < freezes_on(first, days):
        words = f"该月的数字在{freezes_on(first, days):%Y-%m-%d}以后才能冻结。"
        yield at_field("month.early", "first", words, mend="请等当月期限全部届满、补报入库后再冻结。")
    if newest is not None and first != next_month(newest):
        words = f"上一次冻结的是{newest:%Y年%-m月}，请按月份先后冻结。"
        yield at_field("month.order", "first", words)


def counts_now(fact: Fact, frozen_on: date) -> bool:
    """Whether a fact of the month itself was known when the month was frozen."""
    return fact.known_on is None or fact.known_on <= frozen_on


def came_late(fact: Fact, before: date, frozen_on: date) -> bool:
    """Whether a fact of an earlier month goes into the one that is frozen on `frozen_on`: it became known after the month before was frozen
    (`before`), so that it goes into one month only."""
    return fact.known_on is not None and before < fact.known_on <= frozen_on
