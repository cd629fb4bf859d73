"""Which talk it is, and when nobody has failed yet."""

from datetime import date

import pytest

from sanctions.corrections import rules
from sanctions.corrections.rules import Talk

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("serious", "last", "talk"),
    [
        (False, None, Talk.REMIND),
        (True, None, Talk.WARN),
        (False, date(2025, 11, 22), Talk.REMIND),
        (False, date(2025, 11, 23), Talk.WARN),
        (False, date(2026, 11, 22), Talk.WARN),
    ],
)
def test_which_talk_it_is(serious, last, talk):
    assert rules.talk_of(on_serious_list=serious, last_talk_on=last, on=ON) is talk


@pytest.mark.parametrize(("on", "told"), [(date(2026, 11, 22), 1), (date(2026, 11, 23), 1), (date(2026, 11, 24), 0)])
def test_the_last_day_is_still_in_time(on, told):
    assert len(list(rules.against_failing(ON, on))) == told


@pytest.mark.parametrize(("on", "told"), [(date(2026, 11, 22), 1), (date(2026, 11, 23), 0), (date(2026, 11, 24), 0)])
def test_a_talk_is_not_before_its_invitation(on, told):
    assert len(list(rules.against_talk_day(on, invited_on=ON))) == told


@pytest.mark.parametrize(("days", "told"), [(0, 1), (1, 0), (60, 0), (61, 1)])
def test_the_days_to_correct(days, told):
    assert len(list(rules.against_days(days))) == told


@pytest.mark.parametrize(
    ("kind", "has_code", "facts", "demands", "told"),
    [
        ("penalty", True, "甲", "乙", []),
        ("permit", True, "甲", "乙", ["correction.kind"]),
        ("list-entry", False, "甲", "乙", ["correction.subject"]),
        ("penalty", True, " ", "", ["correction.facts", "correction.demands"]),
    ],
)
def test_what_a_case_needs(kind, has_code, facts, demands, told):
    found = rules.against_opening(kind, has_code=has_code, facts=facts, demands=demands)
    assert [each.rule for each in found] == told


def test_the_order_says_what_when_and_what_follows():
    text = rules.order_text(subject="示例公司", found="决定", facts="甲。", demands="乙。", days=15)
    for words in ("示例公司：", "甲。", "乙。", "15个工作日", "约谈记录记入信用记录", "陈述、申辩"):
        assert words in text
