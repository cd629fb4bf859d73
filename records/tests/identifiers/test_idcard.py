"""Identity documents: GB 11643 vectors, upgrade from 15 digits, other documents, age and masking."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric

from records.identifiers import idcard, regions

VECTORS = ["230102199003071237", "23010219900307004X", "230103198506150027"]

areas = st.tuples(st.sampled_from(sorted(regions.PROVINCES)), st.text("0123456789", min_size=4, max_size=4)).map(
    "".join
)
births = st.dates(date(1900, 1, 1), date(2026, 11, 23))
sequences = st.integers(0, 995).map("{:03d}".format)
numbers = (
    st.tuples(areas, births.map("{:%Y%m%d}".format), sequences)
    .map("".join)
    .map(lambda b: b + idcard.make_check_digit(b))
)
old_numbers = st.tuples(areas, st.dates(date(1900, 1, 1), date(1999, 12, 31)).map("{:%y%m%d}".format), sequences).map(
    "".join
)


def rules(findings):
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("number", VECTORS)
def test_known_numbers_hold_and_tell_the_birth(number):
    result = idcard.check(number)
    assert result.findings == ()
    assert result.birth == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert result.region == number[:6]


@pytest.mark.parametrize(
    "typed",
    ["23010219900307004x", "２３０１０２１９９００３０７００４ｘ", "230102 19900307 004X", "230102-19900307-004x"],
)
def test_small_and_full_width_x_are_mended(typed):
    assert idcard.check(typed).normal == "23010219900307004X"


def test_fifteen_digits_become_eighteen():
    result = idcard.check("230102900307123")
    assert result.normal == "230102199003071237"
    assert result.is_valid
    assert rules(result.findings) == {"id.first-generation"}


@pytest.mark.parametrize("sequence", ["996", "997", "998", "999"])
def test_the_sequences_of_centenarians_belong_to_the_1800s(sequence):
    assert idcard.upgrade("230102900307" + sequence)[6:10] == "1890"


def test_the_textbook_number_that_a_county_table_refuses_is_accepted():
    assert idcard.check("440524188001010014").is_valid


@pytest.mark.parametrize("area", ["230105", "230106", "230107", "230121", "230181", "230182"])
def test_cancelled_areas_are_the_place_of_first_issue(area):
    body = f"{area}19700307123"
    assert idcard.check(body + idcard.make_check_digit(body)).findings == ()


def _made(body):
    return body + idcard.make_check_digit(body)


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("230102199003071238", "id.check-digit"),
        (_made("23010219900231123"), "id.birth"),
        (_made("99010219900307123"), "id.area"),
        ("2301021990030712", "id.form"),
        ("23010219900307123Y", "id.form"),
        ("", "id.empty"),
        (2.3010219900307e17, "id.float"),
        ("2.30102E+17", "id.float"),
    ],
)
def test_each_error_has_its_rule_and_no_full_number(number, rule):
    errors = idcard.check(number).errors
    assert rule in rules(errors)
    assert all(len(f.value) < 15 or "******" in f.value for f in errors)


def test_a_birth_after_the_day_of_business_is_an_error():
    number = _made("23010220260601123")
    assert idcard.check(number, on=date(2026, 6, 1)).is_valid
    assert rules(idcard.check(number, on=date(2026, 5, 31)).errors) == {"id.birth-future"}


@pytest.mark.parametrize("area", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan(area):
    number = _made(f"{area}19900307123")
    assert idcard.check(number, "港澳台居民居住证").findings == ()
    assert rules(idcard.check(number, "身份证").findings) == {"id.kind"}


def test_permanent_residents_new_and_old_cards():
    assert idcard.check(_made("91112419810803002"), "外国人永久居留身份证").findings == ()
    assert idcard.check("FRA310081122501", "外国人永久居留身份证").findings == ()


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("护照号", "E12345678", "E-1"),
        ("护照", "G1234567", "护照"),
        ("港澳居民来往内地通行证", "H1234567800", "A12345678"),
        ("港澳居民来往内地通行证", "m12345678", "H123"),
        ("台湾居民来往大陆通行证", "12345678", "1234567"),
        ("外国人永久居留身份证", "USA110085022301", "US1100850223"),
    ],
)
def test_other_documents_have_light_checks(kind, good, bad):
    assert idcard.check(good, kind).findings == ()
    assert rules(idcard.check(bad, kind).errors) == {"id.form"}


def test_an_unknown_kind_is_kept_with_a_warning():
    result = idcard.check("军字第0012345号", "军官证")
    assert result.is_valid
    assert rules(result.findings) == {"id.kind-unknown"}


def test_a_minor_is_one_up_to_the_eighteenth_birthday():
    child = idcard.check(_made("23010220081123001"))
    assert child.minor_on(date(2026, 11, 23))
    assert not child.minor_on(date(2026, 11, 24))
    leap = idcard.check(_made("23010220080229001"))
    assert leap.minor_on(date(2026, 2, 28))
    assert not leap.minor_on(date(2026, 3, 1))
    assert not idcard.check("E12345678", "护照号").minor_on(date(2026, 1, 1))


def test_masks_of_the_back_office():
    assert idcard.mask_id("23010219900307002x") == "230102********002X"
    assert idcard.mask_id("230102900307123") == "230102*****7123"
    assert idcard.mask_id("E12345678") == "E******78"
    assert idcard.mask_id("1234567") == "*******"


@given(old_numbers)
def test_fifteen_and_eighteen_are_one_person(old):
    new = idcard.upgrade(old)
    assert new[:6] + new[8:17] == old
    assert idcard.check(old).normal == new == idcard.check(new).normal


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_caught(number, place, character):
    wrong = number[:place] + character + number[place + 1 :]
    assume(wrong != number)
    assert not idcard.check(wrong).is_valid


@given(numbers)
def test_check_and_birth_agree_with_stdnum(number):
    assert ric.calc_check_digit(number) == number[17]
    assert ric.get_birth_date(number) == idcard.check(number).birth


@given(numbers)
def test_a_mask_never_shows_the_birth_date(number):
    assert number[6:14] not in idcard.mask_id(number)
    assert idcard.mask_id(number).count("*") == 8
    for finding in idcard.check(number[:-1] + ("0" if number[-1] != "0" else "1")).findings:
        assert number[6:14] not in finding.value + finding.text


@given(st.one_of(st.text(), st.floats(), st.none(), st.integers()), st.sampled_from([*idcard.KINDS, "", "其他"]))
def test_nothing_typed_breaks_the_check(value, kind):
    idcard.check(value, kind, on=date(2026, 11, 23))
    idcard.mask_id(value)


@pytest.mark.parametrize(
    ("number", "day", "valid"),
    [
        ("111111111111111", None, False),
        ("111111111111111", date(2000, 1, 1), False),
        ("230102100307123", date(2021, 1, 1), False),
        ("230102100307123", date(2020, 12, 31), True),
        ("230102900307123", date(2026, 11, 30), True),
        ("230102900307123", date(1990, 3, 6), False),
        ("230102900307123", date(1990, 3, 7), True),
        ("990102900307123", None, False),
    ],
)
def test_fifteen_digits_must_be_able_to_be_a_person(number, day, valid):
    assert idcard.is_first_generation(number, on=day) is valid
    assert idcard.check(number, on=day).is_valid is valid
