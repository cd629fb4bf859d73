"""Tables of the identifiers, written down a second time, and the ages, lengths and signs at their limits."""

from datetime import date

import pytest

from records.identifiers import docnumber, idcard, regno, uscc
from records.identifiers.idcard import (
    CITIZEN,
    FOREIGN_RESIDENT,
    HK_MACAO_PERMIT,
    PASSPORT,
    RESIDENCE_PERMIT,
    TAIWAN_PERMIT,
)
from records.tests.published import code
from tests.days import ONE


def test_the_pairs_of_a_credit_code():
    """GB 32100: registering department and kind, with 54 since 2018."""
    pairs = {
        "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "12349", "6": "129", "7": "129", "8": "19", "9": "1239", "A": "19",
        "G": "1", "N": "1239", "Y": "1",
    }  # fmt: skip
    assert {first + second for first, seconds in pairs.items() for second in seconds} == set(uscc.KINDS)
    assert set(uscc.DEPARTMENTS) == set(pairs)
    assert uscc.ALPHABET == "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("text", "right"), [(code(7), True), (code(7)[:-1], False), (code(7) + "0", False), (code(7).lower(), False)]
)
def test_a_well_formed_code(text, right):
    assert uscc.is_well_formed(text) is right
    assert uscc.is_flawless(text) is right


def test_what_is_well_formed_and_yet_worth_a_word():
    """An area of no province; an organisation code inside that does not hold."""
    for odd in (code(7, "990102"), code(7, odd_inside=True)):
        assert uscc.is_well_formed(odd)
        assert not uscc.is_flawless(odd)
        assert uscc.check(odd).findings
    other = code(7)[:2] + "ＡＢ0102" + code(7)[8:]
    assert not uscc.is_well_formed(other)
    assert not uscc.is_well_formed("10" + code(7)[2:])


def test_kinds_of_papers_and_how_else_they_are_called():
    assert idcard.KINDS == (CITIZEN, PASSPORT, HK_MACAO_PERMIT, TAIWAN_PERMIT, FOREIGN_RESIDENT, RESIDENCE_PERMIT)
    assert idcard._SYNONYMS == {
        "居民身份证": CITIZEN,
        "公民身份证": CITIZEN,
        "身份证号": CITIZEN,
        "二代身份证": CITIZEN,
        "护照": PASSPORT,
        "港澳通行证": HK_MACAO_PERMIT,
        "回乡证": HK_MACAO_PERMIT,
        "台胞证": TAIWAN_PERMIT,
        "台湾通行证": TAIWAN_PERMIT,
        "外国人永久居留证": FOREIGN_RESIDENT,
        "港澳台居住证": RESIDENCE_PERMIT,
        "港澳居民居住证": RESIDENCE_PERMIT,
        "台湾居民居住证": RESIDENCE_PERMIT,
    }


def citizen(birth):
    first = f"230102{birth}123"
    return first + idcard.make_check_digit(first)


@pytest.mark.parametrize(("year", "rule"), [(1897, []), (1896, []), (1895, ["id.age"])])
def test_older_than_a_hundred_and_thirty_years(year, rule):
    told = idcard.check(citizen(f"{year}0307"), on=date(2026, 11, 23)).findings
    assert [each.rule for each in told] == rule


def test_a_birth_on_the_day_itself_and_on_the_day_after():
    born = date(2026, 11, 23)
    rules = [
        [each.rule for each in idcard.check(citizen(f"{born:%Y%m%d}"), on=day).findings] for day in (born - ONE, born)
    ]
    assert rules == [["id.birth-future"], []]


@pytest.mark.parametrize("sign", "([{【〖〔《〈「『<")
def test_every_bracket_that_opens_is_one(sign):
    assert docnumber.key(f"示罚{sign}2026〕7号") == "示罚〔2026〕7号"


@pytest.mark.parametrize("sign", ")]}】〗〕》〉」』>")
def test_every_bracket_that_closes_is_one(sign):
    assert docnumber.key(f"示罚〔2026{sign}7号") == "示罚〔2026〕7号"


@pytest.mark.parametrize("sign", "‐‑‒–—―−─-")
def test_every_dash_is_one(sign):
    assert docnumber.key(f"示罚2026{sign}7号") == "示罚2026-7号"


@pytest.mark.parametrize("sign", "〇○◯")
def test_every_nought_is_one(sign):
    assert docnumber.key(f"示罚二{sign}二六") == "示罚二〇二六"


@pytest.mark.parametrize("sign", [" ", "\u3000", "\u2028", "\u2029", "\u200b", "\t", "\n", "\x00"])
def test_blanks_and_signs_that_nobody_sees_fall_away(sign):
    assert docnumber.key(f"示罚{sign}〔2026〕7号") == "示罚〔2026〕7号"


@pytest.mark.parametrize("sign", "。．.,，;；、")
def test_a_stop_behind_it_falls_away_and_only_there(sign):
    assert docnumber.key(f"示罚〔2026〕7号{sign}{sign}") == "示罚〔2026〕7号"
    assert docnumber.key(f"示{sign}罚〔2026〕7号") != "示罚〔2026〕7号"


def test_registration_numbers_of_fifteen_digits():
    right = "230102000000017"
    first = right[:14]
    assert regno.is_well_formed(first + regno.make_check_digit(first))
    rules = [
        [each.rule for each in regno.check(text).findings]
        for text in ("2301020000000", "23010200000000", "230102" + "0" * 8 + "x")
    ]
    assert rules == [[], ["regno.form"], ["regno.form"]]
