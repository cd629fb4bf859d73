"""A notice at its limits: every word of an arrangement, the longest break, what a sentence leaves out, and what is said of each slip."""

from datetime import date, timedelta

import pytest

from credit_platform.workdays.rules.reading import read_rows, read_text

HEADER = ("日期", "安排", "名称")


def days(text, year=2026):
    reading = read_text(text, year)
    assert reading.findings == []
    return [(each.date, each.name) for each in reading.days]


def said(text, year=2026):
    (finding,) = read_text(text, year).findings
    return finding


@pytest.mark.parametrize(
    ("words", "is_workday"),
    [
        (("放假", "休息", "休", "调休", "假", "节假日", "放假调休", "否", "0"), False),
        (("上班", "班", "补班", "调休上班", "工作", "工作日", "是", "1"), True),
    ],
)
def test_every_word_of_an_arrangement_is_known(words, is_workday):
    reading = read_rows([HEADER, *(("2026-10-10", word, "") for word in words)], 2026)
    assert reading.findings == []
    assert [each.is_workday for each in reading.days] == [is_workday] * len(words)


def test_a_break_of_fifteen_days_is_the_longest_and_one_of_a_single_day_the_shortest():
    assert len(days("春节：2月1日至15日放假。")) == 15
    assert days("春节：2月1日至1日放假。") == [(date(2026, 2, 1), "春节")]
    for text in ("2月1日至16日", "2月2日至1日"):
        finding = said(f"春节：{text}放假。")
        assert (finding.rule, finding.value) == ("notice.range", text)
        assert finding.text == f"日期范围“{text}”不合理。"


@pytest.mark.parametrize("mark", ["放假", "休息", "公休", "调休"])
def test_any_of_the_words_makes_a_day_off(mark):
    assert days(f"清明节：4月5日{mark}。") == [(date(2026, 4, 5), "清明节")]


def test_a_date_without_one_of_the_words_says_nothing():
    assert days("清明节：4月5日为清明。") == []


def test_the_number_of_a_section_is_no_name_of_a_holiday():
    assert days("十一、春节：2月15日放假。") == [(date(2026, 2, 15), "春节")]
    assert days("十一、注意事项：10月1日放假。") == []


def test_what_a_date_leaves_out_is_that_of_the_one_before():
    assert days("春节：12月31日至次年1月1日放假。") == [(date(2026, 12, 31), "春节"), (date(2027, 1, 1), "春节")]
    assert said("春节：15日放假。").rule == "notice.date"


def test_what_is_said_of_a_slip_names_both_sides():
    assert said("元旦：1月1日（周五）放假。").text == "2026年1月1日应为星期四，文中写作星期五。"
    long = "国庆节：10月1日至7日放假，共8天，" + "请各单位妥善安排值班和安全保卫等工作" * 4
    finding = said(long + "。")
    assert finding.text == "国庆节写明共8天，按日期读到7天。"
    assert finding.value == long.partition("：")[2].replace("，", ",")[:60]


def test_a_short_row_has_no_name_and_a_long_name_is_cut():
    reading = read_rows([HEADER, ("2026-10-01", "放假"), ("2026-10-02", "放假", "国" * 41)], 2026)
    assert [each.name for each in reading.days] == ["", "国" * 40]
    assert reading.days[1].date - reading.days[0].date == timedelta(1)


@pytest.mark.parametrize("header", [("日期",), ("安排",), ("日期", "名称")])
def test_both_columns_have_to_be_there(header):
    (finding,) = read_rows([header, ("2026-10-01", "放假")], 2026).findings
    assert finding.rule == "notice.columns"


def test_a_row_is_named_by_what_stands_in_it():
    (finding,) = read_rows([HEADER, ("明天", "放假", "国庆节")], 2026).findings
    assert finding.text == "第2行：日期“明天”无法识别。"
