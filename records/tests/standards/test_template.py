from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import python_calamine as calamine

from records.standards import headers, registry, template
from records.tests.standards.rows import TODAY, check, penalty

PENALTY = registry.get("penalty-2018")


def sheet_rows(data: bytes, name: str) -> list[list[object]]:
    return (
        calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_name(name)
        .to_python(skip_empty_area=False)
    )


@pytest.mark.parametrize("standard", registry.all(), ids=lambda each: each.code)
def test_a_template_is_recognised_as_what_it_is(standard):
    rows = sheet_rows(template.build_template(standard, TODAY), "填报")
    best = headers.detect(rows)[0]
    assert best.standard is standard
    assert best.found.match.score == 1.0
    assert best.found.data_from == 2
    assert template.version_mark(standard) in str(rows[0][0])


def test_a_template_has_text_columns_dropdowns_hints_and_its_version():
    book = openpyxl.load_workbook(io.BytesIO(template.build_template(PENALTY, TODAY)))
    assert book.sheetnames == ["填报", "填写说明", "代码表"]
    assert "penalty-2018/2018" in book.defined_names["模板版本"].value
    sheet = book["填报"]
    assert sheet.freeze_panes == "B3"
    header = {cell.value.lstrip("*"): cell for cell in sheet[2]}
    assert header["处罚决定日期"].value.startswith("*")
    assert header["罚款金额(万元)"].comment.text.startswith("处罚类别含罚款时必填")
    code = header["行政相对人代码_1(统一社会信用代码)"].column
    groups = sheet.column_dimensions.values()
    assert next(each for each in groups if each.min <= code <= each.max).number_format == "@"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 7


def test_the_dropdowns_hold_the_code_tables_of_the_day():
    old = sheet_rows(template.build_template(PENALTY, date(2020, 1, 1)), "代码表")
    new = sheet_rows(template.build_template(PENALTY, TODAY), "代码表")
    assert "暂扣或者吊销执照" in {cell for row in old for cell in row}
    assert "限制从业" in {cell for row in new for cell in row}


def test_the_help_sheet_explains_every_field():
    rows = sheet_rows(template.build_template(PENALTY, TODAY), "填写说明")
    assert [row[2] for row in rows[1:]] == [each.code for each in PENALTY.fields]
    assert any("本市补充" in str(row[1]) for row in rows)


def test_refused_rows_come_back_in_the_same_template_with_a_reason_and_no_formula():
    refused = penalty(CF_XDR_MC="=HYPERLINK(1)", CF_NR_FK=0.2, CF_JDRQ=date(2026, 10, 8), BZ="-")
    data = template.build_error_workbook(PENALTY, [refused, penalty()], ["+原因一", "原因二"], TODAY)
    rows = sheet_rows(data, "填报")
    found = headers.find_header_row(rows, PENALTY)
    assert [each.text for each in found.match.unmatched] == ["原因"]
    again = found.match.raw(rows[found.data_from])
    assert again["CF_XDR_MC"] == "'=HYPERLINK(1)"
    assert again["BZ"] == "-"
    assert rows[found.data_from][-1] == "'+原因一"
    assert check(again).content["CF_XDR_MC"] == "=HYPERLINK(1)"
    assert check(again).content == check(refused).content


def test_reasons_belong_to_rows():
    with pytest.raises(ValueError, match="one reason"):
        template.build_error_workbook(PENALTY, [penalty()], [], TODAY)
