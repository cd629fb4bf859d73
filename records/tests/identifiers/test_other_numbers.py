"""Organisation codes, registration, tax and document numbers, and the divisions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers import docnumber, oldnumbers, orgcode, regions, regno, taxno


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
    ("number", "kind"),
    [
        ("91230102MA1B00017U", "code"),
        ("230102600037341", "tax_no"),
        ("23010260003734" + regno.make_check_digit("23010260003734"), "reg_no"),
        ("2301021234567", "reg_no"),
        ("MA1B00017", "org_code"),
        ("230102MA1B00017", "tax_no"),
        ("230102MA1B00018", ""),
        ("12345", ""),
        ("", ""),
    ],
)
def test_old_numbers_are_told_apart_by_their_form(number, kind):
    assert oldnumbers.kind_of(number) == kind
    assert bool(oldnumbers.in_words(number)) == bool(kind)


@pytest.mark.parametrize("typed", ["哈市监罚〔2020〕12号。", "哈市监罚〔2020〕12号 .", "哈市监罚〔2020〕12号；"])
def test_a_stop_behind_a_number_is_not_part_of_it(typed):
    result = docnumber.check(typed)
    assert (result.display, result.key) == ("哈市监罚〔2020〕12号", "哈市监罚〔2020〕12号")
    assert result.is_valid
    assert rules(result.findings) == {"docnumber.stop"}


def test_a_number_that_a_program_wrote_as_a_float_is_refused():
    assert rules(docnumber.check("2.0150012E7").findings) == {"docnumber.float"}
    assert docnumber.check("2E7").is_valid, "a certificate may be called so"


@pytest.mark.parametrize(
    ("number", "rule", "level"),
    [
        ("3", "docnumber.running", "error"),
        ("017", "docnumber.running", "error"),
        ("示例公司违法排污", "docnumber.no-digits", "error"),
        ("示例第3公司涉嫌违法排污案", "docnumber.case-name", "error"),
        ("哈市监罚〔〕3号", "docnumber.no-year", "error"),
        ("〔〕号", "docnumber.no-digits", "error"),
        ("双环许可2019", "docnumber.no-serial", "warning"),
        ("^015〕示汍字第00280号", "docnumber.brackets", "warning"),
        ("哈市监罚^2026第3号", "docnumber.sign", "warning"),
    ],
)
def test_what_can_hardly_be_a_number_of_a_document_is_told(number, rule, level):
    found = docnumber.doubt(number)
    assert (found.rule, found.level) == (rule, level)
    assert number in found.text
    assert found.mend


@pytest.mark.parametrize(
    "number",
    [
        "哈市监罚〔2026〕15号",
        "（哈）市监罚（2026）第15-2号",
        "哈公（治）行罚决字〔2026〕1号",
        "JY12301020000001",
        "201312142",
        "第0012号",
        "哈市监罚〔二〇二六〕十五号",
        "哈烟案〔2026〕第15号",
        "哈住建罚决字2026年第15号",
        "2026-15",
    ],
)
def test_nothing_is_said_of_a_number_however_it_is_written(number):
    assert docnumber.doubt(number) is None


@pytest.mark.parametrize(
    ("number", "says"),
    [("哈市监不罚〔2026〕3号", True), ("哈环不予处罚〔2026〕3号", True), ("哈市监罚〔2026〕3号", False)],
)
def test_numbers_of_decisions_not_to_punish(number, says):
    assert docnumber.says_no_penalty(number) is says
