"""Periods with pauses, to the day; when they may be made longer."""

from datetime import date

import pytest

from casework.rules.clocks import Clock, Pause, explained, last_day, late_since, may_extend
from credit_platform.workdays.rules import Calendar, DayRule
from tests.days import ONE, around

WEEKS = Calendar({}, frozenset({2026}))
"""2026 has no holiday here: Saturdays and Sundays alone are free."""
MONDAY = date(2026, 6, 1)
DUE = date(2026, 6, 4)
PAUSE = Pause(date(2026, 6, 2), date(2026, 6, 10), "补充材料")


def rules(findings):
    return [each.rule for each in findings]


def test_a_pause_runs_from_the_day_after_it_was_asked_through_its_last_day():
    assert around(PAUSE.asked_on, PAUSE.covers) == (False, False, True)
    assert around(PAUSE.until, PAUSE.covers) == (True, True, False)
    assert Pause(MONDAY).covers(date(2030, 1, 1)), "without an end it still stands"


def test_the_day_after_the_start_is_the_first():
    assert last_day(Clock(MONDAY, 3), WEEKS) == (DUE, False)
    assert last_day(Clock(MONDAY, 1), WEEKS) == (MONDAY + ONE, False)
    assert last_day(Clock(date(2026, 6, 5), 1), WEEKS) == (date(2026, 6, 8), False), "over the weekend"
    assert last_day(Clock(MONDAY, 0), WEEKS) == (MONDAY, False)


def test_days_of_a_pause_do_not_count_and_one_that_stands_has_no_end():
    assert last_day(Clock(MONDAY, 3, (PAUSE,)), WEEKS) == (date(2026, 6, 12), False)
    assert last_day(Clock(MONDAY, 3, (PAUSE, Pause(date(2026, 6, 11)))), WEEKS) is None
    assert Clock(MONDAY, 3, (Pause(MONDAY),)).stands
    assert not Clock(MONDAY, 3, (PAUSE,)).stands


def test_a_holiday_does_not_count_and_a_year_without_notice_is_told():
    free = Calendar({DUE: DayRule(False, "示例假日", "示例通知")}, frozenset({2026}))
    assert last_day(Clock(MONDAY, 3), free) == (DUE + ONE, False)
    assert last_day(Clock(date(2026, 12, 30), 1), WEEKS) == (date(2026, 12, 31), False)
    assert last_day(Clock(date(2026, 12, 31), 1), WEEKS)[1] is True
    assert last_day(Clock(date(2025, 12, 31), 3), WEEKS)[1] is False


@pytest.mark.parametrize(
    ("extended", "days", "found"),
    [(0, 1, []), (0, 0, ["clock.days"]), (1, 5, []), (2, 5, ["clock.again"]), (3, 0, ["clock.again", "clock.days"])],
)
def test_how_often_and_for_how_long(extended, days, found):
    assert rules(may_extend(DUE, on=DUE, extended=extended, most=2, days=days)) == found


def test_longer_only_through_the_last_day():
    late = around(DUE, lambda day: rules(may_extend(DUE, on=day, extended=0, most=1, days=5)))
    assert late == ([], [], ["clock.late"])
    assert rules(may_extend(None, on=DUE, extended=9, most=1, days=0)) == ["clock.none"], "one reason is enough"


def test_the_period_is_told_with_its_pauses():
    assert explained(Clock(MONDAY, 3, (PAUSE,)), WEEKS) == [
        "自2026年6月1日次日起计算3个工作日。",
        "2026年6月3日至2026年6月10日不计入（补充材料）。",
        "截止日为2026年6月12日。",
    ]
    assert explained(Clock(MONDAY, 3, (Pause(date(2026, 6, 2)),)), WEEKS)[1:] == [
        "自2026年6月3日起暂停计算。",
        "期限暂停计算中，恢复后再确定截止日。",
    ]
    assert explained(Clock(MONDAY, 3), WEEKS) == WEEKS.deadline(MONDAY, 3).explain()
    year = Clock(date(2026, 12, 30), 3, (Pause(date(2026, 12, 30), date(2026, 12, 31)),))
    assert explained(year, WEEKS)[-1].endswith("（暂定，当年放假安排尚未公布）。")


@pytest.mark.parametrize(
    ("on", "count", "due"),
    [
        (date(2026, 6, 5), 0, date(2026, 6, 5)),
        (date(2026, 6, 5), 1, date(2026, 6, 4)),
        (date(2026, 6, 5), 3, date(2026, 6, 2)),
        (date(2026, 6, 8), 1, date(2026, 6, 7)),
        (date(2026, 6, 8), 2, date(2026, 6, 4)),
        (date(2026, 6, 7), 1, date(2026, 6, 4)),
    ],
)
def test_the_latest_day_that_was_passed_by_some_working_days(on, count, due):
    assert late_since(WEEKS, on, count) == due
