"""Credit codes: the vectors of the field, the traps, and what must hold for every code."""

import csv
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from records.identifiers import uscc
from records.identifiers.clean import clean_code
from records.tests.published import published

REAL = [
    "91110000600037341L", "91350200MA2YJ1XR9G", "91230500MA1B3N1N2M", "11230500001755309F", "123502001549897397",
    "913502115628130384", "91440300708461136T", "91110000802100433B", "91330100799655058B", "12100000400010275N",
    "11100000000013127D", "91310000132260250X",
]  # fmt: skip
MADE = [
    "91230102MA1B00017U", "92230103MA1C00026P", "93230126MA1D00035F", "1123010000010001X8", "12230100414000027P",
    "51230100501200035D", "N2230110MF00000807", "G1230000MD00000756", "81230100MC0000098W",
]  # fmt: skip
EXEMPT = frozenset({"91350203M0001FUE2P", "91350203M0001QAY9B"})

pairs = st.sampled_from(sorted(uscc.KINDS))
first17 = st.tuples(
    pairs, st.text("0123456789", min_size=6, max_size=6), st.text(uscc.ALPHABET, min_size=9, max_size=9)
)
codes = first17.map("".join).map(lambda body: body + uscc.make_check_digit(body))


def rules(findings):
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("code", REAL + MADE)
def test_known_codes_hold(code):
    result = uscc.check(code)
    assert result.is_valid
    assert result.normal == code
    assert result.category
    assert result.org_kind
    assert result.region == code[2:8]
    assert result.org_code == code[8:17]


@pytest.mark.parametrize("code", MADE)
def test_made_codes_have_no_warning_either(code):
    assert uscc.check(code).findings == ()


def test_a_sum_divisible_by_31_gives_zero():
    body = next(b for n in range(10**6) if uscc.make_check_digit(b := f"91230102MA1B{n:05d}") == "0")
    assert uscc.check(body + "0").errors == ()


@pytest.mark.parametrize(
    "typed",
    [
        "91230102ma1b00017u",
        " 91230102 MA1B-00017U ",
        "９１２３０１０２ＭＡ１Ｂ０００１７Ｕ",
        "91230102\u200bMA1B00017U",
    ],
)
def test_full_width_lower_case_and_blanks_are_mended(typed):
    result = uscc.check(typed)
    assert result.is_valid
    assert result.normal == "91230102MA1B00017U"


@pytest.mark.parametrize("number", ["430407199312020025", "362322198709086409"])
def test_an_id_that_passes_the_check_by_chance_is_refused(number):
    result = uscc.check(number)
    assert stdnum_uscc.calc_check_digit(number) == number[17]
    assert rules(result.errors) >= {"uscc.pair", "uscc.is-id-card"}
    assert all(number not in f.value + f.text for f in result.findings)


@pytest.mark.parametrize("code", sorted(EXEMPT))
def test_a_real_code_with_a_false_check_needs_its_exemption(code):
    assert "uscc.check-digit" in rules(uscc.check(code).errors)
    exempted = uscc.check(code, exempt=EXEMPT)
    assert exempted.is_valid
    assert "uscc.exempt" in rules(exempted.warnings)


@pytest.mark.parametrize(
    "typed", [uscc.PLACEHOLDER, "0" * 18, "00000000000000000x", "0" * 15, "111111111111111111", "X" * 18, "９" * 18]
)
def test_placeholders_are_told_apart(typed):
    result = uscc.check(typed)
    assert result.is_placeholder
    assert rules(result.errors) == {"uscc.placeholder"}


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("", "uscc.length"),
        (None, "uscc.length"),
        ("9123010", "uscc.length"),
        ("91230102MA1B00017UU", "uscc.length"),
        ("9123O102MA1B00017U", "uscc.alphabet"),
        ("91230102MA1B00018U", "uscc.check-digit"),
        (9.1230102e17, "uscc.float"),
        ("9.12E+17", "uscc.float"),
    ],
)
def test_each_error_has_its_rule(typed, rule):
    assert rules(uscc.check(typed).errors) == {rule}


def _with_check(body):
    return body + uscc.make_check_digit(body)


def test_an_unknown_registrar_letter_is_only_a_warning():
    result = uscc.check(_with_check("Q1230100MC0000098"))
    assert result.is_valid
    assert rules(result.warnings) == {"uscc.pair"}
    assert (result.category, result.org_kind) == ("", "")


def test_a_known_department_with_an_impossible_kind_is_an_error():
    assert rules(uscc.check(_with_check("97230102MA1B00017")).errors) == {"uscc.pair"}
    assert rules(uscc.check(_with_check("01230102MA1B00017")).errors) == {"uscc.pair"}


def test_unknown_area_and_inner_code_are_warnings():
    result = uscc.check(_with_check("91990102MA1B00018"))
    assert result.is_valid
    assert rules(result.warnings) == {"uscc.region", "uscc.org-code"}


@pytest.mark.parametrize("area", ["230182", "230105", "230199", "100000", "660000"])
def test_retired_areas_zones_and_national_registrars_are_accepted(area):
    assert uscc.check(_with_check(f"91{area}MA1B00017")).findings == ()


@given(codes)
def test_every_made_code_passes_its_own_check(code):
    assume(not uscc.is_placeholder(code))
    assert "uscc.check-digit" not in rules(uscc.check(code).findings)
    assert uscc.is_well_formed(code)


@given(codes, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_caught(code, place, character):
    wrong = code[:place] + character + code[place + 1 :]
    assume(wrong != code)
    assert not uscc.check(wrong).is_valid


@given(codes, st.integers(0, 16))
def test_two_swapped_neighbours_are_always_caught(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assume(swapped != code)
    assert not uscc.check(swapped).is_valid


@given(codes)
def test_the_check_character_agrees_with_stdnum(code):
    assert stdnum_uscc.calc_check_digit(code[:17]) == code[17]


@given(st.one_of(st.text(), st.floats(), st.none(), st.integers()))
def test_nothing_typed_breaks_the_check(value):
    result = uscc.check(value)
    assert result.is_valid == (not result.errors)


@given(st.text())
def test_cleaning_twice_changes_nothing(value):
    assert clean_code(clean_code(value)) == clean_code(value)


def test_the_real_register_has_no_error_and_hardly_a_warning():
    with published("enterprise", "heilongjiang_dev.csv").open(encoding="utf-8-sig", newline="") as stream:
        results = [uscc.check(row["credit_code"]) for row in csv.DictReader(stream)]
    seen = Counter(finding.rule for result in results for finding in result.findings)
    assert len(results) >= 2_000
    assert [result.normal for result in results if result.errors] == []
    assert set(seen) <= {"uscc.org-code"}
    assert seen.total() <= 5


@pytest.mark.parametrize("area", ["WD18YG", "23010A", "X30102"])
def test_a_letter_in_the_area_is_an_error(area):
    """GB 32100: positions 3 to 8 are six digits. A made-up string of the alphabet with a true check character is no code."""
    result = uscc.check(_with_check(f"91{area}MA1B00017"))
    assert rules(result.errors) == {"uscc.area-form"}
    assert area in result.errors[0].text
    assert not uscc.is_well_formed(_with_check(f"91{area}MA1B00017"))
