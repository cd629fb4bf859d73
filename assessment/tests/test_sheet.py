"""The sheet adds up: only what applies, exact, rounded once; ties share a place; small numbers stand apart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.sheets.rules.indicators import INDICATORS
from assessment.sheets.rules.sheet import (
    Line,
    in_small_band,
    is_small,
    lowest_likely,
    ranks,
    rounded,
    score,
    with_adjustments,
    would_raise,
)

PAIRS = [(190, 200), (180, 190), (185, 190), (0, 0), (40, 50), (300, 320)]
PAIRS += [(0, 0), (3, 3), (0, 0), (18, 20), (15, 18), (8, 10)]
LINES = [Line(code, Fraction(each.points), *pair) for (code, each), pair in zip(INDICATORS.items(), PAIRS, strict=True)]
FLOOR, CAP = Decimal(10), Decimal(5)


def test_the_points_of_a_new_scheme_are_a_hundred():
    assert sum(each.points for each in INDICATORS.values()) == 100


def test_what_does_not_apply_takes_its_weight_with_it():
    points = score(LINES)
    assert rounded(points) == Decimal("90.61")
    assert sum(line.weight for line in LINES if line.applies) == 80
    assert rounded(points * 80 / 100) == Decimal("72.49"), "exact; each part rounded first would be 72.50"


def test_nothing_due_at_all_has_no_score():
    assert score([Line("repair", Fraction(5), 0, 0)]) is None
    assert score([]) is None
    assert with_adjustments(None, [Decimal(2)], [], floor=FLOOR, cap=CAP) is None


@pytest.mark.parametrize(
    ("points", "shown"),
    [("88.125", "88.13"), ("88.124999", "88.12"), ("0.005", "0.01"), ("100", "100.00"), ("92", "92.00")],
)
def test_half_is_rounded_up_once(points, shown):
    assert str(rounded(Fraction(points))) == shown


def test_equal_scores_share_a_place_and_the_next_is_left_out():
    scores = {"甲": Decimal("88.40"), "乙": Decimal("88.40"), "丙": Decimal("70.00"), "丁": Decimal("99.00")}
    assert ranks(scores) == {"丁": 1, "甲": 2, "乙": 2, "丙": 4}
    assert ranks({"甲": Decimal("88.40"), "乙": Decimal("88.40"), "丙": Decimal("1")}) == {"甲": 1, "乙": 1, "丙": 3}


def test_one_permit_in_time_stands_apart():
    one = [Line("timeliness", Fraction(15), 1, 1), Line("tasks", Fraction(10), 12, 12)]
    many = [Line("timeliness", Fraction(15), 199, 200), Line("tasks", Fraction(10), 3, 3)]
    assert in_small_band(one, 10)
    assert not in_small_band(many, 10)
    assert [is_small(line, 10) for line in many] == [False, True]
    assert not is_small(Line("repair", Fraction(5), 10, 10), 10)
    assert not is_small(Line("repair", Fraction(5), 0, 0), 10)


def test_half_of_the_weight_is_enough_for_a_rank():
    assert not in_small_band([Line("a", Fraction(10), 9, 10), Line("b", Fraction(10), 1, 1)], 10)
    assert in_small_band([Line("a", Fraction(10), 8, 9), Line("b", Fraction(10), 1, 1)], 10)


def test_small_numbers_say_little():
    assert rounded(lowest_likely(1, 1) * 100, 1) == Decimal("20.7")
    assert rounded(lowest_likely(199, 200) * 100, 1) == Decimal("97.2")


def test_deductions_and_bonuses_end_at_their_limits():
    points = Fraction(80)
    assert with_adjustments(points, [Decimal(2)] * 3, [], floor=FLOOR, cap=CAP) == 74
    assert with_adjustments(points, [Decimal(6)] * 2, [], floor=FLOOR, cap=CAP) == 70
    assert with_adjustments(points, [], [Decimal(3)] * 2, floor=FLOOR, cap=CAP) == 85
    assert with_adjustments(Fraction(4), [Decimal(9)], [], floor=FLOOR, cap=CAP) == 0


def test_one_more_raises_the_score_by_what_it_weighs():
    gained = would_raise(LINES, "timeliness")
    assert gained == Fraction(100 * 15, 80 * 190)
    assert would_raise(LINES, "objections") == 0, "nothing of it was due"
    assert would_raise(LINES, "inspections") > 0
    full = [Line("repair", Fraction(5), 3, 3)]
    assert would_raise(full, "repair") == 0


counts = st.integers(0, 50).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due)))


@given(st.lists(counts, min_size=12, max_size=12))
def test_a_score_lies_between_nothing_and_all_and_more_never_lowers_it(pairs):
    lines = [Line(code, Fraction(INDICATORS[code].points), *pair) for code, pair in zip(INDICATORS, pairs, strict=True)]
    points = score(lines)
    assert (points is None) == (not any(line.applies for line in lines))
    if points is not None:
        assert 0 <= points <= 100
        assert all(would_raise(lines, code) >= 0 for code in INDICATORS)


@given(st.fractions(0, 100))
def test_rounding_is_off_by_half_a_hundredth_at_most(points):
    assert abs(Fraction(rounded(points)) - points) <= Fraction(1, 200)
