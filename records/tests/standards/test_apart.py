from __future__ import annotations

import pytest

from records.standards import registry
from records.standards.apart import Apart
from records.tests.standards.rows import penalty

STANDARD = registry.get("penalty-2018")
CODES = ("CF_XDR_MC", "CF_XDR_SHXYM", "CF_WSH", "CF_CFLB", "CF_NR_FK", "CF_JDRQ", "CF_CFJG")


def why(cells, *, first=False):
    """Cells of a running number and of the columns of CODES."""
    raw = dict(zip(CODES, cells[1:], strict=False))
    found = Apart(STANDARD).why(cells, raw, first=first)
    return found.rule.removeprefix("apart.") if found else ""


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (["合计", None, None, None, None, 12.5, None, None], "total"),
        ([None, "合 计", None, None, "3件", "12.5"], "total"),
        ([None, "小计：", None, None, None, 3.0], "total"),
        (["本页合计（万元）", None, None, None, None, 3.0], "total"),
        (["填表说明：", "请按决定书填写"], "note"),
        (["填表说明"], "note"),
        (["注：金额单位为万元"], "note"),
        (["填表人：", "张某", "审核人：", "李某", None, None, "填表日期："], "note"),
        (["1、本表由各单位法制机构填写，每月五日前报送。"], "note"),
        (["※ 涉密信息不报"], "note"),
        ([7.0, None, None, None, None, None, None, None], "empty"),
        (["8", "", " ", "", "", "", "", ""], "empty"),
        ([None, None, None, None, "罚款", None, None, "某局"], "continued"),
    ],
)
def test_what_is_no_record(cells, rule):
    assert why(cells) == rule


@pytest.mark.parametrize(
    "cells",
    [
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0],
        ["1", "2", "3", "4"],
        ["(1)", "(2)", "(3)"],
        [None, "A", "B", "C", "D"],
    ],
)
def test_the_numbers_of_the_columns_stand_right_under_the_header_only(cells):
    assert why(cells, first=True) == "numbers"
    assert why(cells) != "numbers"


@pytest.mark.parametrize(
    "cells",
    [
        [1.0, "哈尔滨合计商贸有限公司", "91230102MA1B00017U", "示罚〔2026〕1号", "罚款", 0.2, "2026-11-02", "某局"],
        [1.0, "合计", "91230102MA1B00017U", None, None, None, None, None],
        [1.0, "合计", None, "示罚〔2026〕1号", None, None, None, None],
        [1.0, "小计时信息技术服务部", None, None, None, None, None, None],
        [None, None, None, "示罚〔2026〕1号", None, None, None, None],
        [None, None, None, None, None, None, "2026-11-02", None],
        [None, "哈尔滨示例商贸有限公司", None, None, None, None, None, None],
        [
            "备注：续",
            "哈尔滨示例商贸有限公司",
            "91230102MA1B00017U",
            "示罚〔2026〕1号",
            "罚款",
            0.2,
            "2026-11-02",
            "某局",
        ],
        ["注：", None, None, "示罚〔2026〕1号", None, None, None, None],
    ],
)
def test_whatever_carries_what_only_a_record_has_is_one(cells):
    assert why(cells) == ""
    assert why(cells, first=True) == ""


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_a_row_of_every_standard_is_a_record(standard):
    apart = Apart(standard)
    row = {each.code: "x" for each in standard.fields}
    assert apart.why(list(row.values()), row, first=True) is None


def test_a_whole_row_is_a_record():
    row = penalty()
    assert Apart(STANDARD).why(list(row.values()), row, first=True) is None
