"""Headers of two rows, as departments merge their cells."""

from __future__ import annotations

import pytest

from records.standards import headers, registry

PENALTY = registry.get("penalty-2018")
ABOVE = ["文书号", "行政相对人名称", "行政相对人代码", "", "法定代表人", "", "", "处罚机关", "", "处罚决定日期"]
BELOW = ["", "", "统一社会信用代码", "工商注册号", "姓名", "证件类型", "证件号码", "名称", "统一社会信用代码", ""]
DATA = [
    "示市监罚〔2026〕1号",
    "哈尔滨示例商贸有限公司",
    "91230100MA1B2C3D4E",
    "230100100012345",
    "赵某某",
    "",
    "",
    "示例局",
    "11",
    "2026-11-02",
]


def test_a_word_over_several_columns_and_what_is_under_it_are_one_header():
    found = headers.find_header_row([["处罚信息表"], ABOVE, BELOW, DATA, DATA], PENALTY)
    assert (found.row, found.data_from) == (1, 3)
    assert found.match.raw(DATA) == {
        "CF_WSH": DATA[0],
        "CF_XDR_MC": DATA[1],
        "CF_XDR_SHXYM": DATA[2],
        "CF_XDR_GSZC": DATA[3],
        "CF_FRDB": DATA[4],
        "CF_FR_ZJLX": DATA[5],
        "CF_FR_ZJHM": DATA[6],
        "CF_CFJG": DATA[7],
        "CF_CFJGDM": DATA[8],
        "CF_JDRQ": DATA[9],
    }


def test_a_lower_word_that_is_nothing_is_asked_about_with_both_words():
    above = [*ABOVE, "行政相对人地址", ""]
    below = [*BELOW, "所在省", "所在街"]
    found = headers.find_header_row([above, below], PENALTY)
    assert [each.text for each in found.match.unmatched][-2:] == ["行政相对人地址所在省", "行政相对人地址所在街"]


@pytest.mark.parametrize("shown", [DATA, ["", "", *DATA[2:4], *[""] * 6]])
def test_data_under_a_header_of_one_row_stays_data(shown):
    plain = [
        "文书号",
        "行政相对人名称",
        "统一社会信用代码",
        "工商注册号",
        "法定代表人",
        "",
        "",
        "处罚机关",
        "",
        "处罚决定日期",
    ]
    found = headers.find_header_row([plain, shown, DATA], PENALTY)
    assert (found.row, found.data_from) == (0, 1)


def test_codes_under_a_header_of_two_rows_are_header_too():
    codes = ["CF_WSH", "CF_XDR_MC", "CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_FRDB", "", "", "CF_CFJG", "CF_CFJGDM", "CF_JDRQ"]
    found = headers.find_header_row([ABOVE, BELOW, codes, DATA], PENALTY)
    assert found.data_from == 3
