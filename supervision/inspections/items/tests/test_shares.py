"""Shares in exact fractions: what the texts of the law ask for, and how they are cut to a capacity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supervision.inspections.items.rules.shares import (
    Rule,
    Share,
    Way,
    against,
    chance_of_none,
    cut,
    percent,
    read,
    share_of,
    wanted,
)

DANDONG = {"A": 31107, "B": 12044, "C": 3682, "D": 721}


def least(text):
    return share_of("least", text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3%", Fraction(3, 100)), ("0.5％", Fraction(1, 200)), ("1/3", Fraction(1, 3)), ("0.07", Fraction(7, 100)),
        ("1", Fraction(1)), ("100%", Fraction(1)), ("101%", None), ("3/2", None), ("7", None), ("-1%", None), ("", None), ("1/0", None),
    ],
)  # fmt: skip
def test_a_share_is_read_exactly(text, value):
    assert read(text) == value


def test_seven_percent_of_seven_hundred_is_49():
    assert wanted(least("7%"), 700) == 49


@pytest.mark.parametrize(
    ("shares", "sizes"),
    [
        (("3%", "10%", "40%", "100%"), (934, 1205, 1473, 721)),
        (("1%", "2%", "10%", "30%"), (312, 241, 369, 217)),
    ],
)
def test_not_less_is_rounded_up(shares, sizes):
    assert tuple(wanted(least(text), size) for text, size in zip(shares, DANDONG.values(), strict=True)) == sizes


def test_not_less_draws_at_least_one_and_of_nobody_none():
    assert (wanted(least("3%"), 1), wanted(least("3%"), 0), wanted(least("0%"), 9)) == (1, 0, 0)


@pytest.mark.parametrize(("size", "number"), [(7, 0), (19, 0), (20, 1), (39, 1)])
def test_not_more_is_rounded_down(size, number):
    assert wanted(share_of("most", "5%"), size) == number


@pytest.mark.parametrize(
    ("low", "high", "size", "number"),
    [("5%", "20%", 5, 1), ("5%", "20%", 9, 1), ("21%", "60%", 3, 1), ("61%", "100%", 2, 2), ("5%", "20%", 4, None), ("21%", "60%", 1, None)],
)  # fmt: skip
def test_a_band_takes_the_lowest_number_inside_or_none(low, high, size, number):
    assert wanted(share_of("band", low, high), size) == number


def test_of_an_empty_band_the_upper_end_rules_when_somebody_says_so():
    assert wanted(share_of("band", "5%", "20%"), 4, upper=True) == 0


def test_capacity_by_largest_remainder_and_by_strictness():
    asked = {"A": 934, "B": 1205, "C": 1473, "D": 721}
    assert cut(asked, 1000, Way.LARGEST, "DCBA") == {"A": 216, "B": 278, "C": 340, "D": 166}
    assert cut(asked, 1000, Way.STRICT, "DCBA") == {"A": 0, "B": 0, "C": 279, "D": 721}
    assert cut(asked, 5000, Way.STRICT, "DCBA") == asked


def test_equal_remainders_go_by_the_code():
    assert cut({"B": 1, "A": 1, "C": 1}, 2, Way.LARGEST, "CBA") == {"A": 1, "B": 1, "C": 0}


@pytest.mark.parametrize(("drawn", "chance"), [(10, 0.584), (30, 0.161), (45, 0.046)])
def test_the_chance_to_meet_none_of_five_bad_ones(drawn, chance):
    assert round(float(chance_of_none(100, 5, drawn)), 3) == chance
    assert chance_of_none(5, 3, 3) == 0


def test_a_share_is_shown_as_it_is_written():
    assert [percent(read(text)) for text in ("3%", "0.5%", "1/3", "1")] == ["3%", "0.5%", "1/3", "100%"]
    assert str(Share(Rule.BAND, Fraction(1, 20), Fraction(1, 5))) == "5%至20%"


@pytest.mark.parametrize(
    ("rule", "low", "high", "fields"),
    [
        ("least", "3%", "", []),
        ("least", "三", "", ["share_low"]),
        ("band", "5%", "", ["share_high"]),
        ("band", "20%", "5%", ["share_high"]),
        ("most", "5%", "9%", ["share_high"]),
    ],
)
def test_what_stands_against_a_share(rule, low, high, fields):
    assert [each.field for each in against(rule, low, high)] == fields
