"""Told, served and heard: the subject's last day is its own, and the day after it is the office's."""

from datetime import date

import pytest

from casework.rules.hearing import (
    LEAST,
    LONGEST,
    MOST,
    RESPONSE_DAYS,
    Heard,
    against_notice,
    in_order,
    is_over,
    may_determine,
    may_respond,
    supplemented,
    whole_reasons,
)
from tests.days import ONE, around

UNTIL = date(2026, 11, 30)
SERVED = Heard(UNTIL)


def rules(findings):
    return [each.rule for each in findings]


def determined(heard, on, reasons="证据充分", considered=""):
    return rules(may_determine(heard, reasons=reasons, considered=considered, on=on))


def test_the_periods_of_the_law():
    assert (RESPONSE_DAYS, LEAST, MOST, LONGEST) == (5, 3, 60, 6000)


def test_the_last_day_is_the_subjects_own():
    assert around(UNTIL, lambda day: may_respond(SERVED, day)) == (True, True, False)
    assert around(UNTIL, lambda day: is_over(SERVED, day)) == (False, False, True)
    assert around(UNTIL, lambda day: determined(SERVED, day)) == (["case.hearing-open"], ["case.hearing-open"], [])


def test_who_was_not_served_can_neither_respond_nor_be_passed_over():
    assert not may_respond(Heard(), UNTIL)
    assert not is_over(Heard(), date(2099, 1, 1))
    (finding,) = may_determine(Heard(), reasons="甲", considered="", on=UNTIL)
    assert "（尚未送达）" in finding.text


@pytest.mark.parametrize("heard", [Heard(UNTIL, waived=True), Heard(UNTIL, statement_on=UNTIL - ONE)])
def test_who_has_spoken_or_waived_was_heard_at_once(heard):
    assert heard.spoken
    assert is_over(heard, UNTIL - ONE)
    assert not may_respond(heard, UNTIL - ONE)
    assert not SERVED.spoken


def test_what_was_said_is_answered_and_not_before_it_was_said():
    spoken = Heard(UNTIL, statement_on=UNTIL)
    assert determined(spoken, UNTIL) == ["case.considered"]
    assert determined(spoken, UNTIL, considered="不予采纳，理由如下") == []
    days = around(UNTIL, lambda day: determined(spoken, day, considered="采纳"))
    assert days == (["case.day"], [], [])
    assert determined(Heard(UNTIL, statement_on=UNTIL, waived=True), UNTIL) == [], "who waived is owed no answer"
    assert determined(Heard(UNTIL, waived=True), UNTIL) == []


def test_a_determination_has_reasons():
    assert determined(SERVED, UNTIL + ONE, reasons=" ") == ["case.reasons"]


@pytest.mark.parametrize(("days", "wrong"), [(2, True), (3, False), (4, False), (59, False), (60, False), (61, True)])
def test_a_notice_sets_three_to_sixty_working_days(days, wrong):
    assert (rules(against_notice("拟认定失信", days)) == ["case.response-days"]) is wrong


@pytest.mark.parametrize(("length", "found"), [(0, ["case.notice"]), (1, []), (6000, []), (6001, ["case.notice"])])
def test_the_length_of_a_notice(length, found):
    assert rules(against_notice("告" * length, 5)) == found


def test_a_step_lies_between_the_one_before_and_today():
    before, today = date(2026, 11, 2), date(2026, 11, 23)

    def out_of_order(day):
        return bool(list(in_order("送达日期", day, after=before, today=today)))

    assert around(before, out_of_order) == (True, False, False)
    assert around(today, out_of_order) == (False, False, True)
    assert list(in_order("送达日期", date(2000, 1, 1), after=None, today=today)) == []


def test_the_subjects_own_words_are_kept_and_the_reasons_become_one_text():
    assert supplemented("原话", " 补充 ", UNTIL) == "原话\n\n补充陈述申辩（2026年11月30日登记）：\n补充"
    assert whole_reasons(" 甲 ", " ") == "甲"
    assert whole_reasons("甲", " 乙 ") == "甲\n对陈述申辩的意见：乙"
