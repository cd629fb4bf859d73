"""Numbers of citizens wherever they stand: found, and told apart from every other long number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers import idcard, regno
from records.identifiers.personal import hidden, identities, personal_code, removed
from records.privacy.kinds import counted
from records.tests.identifiers.test_personal import chinese, ids

ID = "230102199003071237"
OLD = "230102900307123"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        "哈市监罚〔2026〕" + ID + "号",
        "２３０１０２１９９００３０７１２３７",
        "230102 19900307 1237",
        "230102-19900307-1237",
        "2 3 0 1 0 2 1 9 9 0 0 3 0 7 1 2 3 7",
        "23010219900307004x",
        "税" + ID + "01",
        "王五（" + ID + "）",
        "二三〇一〇二一九九〇〇三〇七一二三七",
        OLD,
        "王五" + OLD,
        "230102，19900307，1237",
        "230102、19900307、1237",
        "230102_19900307_1237",
        "230102    19900307    1237",
        "[230102][19900307][1237]",
        "230102\n19900307\n1237",
        "2301021990年03月07日1237",
        "②③⓪①⓪②①⑨⑨⓪⓪③⓪⑦①②③⑦",
        "²³⁰¹⁰²¹⁹⁹⁰⁰³⁰⁷¹²³⁷",
        "❷❸⓿❶⓿❷❶❾❾⓿⓿❸⓿❼❶❷❸❼",
        "\u3164".join(ID),
        "".join(f"{digit}\ufe0f\u20e3" for digit in ID),
        "贰參零壹零贰壹玖玖零零參零柒壹贰參柒",
        "23010219900307004×",
        "23010219900307004Х",
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert len(identities(text)) == 1
    for left in (hidden(text), removed(text)):
        assert identities(left) == []
        assert "19900307" not in left


@pytest.mark.parametrize(
    "text",
    [
        "91230102MA1B00017U",
        "230100100000005",
        "111111111111111",
        "哈市监罚〔2026〕15号",
        "JY12301020001234",
        "230102260101001",
        "123502001549897397",
        "0451-84512345",
        "13945123456",
        "GB 11643-1999，2026年11月30日，1,234,567.89元",
        "230102，19900307，1238",
        "罚款230,102元、199,003元、071,238元",
        "2026年11月20日至2026年12月30日，2027年1月1日起",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert identities(text) == []
    assert hidden(text) == removed(text) == text
    assert personal_code(text) == ""


def test_a_date_in_a_serial_number_is_no_birth():
    body = "23010220260930" + "001"
    number = body + idcard.make_check_digit(body)
    assert identities(number)
    assert identities(number, on=date(2026, 10, 8)) == []
    assert identities(ID, on=date(2026, 10, 8))


def test_both_forms_of_a_number_are_one_code():
    assert personal_code(OLD) == personal_code(idcard.upgrade(OLD)) == idcard.upgrade(OLD)
    assert personal_code("23010219900307004x") == personal_code("230102-19900307-004X") == "23010219900307004X"


def test_a_registration_number_is_told_by_its_check_digit():
    body = "23010290030712"
    number = body + regno.make_check_digit(body)
    assert personal_code(number, registration=True) == ""
    assert personal_code(number) == idcard.upgrade(number)
    other = body + str((int(number[-1]) + 1) % 10)
    assert personal_code(other, registration=True) == idcard.upgrade(other)


@given(chinese, ids, chinese)
def test_nothing_of_any_number_stays(before, number, after):
    text = before + number + after
    assert number not in hidden(text)
    assert number[:6] not in removed(text)
    assert personal_code(number) == number


@given(st.text())
def test_no_text_breaks_it(text):
    assert removed(removed(text)) == removed(text)
    personal_code(text)


@pytest.mark.parametrize(
    "digest", ["a" * 20 + ID + "f" * 26, "0f" + ID + "c" * 12, "e" * 24 + "6222021234567890128" + "b" * 21]
)
def test_a_hash_holds_no_number_whatever_its_digits(digest):
    assert identities(digest) == []
    assert hidden(digest) == removed(digest) == digest
    assert counted(f'{{"hash": "{digest}"}}') == {}
    assert counted(f"{digest} {ID}") == {"id_card": 1}
