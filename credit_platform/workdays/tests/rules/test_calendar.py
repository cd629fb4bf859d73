"""Deadlines: every vector of the field, every day against two other sources, and what must hold for any start and count."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.workdays.rules import Calendar, DayRule, add_months, beijing_day, eligible_from, statutory_days
from credit_platform.workdays.tests.calendars import EMPTY, OFFICIAL

FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)

SEVENTH = {
    "2020-09-21": "2020-09-29",
    "2020-09-24": "2020-10-10",
    "2020-09-25": "2020-10-12",
    "2020-09-27": "2020-10-13",
    "2020-09-30": "2020-10-16",
    "2020-10-08": "2020-10-16",
    "2020-10-10": "2020-10-20",
    "2021-02-05": "2021-02-20",
    "2021-02-10": "2021-02-25",
    "2025-01-22": "2025-02-07",
    "2025-09-24": "2025-10-10",
    "2025-09-30": "2025-10-16",
    "2025-12-30": "2026-01-09",
    "2026-02-10": "2026-02-26",
    "2026-02-13": "2026-03-02",
    "2026-04-30": "2026-05-13",
    "2026-09-23": "2026-10-10",
    "2026-11-23": "2026-12-02",
}

days = st.dates(FIRST, date(2026, 6, 30))
any_day = st.dates(date(1990, 1, 1), date(2040, 12, 31))
counts = st.integers(0, 60)


def every_day(first=FIRST, last=LAST):
    return (first + timedelta(n) for n in range((last - first).days + 1))


@pytest.mark.parametrize(("start", "due"), SEVENTH.items())
def test_the_seventh_working_day(start, due):
    deadline = OFFICIAL.deadline(date.fromisoformat(start), 7)
    assert deadline.due_on == date.fromisoformat(due)
    assert OFFICIAL.due_on(date.fromisoformat(start), 7) == deadline.due_on
    assert not deadline.provisional


@pytest.mark.parametrize(
    ("off", "at_work"),
    [
        (["2020-10-01", "2020-10-08"], ["2020-09-27", "2020-10-09", "2020-10-10"]),
        (["2020-01-31", "2020-02-01", "2020-02-02"], ["2020-01-19", "2020-02-03"]),
        (["2021-02-11", "2021-02-17"], ["2021-02-07", "2021-02-18", "2021-02-20"]),
        (["2021-10-01", "2021-10-07"], ["2021-09-18", "2021-09-26", "2021-10-09"]),
        (["2025-01-28", "2025-02-04"], ["2025-01-26", "2025-02-08"]),
        (["2025-10-01", "2025-10-08"], ["2025-09-28", "2025-10-11"]),
        (["2026-01-01", "2026-01-03"], ["2026-01-04"]),
        (["2026-02-15", "2026-02-23"], ["2026-02-14", "2026-02-28"]),
        (["2026-05-01", "2026-05-05"], ["2026-05-09"]),
        (["2026-09-25", "2026-09-27", "2026-10-01", "2026-10-07"], ["2026-09-20", "2026-10-10"]),
    ],
)
def test_the_edges_of_the_notices(off, at_work):
    assert [d for d in off if OFFICIAL.is_workday(date.fromisoformat(d))] == []
    assert [d for d in at_work if not OFFICIAL.is_workday(date.fromisoformat(d))] == []


def test_a_second_library_agrees_on_every_day_of_twenty_years():
    china = holidays.China(years=range(2007, 2027))
    assert [d for d in every_day() if OFFICIAL.is_workday(d) != china.is_working_day(d)] == []


def test_a_decision_in_the_last_week_of_a_year_counts_on_into_the_next():
    lines = OFFICIAL.deadline(date(2025, 12, 30), 7).explain()
    assert "以下为2026年：" in lines
    assert "1月4日（星期日）：元旦调休上班（2026年放假通知），第2个工作日" in lines
    assert lines[-1] == "期限届满日：2026年1月9日（星期五）24时止。"


def test_a_deadline_explains_every_day_of_it():
    deadline = OFFICIAL.deadline(date(2020, 9, 24), 7)
    lines = deadline.explain()
    assert lines[0] == "起算日2020年9月24日（星期四）当日不计入期限，自次日起计算7个工作日。"
    assert lines[1] == "9月25日（星期五）：工作日，第1个工作日"
    assert lines[2] == "9月26日（星期六）：周末休息，不计"
    assert lines[3] == "9月27日（星期日）：国庆节调休上班（2020年放假通知），第2个工作日"
    assert "10月1日（星期四）：国庆节放假（2020年放假通知），不计" in lines
    assert lines[-1] == "期限届满日：2020年10月10日（星期六）24时止。"
    assert len(lines) == 2 + (deadline.due_on - deadline.start).days


def test_a_deadline_into_a_year_without_notice_is_marked():
    deadline = OFFICIAL.deadline(date(2026, 12, 29), 7)
    assert deadline.due_on == date(2027, 1, 8)
    assert deadline.provisional
    assert deadline.explain()[-1].startswith("2027年放假通知尚未录入")
    assert not OFFICIAL.deadline(date(2026, 12, 21), 7).provisional


def test_a_provisional_year_has_weekends_and_statutory_days():
    off = {d for d in every_day(date(2027, 1, 1), date(2027, 12, 31)) if not OFFICIAL.is_workday(d) and d.weekday() < 5}
    assert off == {d for d in statutory_days(2027) if d.weekday() < 5}
    assert OFFICIAL.day(date(2027, 2, 5)).why == "春节法定节假日（暂定）"
    assert OFFICIAL.day(date(2027, 2, 6)).provisional


@pytest.mark.parametrize("year", range(2025, 2036))
def test_there_are_thirteen_statutory_days_since_2025(year):
    named = statutory_days(year)
    shared = sum("、" in name for name in named.values())
    assert len(named) + shared == 13


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_statutory_days_are_off_in_the_notices(year):
    assert [d for d in statutory_days(year) if OFFICIAL.is_workday(d)] == []


def test_lunar_dates_agree_with_a_second_library():
    for year in range(2027, 2036):
        china = holidays.China(years=year)
        assert [d for d in statutory_days(year) if d not in china] == []


def test_nothing_is_provisional_for_a_day_that_a_notice_names():
    calendar = Calendar({date(2027, 1, 4): DayRule(False, "元旦", "2027年放假通知")}, frozenset({2026}))
    assert not calendar.day(date(2027, 1, 4)).provisional
    assert calendar.day(date(2027, 1, 5)).provisional


def test_working_days_left_until_a_deadline():
    due = date(2020, 10, 10)
    assert OFFICIAL.workdays_left(date(2020, 9, 24), due) == 7
    assert OFFICIAL.workdays_left(date(2020, 10, 8), due) == 2
    assert OFFICIAL.workdays_left(due, due) == 0
    assert OFFICIAL.workdays_left(date(2020, 10, 11), due) == -1
    assert OFFICIAL.workdays_left(date(2020, 10, 12), due) == -1
    assert OFFICIAL.workdays_left(date(2020, 10, 13), due) == -2


def test_five_natural_days_may_be_rolled_to_a_working_day():
    assert OFFICIAL.roll_forward(date(2020, 8, 29)) == date(2020, 8, 31)
    assert OFFICIAL.roll_forward(date(2020, 9, 27)) == date(2020, 9, 27)


@pytest.mark.parametrize("count", [-1, 5001])
def test_impossible_counts_are_an_error(count):
    with pytest.raises(ValueError, match="working days"):
        OFFICIAL.deadline(date(2026, 1, 1), count)


def test_zero_days_end_on_the_day_itself():
    deadline = OFFICIAL.deadline(date(2026, 1, 1), 0)
    assert (deadline.due_on, deadline.steps, deadline.provisional) == (date(2026, 1, 1), (), False)


def test_half_past_midnight_in_beijing_is_the_next_day():
    assert beijing_day(datetime(2020, 10, 10, 16, 30, tzinfo=UTC)) == date(2020, 10, 11)
    with pytest.raises(ValueError, match="time zone"):
        beijing_day(datetime(2020, 10, 10, 16, 30))


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_corresponding_day(start, months, last):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(last)
    assert eligible_from(date.fromisoformat(start), months) == date.fromisoformat(last) + timedelta(days=1)


@given(days, st.integers(1, 60))
def test_a_deadline_falls_on_a_working_day_and_counts_right(start, count):
    deadline = OFFICIAL.deadline(start, count)
    assert OFFICIAL.is_workday(deadline.due_on)
    assert OFFICIAL.workdays_between(start, deadline.due_on) == count == OFFICIAL.workdays_left(start, deadline.due_on)
    assert [s.number for s in deadline.steps if s.number] == list(range(1, count + 1))
    assert [s.date for s in deadline.steps] == list(every_day(start + timedelta(days=1), deadline.due_on))


@given(any_day, counts, st.integers(0, 30), st.integers(0, 10))
def test_later_starts_and_larger_counts_never_end_earlier(start, count, shift, more):
    for calendar in (OFFICIAL, EMPTY):
        due = calendar.due_on(start, count)
        assert calendar.due_on(start + timedelta(days=shift), count) >= due
        assert calendar.due_on(start, count + more) >= due
        assert calendar.deadline(start, count).due_on == due


@given(any_day, any_day)
def test_working_days_between_is_antisymmetric(a, b):
    if abs((a - b).days) < 500:
        assert OFFICIAL.workdays_between(a, b) == -OFFICIAL.workdays_between(b, a)


@given(any_day, counts)
def test_provisional_means_that_a_day_of_an_unpublished_year_was_counted(start, count):
    deadline = OFFICIAL.deadline(start, count)
    # The notice of 2007 names days of the year before.
    unpublished = any(not 2007 <= s.date.year <= 2026 and "放假通知" not in s.why for s in deadline.steps)
    assert deadline.provisional == unpublished


@given(any_day, st.integers(1, 60))
def test_months_are_monotone_and_at_most_clamped(start, months):
    last = add_months(start, months)
    assert last.day <= start.day
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert add_months(start + timedelta(days=1), months) >= last


def test_the_longest_period_and_the_first_day_beyond_it():
    for count_days in (OFFICIAL.due_on, lambda day, count: OFFICIAL.deadline(day, count).due_on):
        assert count_days(date(2007, 1, 1), 0) == date(2007, 1, 1)
        assert count_days(date(2007, 1, 1), 4999) < count_days(date(2007, 1, 1), 5000)
        for wrong in (-1, 5001):
            with pytest.raises(ValueError, match="working days"):
                count_days(date(2007, 1, 1), wrong)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 3, 5), "工作日（暂定）"),
        (date(2027, 3, 6), "周末休息（暂定）"),
        (date(2027, 3, 7), "周末休息（暂定）"),
        (date(2027, 3, 8), "工作日（暂定）"),
        (date(2027, 10, 1), "国庆节法定节假日（暂定）"),
    ],
)
def test_a_year_without_notice_says_so_of_every_day(day, why):
    assert EMPTY.day(day).why == why
    assert EMPTY.day(day).provisional
