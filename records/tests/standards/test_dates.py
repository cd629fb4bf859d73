from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from records.standards.dates import EXCEL_NOTHING, UnreadableDateError, parse_date, reason


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 1, 2),
        datetime(2026, 1, 2, 23, 59),
        datetime(2026, 1, 1, 16, 30, tzinfo=UTC),  # half past midnight in Beijing
        "2026-01-02",
        "2026/1/2",
        "2026.01.02",
        "20260102",
        "20260102153000",
        "2026年1月2日",
        "2026 年 01 月 02 日",
        "二〇二六年一月二日",
        "２０２６－０１－０２",
        "2026-01-02 00:00:00",
        "2026-01-02T08:30:00+08:00",
        46024,
        46024.5,
        "46024",
        20260102,
        20260102.0,
    ],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert parse_date(cell) == (date(2026, 1, 2), False)


@pytest.mark.parametrize(
    ("text", "day"), [("二〇二五年十二月三十一日", 31), ("二〇二五年十二月二十日", 20), ("二〇二五年十二月十一日", 11)]
)
def test_chinese_tens_are_read(text, day):
    assert parse_date(text)[0] == date(2025, 12, day)


@pytest.mark.parametrize("cell", ["9999-12-31", "9999/12/31", "长期", "永久有效", date(9999, 12, 31), "2199-12-31"])
def test_other_ways_of_saying_long_term_are_converted_and_told(cell):
    assert parse_date(cell) == (date(2099, 12, 31), True)


def test_the_standard_way_of_saying_long_term_is_not_told():
    assert parse_date("2099/12/31") == (date(2099, 12, 31), False)
    assert parse_date(73050) == (date(2099, 12, 31), False)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-30",
        "2026-13-01",
        "去年",
        "2026",
        "1/2/2026",
        "20261332",
        True,
        [],
        float("nan"),
        float("inf"),
        -1,
        1e300,
        2026,
        "",
        "二〇二六年一月",
    ],
)
def test_what_is_no_day_is_refused(cell):
    if cell == 2026:
        assert parse_date(cell)[0].year == 1905  # a serial number: refused later as too early
        return
    with pytest.raises(UnreadableDateError):
        parse_date(cell)


@pytest.mark.parametrize("text", ["无处罚期限", "无限期", "— —", "— — —"])
def test_words_for_without_a_term_are_long_term(text):
    assert parse_date(text) == (date(2099, 12, 31), True)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2026/11/31", "2026年11月没有31日"),
        ("2026-2-29", "2026年2月没有29日"),
        ("20260230", "2026年2月没有30日"),
        (20260230, "2026年2月没有30日"),
        ("2026-13-01", "没有13月"),
        ("2026-00-01", "没有0月"),
        ("1793491200000", "填写的是系统时间戳，不是日期"),
        (1793491200000.0, "填写的是系统时间戳，不是日期"),
        (1793491200, "填写的是系统时间戳，不是日期"),
        ("昨天", ""),
        ("0000-01-01", ""),
        (True, ""),
        (None, ""),
        (float("nan"), ""),
        (float("inf"), ""),
    ],
)
def test_why_a_cell_is_no_day(cell, why):
    assert reason(cell) == why


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (61, date(1900, 3, 1)),
        (73050, date(2099, 12, 31)),
        (73050.9, date(2099, 12, 31)),
        (10000101, date(1000, 1, 1)),
        (99991230, date(2099, 12, 31)),
    ],
)
def test_numbers_at_the_ends_of_what_is_a_day(cell, day):
    assert parse_date(cell)[0] == day


@pytest.mark.parametrize("cell", [60, 60.99, 73051, 10000100, 10**8, -1, 10000101.5])
def test_numbers_beyond_them_are_none(cell):
    with pytest.raises(UnreadableDateError):
        parse_date(cell)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("2098-12-31", False),
        ("2099-12-30", False),
        ("2100-12-31", True),
        ("2100-12-30", False),
        ("9999-05-06", True),
        ("9998-05-06", False),
    ],
)
def test_days_so_far_away_that_no_end_is_meant(text, long):
    assert parse_date(text) == ((date(2099, 12, 31), True) if long else (date.fromisoformat(text), False))


def test_the_last_day_of_all_is_no_conversion():
    assert parse_date("2099-12-31") == (date(2099, 12, 31), False)


@pytest.mark.parametrize(
    "words",
    [
        "长期",
        "长期有效",
        "永久",
        "永久有效",
        "无固定期限",
        "无期限",
        "长期有效期",
        "无处罚期限",
        "无限期",
        "不限期",
        "无截止日期",
        "-- --",
    ],
)
def test_words_for_no_end(words):
    assert parse_date(words) == (date(2099, 12, 31), True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二六年元月一日", date(2026, 1, 1)),
        ("二零二六年十月十日", date(2026, 10, 10)),
        ("二○二六年十一月二十日", date(2026, 11, 20)),
        ("二〇二九年十二月廿九日", date(2029, 12, 29)),
        ("一九八七年三月卅一日", date(1987, 3, 31)),
        ("三四五六年七月八日", date(3456, 7, 8)),
    ],
)
def test_days_in_chinese(text, day):
    assert parse_date(text)[0] == day


@pytest.mark.parametrize("text", ["二〇二六年十月十二三日", "二〇二六年一月三十二日", "二〇二六年二十月一日"])
def test_days_in_chinese_that_are_none(text):
    with pytest.raises(UnreadableDateError):
        parse_date(text)


def test_spreadsheets_write_the_first_of_1900_for_nothing():
    assert date(1900, 1, 1) == EXCEL_NOTHING
