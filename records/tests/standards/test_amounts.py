from __future__ import annotations

from decimal import Decimal

import pytest

from records.standards.amounts import (
    UnreadableAmountError,
    confiscated_in_text,
    decimals,
    fines_in_text,
    foreign_sign,
    number_value,
    parse_amount,
    plain,
)


@pytest.mark.parametrize(
    ("cell", "stored", "converted"),
    [
        (0.2, "0.2", False),
        (0.1 + 0.2, "0.3", False),
        ("0.2", "0.2", False),
        ("０．２", "0.2", False),
        (12.5, "12.5", False),
        (Decimal("0.000001"), "0.000001", False),
        (100, "100", False),
        ("1,234.5", "1234.5", False),
        ("2000元", "0.2", True),
        ("5万元", "5", False),
        ("0.2万", "0.2", False),
        ("人民币贰仟元整", "0.2", True),
        (2e-05, "0.00002", False),
    ],
)
def test_amounts_in_wan(cell, stored, converted):
    value, was_converted = parse_amount(cell, in_wan=True)
    assert (plain(value), was_converted) == (stored, converted)


@pytest.mark.parametrize(
    ("cell", "stored"), [("5万元", "50000"), ("2000元", "2000"), ("0.2万元", "2000"), (2000, "2000")]
)
def test_amounts_in_yuan(cell, stored):
    assert plain(parse_amount(cell, in_wan=False)[0]) == stored


@pytest.mark.parametrize(
    "cell", ["很多", "2000-3000", "", True, None, [], float("nan"), float("inf"), 1e13, "1e5", "元"]
)
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(UnreadableAmountError):
        parse_amount(cell, in_wan=True)


@pytest.mark.parametrize(("value", "count"), [("0.2", 1), ("0.200000", 1), ("1.2345678", 7), ("3", 0), ("1E+3", 0)])
def test_decimals_are_counted_without_trailing_zeros(value, count):
    assert decimals(Decimal(value)) == count


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("罚款2000元", ["2000"]),
        ("罚款人民币贰仟元整", ["2000"]),
        ("处以5万元罚款", ["50000"]),
        ("罚款1.2万元", ["12000"]),
        ("罚款：２０００元", ["2000"]),
        ("罚款2,000元、罚款3,000.50元", ["2000", "3000.5"]),
        ("没收违法所得壹万贰仟叁佰元，并处罚款叁拾万元整", ["300000"]),
        ("处罚款（人民币）五千零五十元伍角", ["5050.5"]),
        ("罚款1万5千元", ["15000"]),
        ("罚款十万元", ["100000"]),
        ("并处货值金额5000元三倍罚款15000元", ["15000"]),
        ("处2000元的罚款", ["2000"]),
        ("没收违法所得1000元", []),
        ("警告", []),
    ],
)
def test_fines_are_found_in_the_text(text, yuan):
    assert [plain(each) for each in fines_in_text(text)] == yuan


def test_what_is_confiscated_is_told_from_the_fine():
    text = "没收违法所得1.5万元，罚款2万元"
    assert [plain(each) for each in confiscated_in_text(text)] == ["15000"]
    assert [plain(each) for each in fines_in_text(text)] == ["20000"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贰仟", 2000),
        ("一万二千", 12000),
        ("拾万", 100000),
        ("两千零五", 2005),
        ("1亿2千万", 120000000),
        ("二〇二六", 2026),
        ("一万亿", 10**12),
    ],
)
def test_chinese_numerals(text, value):
    assert number_value(text) == value


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        ("$0.2", "$"),
        ("＄0.2", "$"),
        ("US$20", "US$"),
        ("20美元", "美元"),
        ("€5", "€"),
        ("￥0.2", ""),
        ("0.2", ""),
        (0.2, ""),
    ],
)
def test_a_sign_of_another_currency_is_named_and_never_read_as_yuan(cell, sign):
    assert foreign_sign(cell) == sign
    if sign:
        with pytest.raises(UnreadableAmountError):
            parse_amount(cell, in_wan=True)
