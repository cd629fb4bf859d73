"""Reading a notice from its text or a table, and refusing what cannot be right."""

from datetime import date, datetime, timedelta

import pytest

from credit_platform.errors import Level
from credit_platform.workdays import official
from credit_platform.workdays.rules import Calendar, DayRule, NoticeDay, affected_span, changed_days, check_notice
from credit_platform.workdays.rules.notices import belongs_to, holiday_names
from credit_platform.workdays.rules.reading import parse_date, read_rows, read_text
from credit_platform.workdays.tests.calendars import NOTICE_2027, OFFICIAL
from tests.days import around

NOTICE_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全工作。
"""


def rules(findings):
    return {finding.rule for finding in findings}


def read(text, year):
    reading = read_text(text, year)
    assert reading.findings == []
    return [(day.date.isoformat(), day.is_workday) for day in reading.days]


def spread(first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]


def test_the_text_of_a_whole_notice_gives_the_official_days():
    reading = read_text(NOTICE_2026, 2026)
    assert reading.findings == []
    assert sorted((d.date, d.is_workday, d.name) for d in reading.days) == [
        (d.date, d.is_workday, d.name) for d in official.days() if d.year == 2026
    ]
    assert check_notice(2026, reading.days) == []


def test_new_year_reaches_into_the_december_before():
    expected = [(d, False) for d in spread("2018-12-30", "2019-01-01")] + [("2018-12-29", True)]
    assert (
        read("一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。", 2019) == expected
    )
    assert read("元旦：12月30日至1月1日放假，共3天。12月29日（周六）上班。", 2019) == expected
    assert read("元旦：12月30日至次年1月1日放假，共3天。12月29日上班。", 2019) == expected


def test_two_holidays_in_one_and_a_shared_month():
    reading = read_text(
        "六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。", 2020
    )
    assert {d.name for d in reading.days} == {"国庆节、中秋节"}
    assert len(reading.days) == 10
    assert read("劳动节：5月1日至5日放假调休。4月25日、26日上班。", 2026)[-2:] == [
        ("2026-04-25", True),
        ("2026-04-26", True),
    ]


def test_a_single_day_off_joined_to_a_weekend():
    assert read("三、清明节：4月5日（星期二）放假，公休日调至4月4日。", 2016)[0] == ("2016-04-05", False)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("国庆节：10月1日（周五）至8日放假，共8天。", "notice.weekday-text"),
        ("国庆节：10月1日至9日放假，共8天。", "notice.count"),
        ("国庆节：9月31日放假。", "notice.date"),
        ("国庆节：10月8日至1日放假。", "notice.range"),
        ("国庆节：10月1日至11月30日放假。", "notice.range"),
    ],
)
def test_slips_of_the_pen_are_found(text, rule):
    assert rule in rules(read_text(text, 2026).findings)


def test_text_without_sections_gives_nothing():
    assert read_text("各部门：请做好值班工作，5月1日放假。", 2026).days == []


def test_a_table():
    rows = [
        ("序号", "日期", "安排", "节日名称"),
        (1, date(2027, 10, 1), "放假", "国庆节"),
        (2, "2027/9/26", "上班", "国庆节"),
        (3, "2027年1月1日", "休息", None),
        (None, None, "", ""),
    ]
    reading = read_rows(rows, 2027)
    assert reading.findings == []
    assert reading.days == [
        NoticeDay(date(2027, 10, 1), False, "国庆节"),
        NoticeDay(date(2027, 9, 26), True, "国庆节"),
        NoticeDay(date(2027, 1, 1), False, ""),
    ]


def test_a_bad_table_names_its_rows():
    assert rules(read_rows([("a", "b")], 2027).findings) == {"notice.columns"}
    assert rules(read_rows([], 2027).findings) == {"notice.columns"}
    findings = read_rows([("日期", "安排"), ("明天", "放假"), ("2027-01-01", "也许")], 2027).findings
    assert [f.text[:4] for f in findings] == ["第2行：", "第3行："]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2027-10-01", date(2027, 10, 1)),
        ("2027.1.2", date(2027, 1, 2)),
        ("20271001", date(2027, 10, 1)),
        ("20271001.0", date(2027, 10, 1)),
        ("2027-10-01 00:00:00", date(2027, 10, 1)),
        (datetime(2027, 10, 1, 8), date(2027, 10, 1)),
        ("２０２７－１０－０１", date(2027, 10, 1)),
        ("2027-13-01", None),
        ("", None),
        (None, None),
        (46000, None),
    ],
)
def test_dates_of_cells(value, day):
    assert parse_date(value) == day


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        ([], "notice.empty"),
        ([NoticeDay(date(2028, 5, 1), False, "劳动节")], "notice.year"),
        ([NoticeDay(date(2027, 5, 8), True), NoticeDay(date(2027, 5, 8), False)], "notice.twice"),
        ([NoticeDay(date(2027, 5, 6), True)], "notice.weekday"),
        ([NoticeDay(date(2027, 2, 20), True)], "notice.statutory"),
    ],
)
def test_what_cannot_be_right_is_refused(days, rule):
    findings = check_notice(2027, days)
    assert rule in rules(f for f in findings if f.level is Level.ERROR)


def test_a_holiday_without_arrangement_is_a_warning():
    days = [d for d in read_text(NOTICE_2027, 2027).days if d.name != "中秋节"] + [NoticeDay(date(2027, 9, 15), False)]
    assert [(f.rule, f.level) for f in check_notice(2027, days)] == [("notice.unnamed", Level.WARNING)]


def test_an_amendment_may_speak_of_a_few_days_only():
    assert check_notice(2026, [NoticeDay(date(2026, 5, 6), False, "劳动节")], amends=True) == []
    assert check_notice(2026, [NoticeDay(date(2026, 5, 4), True, "劳动节")], amends=True) == []


def test_changed_days_and_the_span_they_touch():
    special = {d.date: DayRule(d.is_workday, d.name, "2027年放假通知") for d in read_text(NOTICE_2027, 2027).days}
    new = Calendar({**OFFICIAL.special, **special}, OFFICIAL.published_years | {2027})
    changed = {after.date for _, after in changed_days(OFFICIAL, new)}
    assert date(2027, 10, 4) in changed
    assert date(2027, 9, 26) in changed
    assert date(2027, 10, 1) not in changed
    brute = {d for n in range(730) if OFFICIAL.is_workday(d := date(2026, 6, 1) + timedelta(n)) != new.is_workday(d)}
    assert changed == brute
    assert affected_span(OFFICIAL, new) == (date(2027, 1, 1), date(2027, 12, 31))
    assert affected_span(OFFICIAL, OFFICIAL) is None


def test_a_notice_speaks_of_its_year_of_the_december_before_and_of_the_first_week_after():
    first, last = date(2025, 12, 1), date(2027, 1, 7)
    assert around(first, lambda day: belongs_to(2026, day)) == (False, True, True)
    assert around(last, lambda day: belongs_to(2026, day)) == (True, True, False)
    assert not belongs_to(2026, date(2027, 2, 7))


def test_every_holiday_of_the_year_has_to_be_named():
    reading = read_text(NOTICE_2026, 2026)
    for name in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"):
        without = [day for day in reading.days if day.name != name]
        told = [finding.text for finding in check_notice(2026, without) if finding.rule == "notice.unnamed"]
        assert told == [f"没有读到{name}的安排。"]
    assert check_notice(2026, reading.days) == []


def test_holidays_are_known_by_their_dates_too():
    assert holiday_names("五一放假五天，十一放假七天") == ["劳动节", "国庆节"]


def test_only_a_weekend_can_be_made_a_working_day():
    friday = date(2026, 5, 8)
    for day, needless in ((friday, True), (friday + timedelta(1), False), (friday + timedelta(2), False)):
        said = rules(check_notice(2026, [NoticeDay(day, is_workday=True)]))
        assert ("notice.weekday" in said) is needless, day
