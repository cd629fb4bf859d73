"""A yearly notice of the State Council's office: its days, and whether they can be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, Level
from credit_platform.workdays.rules.calendar import Calendar, DayRule
from credit_platform.workdays.rules.days import WEEKDAYS, Day, chinese
from credit_platform.workdays.rules.statutory import statutory_days

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class NoticeDay:
    """A day off, or a weekend that is a working day."""

    date: date
    is_workday: bool
    name: str = ""


def holiday_names(text: str) -> list[str]:
    """Return the holidays named in a text, in official form: 清明 and 清明节 are one, 五一 is 劳动节."""
    known = {"元旦": "元旦", "春节": "春节", "清明": "清明节", "劳动节": "劳动节", "五一": "劳动节", "端午": "端午节"}
    known |= {"中秋": "中秋节", "国庆": "国庆节", "十一": "国庆节"}
    found = sorted((text.find(word), name) for word, name in known.items() if word in text)
    return list(dict.fromkeys(name for _, name in found))


def belongs_to(year: int, day: date) -> bool:
    """True when the notice of a year may speak of the day: the year itself, the December before, the first days after."""
    return date(year - 1, 12, 1) <= day <= date(year + 1, 1, 7)


def check_notice(year: int, days: Sequence[NoticeDay], *, amends: bool = False) -> list[Finding]:
    """Return what is wrong with the days of a notice.

    `amends`: a later notice that changes some days of the year; it need not hold all holidays and may make any day a working day.
    Errors: no days, a day outside the year, a day said twice differently, a weekday "at work" (it is one anyway), a statutory day that
    stays a working day. Warnings: a holiday that is not named, more make-up days than the days off can need.
    """
    if not days:
        return [_error("notice.empty", "没有读到任何日期。", "请上传文件，或粘贴通知正文。")]
    findings = [*_outside(year, days), *_contradictions(days)]
    if not amends:
        findings += [*_needless(days), *_statutory(year, days), *_unnamed(days)]
    return findings


def changed_days(old: Calendar, new: Calendar) -> list[tuple[Day, Day]]:
    """Return the days on which two calendars differ in fact, as (old, new), in order; provisional days are compared too."""
    years = sorted(old.published_years ^ new.published_years)
    touched = {day for day in old.special.keys() | new.special.keys() if old.special.get(day) != new.special.get(day)}
    touched |= {day for year in years for day in statutory_days(year)}
    return [(old.day(d), new.day(d)) for d in sorted(touched) if old.is_workday(d) != new.is_workday(d)]


def affected_span(old: Calendar, new: Calendar) -> tuple[date, date] | None:
    """Return the first and last day between which two calendars may count differently, or are provisional differently.

    A deadline is affected only when it starts before the last and ends on or after the first; None: nothing is.
    """
    days = {day.date for day, _ in changed_days(old, new)}
    for year in old.published_years ^ new.published_years:
        days |= {date(year, 1, 1), date(year, 12, 31)}
    return (min(days), max(days)) if days else None


def _outside(year: int, days: Sequence[NoticeDay]) -> list[Finding]:
    return [
        _error("notice.year", f"{chinese(d.date)}不属于{year}年的通知。", "请核对年份。", d.date.isoformat())
        for d in days
        if not belongs_to(year, d.date)
    ]


def _contradictions(days: Sequence[NoticeDay]) -> list[Finding]:
    said: dict[date, bool] = {}
    doubled = []
    for day in days:
        if said.setdefault(day.date, day.is_workday) != day.is_workday:
            text = f"{chinese(day.date)}既列为放假又列为上班。"
            doubled.append(_error("notice.twice", text, "请保留其中一项。", day.date.isoformat()))
    return doubled


def _needless(days: Sequence[NoticeDay]) -> list[Finding]:
    return [
        _error(
            "notice.weekday",
            f"{chinese(d.date)}是{WEEKDAYS[d.date.weekday()]}，本来就要上班，不应列为调休上班日。",
            "请核对日期和年份。",
            d.date.isoformat(),
        )
        for d in days
        if d.is_workday and d.date.weekday() < _SATURDAY
    ]


def _statutory(year: int, days: Sequence[NoticeDay]) -> list[Finding]:
    calendar = Calendar({d.date: DayRule(d.is_workday, d.name, "") for d in days}, frozenset({year}))
    return [
        _error(
            "notice.statutory",
            f"{chinese(day)}是{name}法定节假日，但按所填内容仍为工作日。",
            "请对照通知补全放假日期。",
            day.isoformat(),
        )
        for day, name in sorted(statutory_days(year).items())
        if calendar.is_workday(day)
    ]


def _unnamed(days: Sequence[NoticeDay]) -> list[Finding]:
    named = {name for day in days for name in holiday_names(day.name)}
    missing = [name for name in HOLIDAYS if name not in named]
    if not missing:
        return []
    text = f"没有读到{'、'.join(missing)}的安排。"
    return [Finding("notice.unnamed", Level.WARNING, text, "如通知将其与其他节日合并安排，可以忽略。")]


def _error(rule: str, text: str, mend: str, value: str = "") -> Finding:
    return Finding(rule, Level.ERROR, text, mend, value=value)
