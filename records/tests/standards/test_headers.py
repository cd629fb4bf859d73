from __future__ import annotations

import pytest

from records.standards import headers, registry

PERMIT, PENALTY = registry.get("permit-2018"), registry.get("penalty-2018")


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_labels_codes_and_marked_labels_are_recognised(standard):
    codes = [each.code for each in standard.fields]
    for cells in (
        [each.label for each in standard.fields],
        codes,
        [f"*{each.label}" for each in standard.fields],
        [f"{number}、{each.label}\n（必填）" for number, each in enumerate(standard.fields, 1)],
        [f"{each.label}：按证照填写，不得留空" for each in standard.fields],
    ):
        found = headers.match(cells, standard)
        assert list(found.columns.values()) == codes
        assert found.unmatched == ()
        assert found.missing == ()
        assert found.score == 1.0


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_synonyms_lead_to_their_own_field(standard):
    for each in standard.fields:
        for synonym in each.synonyms:
            assert list(headers.match([synonym], standard).columns.values()) == [each.code], synonym


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_a_file_with_its_labels_is_detected(standard):
    rows = [["某某表"], [], [None, *[each.label for each in standard.fields]], ["甲"]]
    best = headers.detect(rows)[0]
    assert best.standard is standard
    assert (best.found.row, best.found.data_from) == (2, 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("行政相对人代码_2(组织机构代码)", "XK_XDR_ZZJG"),
        ("行政相对人代码＿3（组织机构代码）", "XK_XDR_ZZJG"),
        ("行政相对人代码_3(工商登记码)", "XK_XDR_GSZC"),
        ("行政相对人代码_2\n（工商注册号）", "XK_XDR_GSZC"),
        ("统一社会信用代码 *", "XK_XDR_SHXYM"),
        ("有效期自(XK_YXQZ)", "XK_YXQZ"),
        ("xk_yxqzi", "XK_YXQZI"),
    ],
)
def test_the_words_decide_and_never_the_number(text, code):
    assert list(headers.match([text], PERMIT).columns.values()) == [code]


def test_a_bare_number_is_not_guessed():
    found = headers.match(["行政相对人代码_2"], PERMIT)
    assert found.columns == {}
    assert "括号" in found.unmatched[0].note


@pytest.mark.parametrize("text", ["罚款金额（万元）", "罚款金额（元）", "罚款金额"])
def test_the_unit_of_an_amount_is_asked_elsewhere(text):
    """What a column is does not depend on its unit; how it is read does (`units`)."""
    assert list(headers.match([text], PENALTY).columns.values()) == ["CF_NR_FK"]


def test_what_is_not_recognised_comes_with_suggestions():
    found = headers.match(["处罚机构", "天气"], PENALTY)
    assert [each.column for each in found.unmatched] == [0, 1]
    assert "处罚机关" in found.unmatched[0].suggestions


def test_missing_required_fields_and_second_columns_are_listed():
    found = headers.match(["处罚机关", "处罚机关", "备注"], PENALTY)
    assert found.duplicates == ((1, "CF_CFJG"),)
    assert {"CF_WSH", "CF_JDRQ"} <= {each.code for each in found.missing}
    assert "CF_CFJG" not in {each.code for each in found.missing}


def test_two_header_rows_are_one_header():
    labels, codes = [each.label for each in PERMIT.fields], [each.code for each in PERMIT.fields]
    found = headers.find_header_row([["标题"], labels, codes, ["数据"]], PERMIT)
    assert (found.row, found.data_from) == (1, 3)


def test_a_header_below_the_thirtieth_row_is_not_looked_for():
    rows = [[""] for _ in range(30)] + [[each.label for each in PERMIT.fields]]
    assert headers.find_header_row(rows, PERMIT) is None
    assert headers.detect(rows) == []


def test_a_row_is_read_by_columns_wherever_they_begin():
    found = headers.match(["", "许可机关", None, "备注"], PERMIT)
    assert found.raw(["x", "某局", "y"]) == {"XK_XKJG": "某局"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("处罚日期", "CF_JDRQ"),
        ("处罚时间", "CF_JDRQ"),
        ("处罚文号", "CF_WSH"),
        ("决定书文号", "CF_WSH"),
        ("行政处罚文号", "CF_WSH"),
        ("执法机关", "CF_CFJG"),
        ("处罚机关\n统一社会信用代码（必填）", "CF_CFJGDM"),
        ("处罚机关\n统一社会信用代码\n填18位", "CF_CFJGDM"),
        ("处罚机关\n填写全称", "CF_CFJG"),
        ("罚款金额(万元)\n只填数字", "CF_NR_FK"),
    ],
)
def test_words_of_departments_and_headers_of_several_lines(text, code):
    assert list(headers.match([text], PENALTY).columns.values()) == [code]


def test_a_header_may_name_several_fields_side_by_side():
    assert headers.alternatives("工商注册号/统一社会信用代码", PENALTY) == ("CF_XDR_GSZC", "CF_XDR_SHXYM")
    assert headers.alternatives("天气/统一社会信用代码", PENALTY) == ()
    assert headers.alternatives("统一社会信用代码", PENALTY) == ()
