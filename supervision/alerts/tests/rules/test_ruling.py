"""The numbers of a rule on both sides of their bounds, the days of a back-test, the year until a review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from supervision.alerts.rules import ruling

GOOD = {
    "threshold": 2, "clear_threshold": 1, "window_days": 365, "ack_days": 3, "handle_days": 10, "weekly_budget": 10,
    "cooldown_days": 90, "horizon_days": 180, "false_share": 50, "false_least": 20,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("clear_threshold", 0, True), ("clear_threshold", 2, False), ("clear_threshold", -1, False),
        ("window_days", 1, True), ("window_days", 0, False), ("window_days", 3660, True), ("window_days", 3661, False),
        ("threshold", 10_000, True), ("threshold", 10_001, False), ("false_least", 1, True), ("false_least", 0, False),
        ("false_least", 10_000, True), ("false_least", 10_001, False),
        ("ack_days", 1, True), ("ack_days", 0, False), ("ack_days", 250, True), ("ack_days", 251, False),
        ("handle_days", 0, False), ("weekly_budget", 0, False), ("weekly_budget", 1, True),
        ("cooldown_days", 0, True), ("cooldown_days", -1, False), ("cooldown_days", 3660, True), ("cooldown_days", 3661, False),
        ("horizon_days", 1, True), ("horizon_days", 0, False), ("horizon_days", 3660, True), ("horizon_days", 3661, False),
        ("false_share", 1, True), ("false_share", 0, False), ("false_share", 100, True), ("false_share", 101, False),
    ],
)  # fmt: skip
def test_numbers_on_both_sides_of_their_bounds(name, value, good):
    assert [each.field for each in ruling.against_numbers(GOOD | {name: value})] == ([] if good else [name])


def test_a_threshold_is_at_least_one():
    found = {each.rule for each in ruling.against_numbers(GOOD | {"threshold": 0})}
    assert found == {"alert_rule.threshold", "alert_rule.clear"}
    assert not list(ruling.against_numbers(GOOD | {"threshold": 1, "clear_threshold": 0}))


def test_a_back_test_ends_before_today_and_is_two_years_at_most():
    today = date(2026, 11, 23)
    yesterday = today - timedelta(days=1)
    assert not list(ruling.against_period(yesterday, yesterday, today=today))
    assert [each.rule for each in ruling.against_period(yesterday, today, today=today)] == ["backtest.last"]
    assert [each.rule for each in ruling.against_period(today, yesterday, today=today)] == ["backtest.order"]
    assert not list(ruling.against_period(yesterday - timedelta(days=731), yesterday, today=today))
    longer = ruling.against_period(yesterday - timedelta(days=732), yesterday, today=today)
    assert [each.rule for each in longer] == ["backtest.longest"]


def test_a_year_until_the_review():
    assert ruling.renewed_until(date(2026, 11, 23)) == date(2027, 11, 23)
    assert ruling.renewed_until(date(2028, 2, 29)) == date(2029, 2, 28)


def test_data_and_a_back_test_before_it_speaks():
    assert not list(ruling.against_activation([], backtested=True))
    found = list(ruling.against_activation(["accident"], backtested=False))
    assert [each.rule for each in found] == ["alert_rule.standard", "alert_rule.backtest"]
    assert "accident" in found[0].text


def test_words():
    assert not list(ruling.against_words("名称", "核实。", "依据"))
    assert [each.field for each in ruling.against_words("", " ", "")] == ["name", "advice", "basis"]
