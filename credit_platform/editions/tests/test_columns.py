"""Cells: what was shown reads the same, what cannot be taken says why and how to mend it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from credit_platform.editions.workbook import columns
from credit_platform.editions.workbook.columns import Mistake

KINDS = {"a": "甲类", "b": "乙类"}
ROWS = {code: SimpleNamespace(code=code, name=f"{code}局") for code in ("A", "B")}
BY_NAME = ROWS | {row.name: row for row in ROWS.values()}
COLUMNS = {
    "text": columns.text("f", "栏", max_length=5),
    "choice": columns.choice("f", "栏", KINDS),
    "defaulted": columns.choice("f", "栏", KINDS, default="b"),
    "choices": columns.choices("f", "栏", KINDS),
    "yes": columns.yes_no("f", "栏"),
    "count": columns.count("f", "栏"),
    "position": columns.position(),
    "percent": columns.percent("f", "栏"),
    "day": columns.day("f", "栏"),
    "row": columns.row("f", "栏", lambda: BY_NAME, shown=lambda row: row.name, missing="没有这个单位。"),
    "codes": columns.codes("f", "栏", lambda: KINDS, missing="没有代码为“{}”的。"),
    "rows": columns.rows("f", "栏", lambda: ROWS, missing="没有编码为“{}”的。"),
}


def taken(name: str, cell: str) -> object:
    column = COLUMNS[name]
    return column.taken(cell, column.options())


@pytest.mark.parametrize(
    ("name", "cell", "value", "again"),
    [
        ("text", "五个字以内", "五个字以内", "五个字以内"),
        ("choice", "甲类", "a", "甲类"),
        ("choice", "b", "b", "乙类"),
        ("defaulted", "", "b", "乙类"),
        ("choices", "乙类，甲类、乙类", ["a", "b"], "甲类；乙类"),
        ("choices", "", [], ""),
        ("yes", "√", True, "是"),
        ("yes", "", False, "否"),
        ("count", "1", 1, "1"),
        ("count", "32767", 32767, "32767"),
        ("count", "", None, ""),
        ("position", "", 0, "0"),
        ("position", "999999999", 999_999_999, "999999999"),
        ("percent", "10%", Decimal(10), "10"),
        ("percent", "99.55", Decimal("99.55"), "99.55"),
        ("percent", "", Decimal(0), "0"),
        ("percent", "100", Decimal(100), "100"),
        ("day", "2026年11月23日", date(2026, 11, 23), "2026-11-23"),
        ("day", "", None, ""),
        ("row", "A局", ROWS["A"], "A局"),
        ("row", "B", ROWS["B"], "B局"),
        ("row", "", None, ""),
        ("rows", "B 乙；A", [ROWS["A"], ROWS["B"]], "A；B"),
        ("codes", "b 乙类；a", ["b", "a"], "b；a"),
    ],
)
def test_a_cell_is_read_and_reads_the_same_again(name, cell, value, again):
    assert taken(name, cell) == value
    assert COLUMNS[name].show(value) == again
    assert taken(name, again) == value


@pytest.mark.parametrize(
    ("name", "cell", "why", "mend"),
    [
        ("text", "比五个字还长", "超过5个字", "缩短"),
        ("choice", "丙类", "没有这个选项", "甲类、乙类"),
        ("choice", "", "没有这个选项", "甲类、乙类"),
        ("choices", "甲类；丙类", "没有“丙类”", "多项用分号隔开"),
        ("yes", "也许", "是", "否"),
        ("count", "0", "大于 0", "数字"),
        ("count", "-1", "大于 0", "数字"),
        ("count", "32768", "大于 0", "数字"),
        ("count", "１", "大于 0", "数字"),
        ("count", "9" * 5000, "大于 0", "数字"),
        ("position", "1000000000", "整数", "顺序号"),
        ("position", "9" * 5000, "整数", "顺序号"),
        ("percent", "100.01", "0 至 100", "百分数"),
        ("percent", "0.125", "两位小数", "百分数"),
        ("percent", "NaN", "0 至 100", "百分数"),
        ("percent", "一成", "数字", "百分数"),
        ("day", "2026-02-30", "不是日期", "2026-01-01"),
        ("row", "C局", "没有这个单位", "A局、B局"),
        ("rows", "A；C", "“C”", "A、B"),
        ("codes", "a；c", "“c”", "a、b"),
    ],
)
def test_what_cannot_be_taken_says_why_and_how_to_mend_it(name, cell, why, mend):
    with pytest.raises(Mistake) as mistake:
        taken(name, cell)
    assert why in mistake.value.text
    assert mend in mistake.value.mend


def test_a_required_cell_is_not_blank():
    with pytest.raises(Mistake, match="必填"):
        columns.text("f", "栏", required=True).taken("", {})


def test_a_long_list_of_what_exists_is_cut():
    assert columns.among([str(n) for n in range(12)]).endswith("11。")
    assert columns.among([str(n) for n in range(13)]).endswith("11 等13项。")
    assert "请先登记" in columns.among([])
