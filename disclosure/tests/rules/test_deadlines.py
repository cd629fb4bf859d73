"""In time or late: the last of the seven working days, and the days beside it."""

from datetime import date

from disclosure.rules.deadlines import REMINDERS, WITHDRAWAL_WORKDAYS, WORKDAYS, arrival
from tests.days import around

DECIDED, DUE = date(2026, 11, 2), date(2026, 11, 11)


def test_seven_working_days_three_for_a_withdrawal_and_two_reminders():
    assert (WORKDAYS, WITHDRAWAL_WORKDAYS, REMINDERS) == (7, 3, (3, 1))


def test_the_last_day_is_in_time_and_the_next_is_late():
    late = around(DUE, lambda day: arrival(DECIDED, DUE, day, 1, provisional=False).late)
    assert late == (False, False, True)


def test_the_reason_names_the_days():
    assert arrival(DECIDED, DUE, DUE, 0, provisional=False).reason == (
        "决定日2026年11月2日，第7个工作日为2026年11月11日，于2026年11月11日首次合规报送，按时。"
    )
    assert arrival(DECIDED, DUE, date(2026, 11, 12), 1, provisional=False).reason.endswith("，迟1个工作日。")


def test_a_day_of_rest_after_the_last_day_is_late_by_no_working_day():
    assert arrival(DECIDED, DUE, date(2026, 11, 14), 0, provisional=False).reason.endswith("，已逾期（期后为休息日）。")


def test_a_day_of_an_unpublished_calendar_is_told_as_provisional():
    for arrived in (DUE, date(2026, 11, 12)):
        reason = arrival(DECIDED, DUE, arrived, 1, provisional=True).reason
        assert reason.endswith("（节假日通知未公布，暂定，公布后复核）。")
