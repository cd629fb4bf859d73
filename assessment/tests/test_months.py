"""Which month something counts in, and what looks like gaming."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assessment.sheets.rules.gaming import Decision, Sign, signs
from assessment.sheets.rules.months import (
    Fact,
    against_freezing,
    came_late,
    counts_now,
    freezes_on,
    last_day,
    next_month,
)

OCTOBER = date(2026, 10, 1)
LAST_WORKDAY = date(2026, 10, 30)


def rules_of(findings) -> list[str]:
    return [each.rule for each in findings]


@pytest.mark.parametrize(("on", "told_of"), [(date(2026, 11, 4), ["month.early"]), (date(2026, 11, 5), [])])
def test_a_month_is_frozen_days_after_its_end(on, told_of):
    assert freezes_on(OCTOBER, 5) == date(2026, 11, 5)
    assert rules_of(against_freezing(OCTOBER, on=on, days=5, newest=date(2026, 9, 1))) == told_of


def test_months_follow_one_another():
    on = date(2026, 12, 20)
    assert rules_of(against_freezing(OCTOBER, on=on, days=5, newest=date(2026, 8, 1))) == ["month.order"]
    assert rules_of(against_freezing(OCTOBER, on=on, days=5, newest=OCTOBER)) == ["month.order"]
    assert not rules_of(against_freezing(OCTOBER, on=on, days=5, newest=None))
    assert rules_of(against_freezing(date(2026, 10, 2), on=on, days=5, newest=None)) == ["month.first"]
    assert last_day(date(2028, 2, 1)) == date(2028, 2, 29)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)


def test_what_was_not_known_goes_into_one_later_month():
    frozen = {month: date(2026, month + 1, 5) for month in (9, 10, 11)}
    late = Fact(1, "disclosure:1", False, date(2026, 10, 20))
    assert not counts_now(late, frozen[9])
    assert came_late(late, frozen[9], frozen[10])
    assert not came_late(late, frozen[10], frozen[11]), "it was counted in October"
    in_time = Fact(1, "disclosure:2", True, date(2026, 10, 5))
    assert counts_now(in_time, frozen[9])
    assert not came_late(in_time, frozen[9], frozen[10])
    never = Fact(1, "case:3", True)
    assert counts_now(never, frozen[9])
    assert not came_late(never, frozen[9], frozen[10])


def decision(number: int, **more) -> Decision:
    given = {
        "subject": number,
        "matter": "食品经营许可",
        "decided_on": date(2026, 10, 9),
        "seen_on": date(2026, 10, 12),
    }
    return Decision(ref=f"disclosure:{number}", **given | more)


def test_a_decision_seen_before_it_was_made_is_a_sign():
    (sign,) = signs([decision(1), decision(2, seen_on=date(2026, 10, 8))], LAST_WORKDAY)
    assert (sign.sign, sign.refs) == (Sign.BACKDATED, ("disclosure:2",))
    assert not signs([decision(1, seen_on=date(2026, 10, 9))], LAST_WORKDAY)


@pytest.mark.parametrize(("on_the_last", "seen"), [(5, False), (6, True)])
def test_more_than_half_on_the_last_working_day_is_a_sign(on_the_last, seen):
    rows = [
        decision(n, seen_on=LAST_WORKDAY if n < on_the_last else LAST_WORKDAY - timedelta(days=1)) for n in range(10)
    ]
    assert [each.sign for each in signs(rows, LAST_WORKDAY)] == [Sign.BULK] * seen


def test_few_decisions_are_no_bulk():
    assert not signs([decision(n, seen_on=LAST_WORKDAY) for n in range(9)], LAST_WORKDAY)


def test_three_numbers_for_one_matter_are_a_sign():
    alike = [decision(n, subject=7) for n in range(3)]
    (sign,) = signs(alike, LAST_WORKDAY)
    assert sign.sign == Sign.SPLIT
    assert len(sign.refs) == 3
    assert not signs(alike[:2], LAST_WORKDAY)
    assert not signs([*alike[:2], decision(9, subject=7, matter="卫生许可")], LAST_WORKDAY)
