from __future__ import annotations

from decimal import Decimal

import pytest

from records.standards import registry, units
from records.standards.declaration import FieldType

FINE = registry.get("penalty-2018").field("CF_NR_FK")


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("罚款金额(万元)", "万元"),
        ("罚款金额（万元）\n只填数字", "万元"),
        ("罚款金额万元", "万元"),
        ("罚款金额（单位：万元）", "万元"),
        ("罚款金额（元）", "元"),
        ("罚款金额(人民币元)", "元"),
        ("罚款金额（单位：元）", "元"),
        ("罚款金额：元", "元"),
        ("罚款金额元", "元"),
        ("罚款金额", ""),
        ("*罚款金额（必填）", ""),
        ("单元罚款金额", ""),
        ("cf_nr_fk", "万元"),
    ],
)
def test_the_unit_that_a_header_names(header, unit):
    assert units.written(header, FINE) == unit


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ([["行政处罚台账", None], ["单位：元"]], "元"),
        ([["台账（单位: 万元）"]], "万元"),
        ([["金额单位：人民币元"]], "元"),
        ([["单位：元", "单位：万元"]], ""),
        ([["填报单位：元宝区市场监管局"]], ""),
        ([["单位：亿元"]], ""),
        ([[], [None, 3.0]], ""),
    ],
)
def test_the_unit_that_a_line_above_the_table_names(rows, unit):
    assert units.noted(rows) == unit


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (2000.0, "0.2"),
        ("2,000", "0.2"),
        ("0.5", "0.00005"),
        ("2000元", "2000元"),
        ("5万元", "5万元"),
        ("", ""),
        (None, None),
        (True, True),
        ("很多", "很多"),
        (float("nan"), float("nan")),
    ],
)
def test_only_a_bare_number_is_brought_to_the_unit_of_the_field(cell, read):
    assert units.scaled(cell, units.factor("元", FINE)) == read or cell != cell


def test_factors():
    assert (units.factor("万元", FINE), units.factor("元", FINE)) == (Decimal(1), Decimal("0.0001"))


def test_the_units_that_a_cell_may_name_and_the_kinds_of_fields_that_have_one():
    assert set(units.UNITS) == {"元", "万元"}
    assert {FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN} == units.AMOUNTS
