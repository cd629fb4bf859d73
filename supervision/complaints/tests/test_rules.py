"""The clocks to the day, what is shown, people taken out of texts, numbers with their base."""

from datetime import date
from fractions import Fraction

import pytest

from casework.rules.clocks import Days
from credit_platform.workdays.tests.calendars import OFFICIAL as CALENDAR
from supervision.complaints.base_data import PROFILES
from supervision.complaints.rules.clocks import Course, Inquiry, Stage, due, due_of, first_in_time, publish_by, spans
from supervision.complaints.rules.figures import Tally, median_per_shop, median_rate, per_shop, percent
from supervision.complaints.rules.showing import Statement, hidden_because
from supervision.complaints.rules.texts import without_people
from tests.days import around

L20 = PROFILES["L20"][1]
ENDED = Statement("受理", date(2026, 11, 18), "达成调解", "是")


@pytest.mark.parametrize(
    ("received", "accept", "mediate"),
    [
        ("2026-02-09", "2026-02-25", "2026-04-29"),
        ("2026-04-20", "2026-04-29", "2026-07-06"),
        ("2026-09-10", "2026-09-20", "2026-11-27"),
    ],
)
def test_seven_working_days_to_accept_and_forty_five_to_mediate(received, accept, mediate):
    begun, last = date.fromisoformat(received), date.fromisoformat(accept)
    found = due(Course(begun), L20, CALENDAR)
    assert (found.stage, found.on) == (Stage.ACCEPT, last)
    assert around(last, found.is_late) == (False, False, True)
    mediation = due(Course(begun, "受理", last), L20, CALENDAR)
    assert (mediation.stage, mediation.on) == (Stage.MEDIATE, date.fromisoformat(mediate))


def test_nothing_runs_of_what_was_declined_or_has_ended():
    assert due(Course(date(2026, 9, 10), "不予受理", date(2026, 9, 15)), L20, CALENDAR) is None
    ended = Course(date(2026, 9, 10), "受理", date(2026, 9, 15), date(2026, 11, 18))
    assert due(ended, L20, CALENDAR) is None
    assert publish_by(ended, L20, CALENDAR) == date(2026, 11, 27)


def test_a_report_is_checked_in_fifteen_days_once_fifteen_more_and_its_teller_told_in_five():
    assert due_of(Inquiry(date(2026, 10, 12)), L20, CALENDAR).on == date(2026, 11, 2)
    assert due_of(Inquiry(date(2026, 10, 12), extended=True), L20, CALENDAR).on == date(2026, 11, 23)
    told = due_of(Inquiry(date(2026, 10, 12), date(2026, 11, 2)), L20, CALENDAR)
    assert (told.stage, told.on) == (Stage.TELL, date(2026, 11, 9))
    assert due_of(Inquiry(date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 9)), L20, CALENDAR) is None


@pytest.mark.parametrize("on", [date(2026, 2, 25), date(2026, 9, 20), date(2026, 10, 10), date(2026, 11, 23)])
def test_what_is_late_is_found_by_its_beginning(on):
    first = first_in_time(7, CALENDAR, on=on)
    late = around(first, lambda day: due(Course(day), L20, CALENDAR).is_late(on))
    assert late == (True, False, False)


def test_the_days_are_those_of_the_day_of_receipt():
    new = date(2026, 4, 15)
    old, now = spans([(new, Days(5)), (date(2020, 1, 1), Days(7))])
    assert (old.last, old.days.days, now.first, now.days.days) == (date(2026, 4, 14), 7, new, 5)
    assert "未核对" in PROFILES["2026"][1][Stage.ACCEPT].basis


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (ENDED, ""),
        (Statement("受理", None, ""), "投诉尚未办结"),
        (Statement(), "投诉尚未办结"),
        (Statement("不予受理", None, ""), "投诉不予受理"),
        (Statement("受理", ENDED.closed_on, "撤回投诉"), "投诉人已撤回投诉"),
        (Statement("受理", ENDED.closed_on, "达成调解", "否"), "不属于为生活消费需要购买、使用商品或者接受服务"),
        (Statement("受理", ENDED.closed_on, "达成调解", "是", "涉及未成年人"), "涉及未成年人"),
    ],
)
def test_what_is_not_public_says_why(told, why):
    assert hidden_because(told) == why


def test_what_ended_longer_ago_than_complaints_are_shown_does_not_appear():
    assert hidden_because(ENDED, still_shown=False) == "办结时间较早，公示期限已过"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("投诉人张伟于2026年5月购买手机，电话13800138000。", "投诉人于2026年5月购买手机，电话******。"),
        ("消费者李女士反映冰箱不制冷", "消费者反映冰箱不制冷"),
        ("店员张强先生拒绝退款", "店员某先生拒绝退款"),
        ("联系人：赵丽，身份证23010219900307123X", "联系人，身份证******"),
        ("投诉人欧阳娜娜要求退款", "投诉人要求退款"),
        ("消费者在店内购买面包发霉", "消费者在店内购买面包发霉"),
        ("顾客反映方便面过期", "顾客反映方便面过期"),
    ],
)
def test_people_are_taken_out_of_texts(said, shown):
    assert without_people(said) == shown


def test_a_rate_needs_five_and_says_of_how_many():
    assert Tally(n=4, counted=4, agreed=4).success_shown == "不足5件，不计算"
    assert Tally(n=9, counted=8, agreed=5).success_shown == "62.5%（8件）"
    assert Tally().case_rate == "—"


def test_the_median_of_the_trade_leaves_out_firms_under_five():
    firms = [Tally(5, 5, 1), Tally(10, 10, 6), Tally(5, 5, 4), Tally(1, 1, 1)]
    assert median_rate(firms) == Fraction(3, 5)
    assert percent(median_rate(firms)) == "60.0%"
    assert median_rate([Tally(1, 1, 1)]) is None
    assert percent(None) == "—"


def test_a_chain_is_measured_per_shop():
    assert per_shop(Fraction(300, 900)) == "0.33"
    assert median_per_shop([(300, 900), (4, 1), (1, 1)]) == 1
    assert per_shop(Fraction(1, 200)) == "0.01", "half up"
    assert per_shop(None) == "—"
