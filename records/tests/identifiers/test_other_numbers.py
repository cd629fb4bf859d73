"""Organisation codes, registration, tax and document numbers, and the divisions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers import docnumber, orgcode, regions, regno, taxno


def rules(findings):
    return {finding.rule for finding in findings}


@pytest.mark.parametrize(
    "code", ["600037341", "MA2YJ1XR9", "MA1B3N1N2", "001755309", "154989739", "562813038", "00010001X"]
)
def test_organisation_codes_inside_real_credit_codes_hold(code):
    assert orgcode.check(code).is_valid
    assert orgcode.check(f"{code[:8]}-{code[8].lower()}").normal == code


def test_wrong_organisation_codes():
    assert rules(orgcode.check("600037342").findings) == {"orgcode.check-digit"}
    assert rules(orgcode.check("91230102MA1B00017U").findings) == {"orgcode.form"}
    assert rules(orgcode.check(None).findings) == {"orgcode.form"}


def test_letters_weigh_by_the_whole_alphabet():
    assert orgcode.make_check_digit("MA2YJ1XR") == "9"


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8))
def test_a_made_organisation_code_passes(first8):
    assert orgcode.check(first8 + orgcode.make_check_digit(first8)).is_valid


def test_registration_numbers():
    assert regno.check("230100100000005").is_valid
    assert regno.check("2301001000005").is_valid
    assert regno.check("230103NA000123X").is_valid
    assert rules(regno.check("230100100000006").findings) == {"regno.check-digit"}
    assert rules(regno.check("企独黑总字第000123号").findings) == {"regno.form"}


@given(st.text("0123456789", min_size=14, max_size=14), st.integers(0, 14), st.sampled_from("0123456789"))
def test_a_registration_number_catches_one_wrong_digit(first14, place, digit):
    number = first14 + regno.make_check_digit(first14)
    wrong = number[:place] + digit + number[place + 1 :]
    assert regno.is_well_formed(number)
    assert regno.is_well_formed(wrong) == (wrong == number)


@pytest.mark.parametrize(
    ("number", "ok"), [("230102600037341", True), ("91230102MA1B00017U", True), ("12", False), ("", False)]
)
def test_tax_numbers(number, ok):
    assert taxno.check(number).is_valid is ok


SAME = [
    "哈市监罚〔2020〕12号", "哈市监罚[2020]12号", "哈市监罚(2020)12号", "哈市监罚（2020）12号", "哈市监罚【2020】12号",
    "哈市监罚［２０２０］１２号", " 哈市监罚 〔2020〕 12 号 ", "哈市监罚〖2020〗12号", "哈市监罚{2020}12号", "哈市监罚\u200b〔2020〕12号",
]  # fmt: skip


@pytest.mark.parametrize("typed", SAME)
def test_one_document_number_in_all_its_forms(typed):
    result = docnumber.check(typed)
    assert result.key == "哈市监罚〔2020〕12号"
    assert result.display == typed.strip()
    assert result.is_valid


def test_different_numbers_stay_different():
    keys = {
        docnumber.key(n) for n in ["〔2020〕12号", "〔2020〕第12号", "〔2021〕12号", "〔2020〕012号", "〔2020〕1-2号"]
    }
    assert len(keys) == 5


@pytest.mark.parametrize("damaged", [1.0, 2020.12, "9.1E+17", "2.0200012E+10", "20200012.0", "９.1E+17"])
def test_a_number_made_a_float_by_a_spreadsheet_is_refused(damaged):
    assert rules(docnumber.check(damaged).findings) == {"docnumber.float"}


@pytest.mark.parametrize("empty", [None, "", " ", "/", "—"])
def test_an_empty_document_number_is_refused(empty):
    assert rules(docnumber.check(empty).findings) == {"docnumber.empty"}


def test_an_integer_is_a_number_like_any_other():
    assert docnumber.check(20200012).key == "20200012"


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert docnumber.key(docnumber.key(text)) == docnumber.key(text)


def test_harbin_has_nine_districts_seven_counties_and_two_cities():
    kinds = [region.kind for region in regions.HARBIN_DISTRICTS]
    assert (kinds.count("区"), kinds.count("县"), kinds.count("市")) == (9, 7, 2)
    codes = [region.code for region in regions.HARBIN_DISTRICTS]
    assert codes == sorted(codes)


def test_names_of_divisions_by_day():
    assert regions.region_name("230102") == "哈尔滨市道里区"
    assert regions.region_name("230107", date(2000, 1, 1)) == "哈尔滨市动力区"
    assert regions.region_name("230107", date(2026, 1, 1)) == "哈尔滨市动力区（已撤销）"
    assert regions.region_name("230199") == "哈尔滨市"
    assert regions.region_name("230500") == "双鸭山市"
    assert regions.region_name("110105") == "北京市"
    assert regions.region_name("990000") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [("230105", "230104"), ("230106", "230110"), ("230107", "230110"), ("230121", "230111"), ("230181", "230112"),
     ("230122", "230112"), ("230182", "230113"), ("230102", "230102"), ("230199", "")],
)  # fmt: skip
def test_a_retired_code_leads_to_todays_district(old, new):
    assert regions.current_district(old) == new
