"""Clocks asked for by name: profile and days in, the last day of every stage out. What `manage.py explain_clocks` answers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from casework.rules.clocks import Pause
from credit_platform.errors import Refused
from credit_platform.workdays.rules import Calendar
from objections.rules.clocks import Course, Dates, Profile, dates_of, in_order

DAYS = ("filed_on", "asked_on", "supplied_on", "accepted_on", "forwarded_on", "answered_on")
NEEDED = ("profile", "filed_on")
ASKED = ("accept_due", "forward_due", "source_due", "final_due", "hard_limit", "suppressed_from", "why")
EXTENDED = {"": False, "0": False, "1": True}
Profiles = Callable[[str, date], Profile]
"""The days of a profile by its code, as in force on a day; empty for one that is not known then."""


def answer(given: Mapping[str, str], *, profiles: Profiles, calendar: Calendar) -> dict[str, str]:
    """The answers to one row; a day that is not known is "". Refused names the column in its `code`."""
    course = _course(given)
    code = (given.get("profile") or "").strip()
    profile = profiles(code, course.filed_on)
    if not profile:
        raise Refused("profile", f"没有在{course.filed_on}施行的时限方案“{code}”。")
    return _told(dates_of(course, profile, calendar), profile)


def _course(given: Mapping[str, str]) -> Course:
    for column in NEEDED:
        if not (given.get(column) or "").strip():
            raise Refused(column, "未填。")
    days = {column: _day(column, (given.get(column) or "").strip()) for column in DAYS}
    filed, asked = days["filed_on"], days["asked_on"]
    assert filed is not None  # noqa: S101 - refused above
    if asked is None and days["supplied_on"] is not None:
        raise Refused("supplied_on", "未填要求补正的日期（asked_on），不能填写补正日期。")
    extended = EXTENDED.get((given.get("extended") or "").strip())
    if extended is None:
        raise Refused("extended", "应为 0 或 1。")
    pauses = () if asked is None else (Pause(asked, days["supplied_on"], "补正材料"),)
    course = Course(filed, pauses, days["accepted_on"], days["forwarded_on"], days["answered_on"], extended)
    if wrong := next(iter(in_order(course)), None):
        raise Refused(wrong, "早于上一步骤的日期，或者缺少上一步骤。")
    return course


def _day(column: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(column, f"“{text}”不是日期，应为 2026-11-23 的形式。") from None


def _told(dates: Dates, profile: Profile) -> dict[str, str]:
    plain = {name: _iso(getattr(dates, name)) for name in ASKED[:-1]}
    basis = "；".join(dict.fromkeys(row.basis for row in profile.values() if row.basis))
    provisional = "（暂定：所涉年份的放假安排尚未公布）" if dates.is_provisional else ""
    return plain | {"why": f"{basis}{provisional}"}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
