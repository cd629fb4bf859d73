"""A day and a deadline, with the words that explain them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def chinese(day: date) -> str:
    """2026年11月23日"""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar: `why` says in Chinese why it is or is not a working day; `number` is its place in a count."""

    date: date
    is_workday: bool
    why: str
    provisional: bool
    number: int | None = None

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.date.weekday()]

    @property
    def text(self) -> str:
        """10月1日（星期四）：国庆节放假，不计"""
        counted = f"第{self.number}个工作日" if self.number else "不计"
        return f"{self.date.month}月{self.date.day}日（{self.weekday}）：{self.why}，{counted}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last of `count` working days after `start`, until 24:00 Beijing time.

    `provisional`: a day of a year without a notice was counted, so the date may still move. `steps` are all days from the one after
    the start to the last, rest days among them.
    """

    start: date
    count: int
    due_on: date
    provisional: bool
    steps: tuple[Day, ...]

    def explain(self) -> list[str]:
        """Return the count day by day in Chinese, one line for each day."""
        weekday = WEEKDAYS[self.start.weekday()]
        lines = [f"起算日{chinese(self.start)}（{weekday}）当日不计入期限，自次日起计算{self.count}个工作日。"]
        year = self.start.year
        for step in self.steps:
            if step.date.year != year:
                year = step.date.year
                lines.append(f"以下为{year}年：")
            lines.append(step.text)
        lines.append(f"期限届满日：{chinese(self.due_on)}（{WEEKDAYS[self.due_on.weekday()]}）24时止。")
        if self.provisional:
            years = sorted({step.date.year for step in self.steps if step.provisional})
            named = "、".join(f"{y}年" for y in years)
            lines.append(f"{named}放假通知尚未录入，本期限为暂定，录入后将自动重新计算。")
        return lines
