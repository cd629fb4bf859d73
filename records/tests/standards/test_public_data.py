"""The published samples and templates of other places (`records.tests.published`)."""

from __future__ import annotations

import csv
import json

import pytest
import python_calamine as calamine

from records.standards import headers, registry
from records.tests.published import published
from records.tests.standards.rows import context, told, validator_for


@pytest.fixture(scope="module")
def samples():
    return json.loads(published("doublepub", "heilongjiang_shuangyashan_api_records.json").read_text(encoding="utf-8"))


def validate(record: dict[str, object], code: str):
    found = headers.match(list(record), registry.get(code))
    return validator_for(code).validate_row(found.raw(list(record.values())), context())


def test_the_permit_of_a_city_of_the_province_is_refused_for_its_placeholder_authority(samples):
    result = validate(samples[0]["record"], "permit-2018")
    assert told(result) == {
        ("error", "uscc.placeholder", "XK_XKJGDM"),
        ("error", "uscc.placeholder", "XK_LYDWDM"),
        ("warning", "docnumber.no-serial", "XK_WSH"),
    }
    assert "占位符" in result.errors[0].text


def test_the_penalty_agrees_with_its_text_and_is_accepted_as_from_elsewhere(samples):
    result = validate(samples[1]["record"], "penalty-2018")
    assert told(result) == {
        ("warning", "authority.elsewhere", "CF_CFJGDM"),
        ("warning", "source.elsewhere", "CF_SJLYDM"),
    }
    assert result.content["CF_NR_FK"] == "0.2"
    assert result.keys.document_key == "市场〔2019〕1号"
    wrong = validate(samples[1]["record"] | {"CF_NR_FK": 2000}, "penalty-2018")
    assert ("warning", "amount.matches-text", "CF_NR_FK") in told(wrong)


@pytest.mark.parametrize(("table", "code"), [("行政处罚", "penalty-2015"), ("行政许可", "permit-2015")])
def test_the_layout_of_2017_is_recognised_by_labels_and_by_codes(table, code):
    path = published("doublepub", "doublepub_2017_field_template_with_instructions.csv")
    with path.open(encoding="utf-8") as file:
        fields = [row for row in csv.DictReader(file) if row["table"] == table]
    for key in ("name", "field"):
        best = headers.detect([[row[key] for row in fields]])[0]
        assert best.standard.code == code
        assert best.found.match.unmatched == ()
        assert list(best.found.match.columns.values()) == [row["field"] for row in fields]


@pytest.mark.parametrize(("table", "code"), [("YW_L_SGSXZCF", "penalty-2015"), ("YW_L_SGSXZXK", "permit-2015")])
def test_labels_of_another_citys_tables_lead_to_the_same_fields(table, code):
    with published("doublepub", "es_sxy_doublepub_columns.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["table"] == table and "行政相对人代码" in row["meaning"]]
    suffix = {
        "统一社会信用代码": "SHXYM",
        "组织机构代码": "ZDM",
        "工商登记码": "GSDJ",
        "税务登记": "SWDJ",
        "居民身份证号": "SFZ",
    }
    for row in rows:
        found = list(headers.match([row["meaning"]], registry.get(code)).columns.values())
        expected = next(end for words, end in suffix.items() if words in row["meaning"])
        assert [each[-len(expected) :] for each in found] == [expected], row["meaning"]


@pytest.mark.parametrize("ending", ["xls", "xlsx"])
@pytest.mark.parametrize(("name", "code", "columns"), [("xzcf", "penalty-2018", 8), ("xzxk", "permit-2018", 9)])
def test_templates_of_another_province_are_recognised_behind_an_empty_row_and_column(ending, name, code, columns):
    book = calamine.CalamineWorkbook.from_path(str(published("doublepub", f"zhejiang_template_{name}.{ending}")))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    best = headers.detect(rows)[0]
    assert best.standard.code == code
    assert (best.found.row, best.found.data_from, len(best.found.match.columns)) == (1, 2, columns)
    assert min(best.found.match.columns) == 1
    result = validator_for(code).validate_row(best.found.match.raw(rows[2]), context())
    assert not result.ok


def test_every_row_of_the_register_is_accepted():
    with published("enterprise", "heilongjiang_dev.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    best = headers.detect(rows[:30])[0]
    assert best.standard.code == "registration"
    assert best.found.match.unmatched == ()
    validator, ctx = validator_for("registration"), context()
    results = [validator.validate_row(best.found.match.raw(row), ctx) for row in rows[1:]]
    assert len(results) == len(rows) - 1 > 2_000
    assert [each.errors for each in results if not each.ok] == []
    assert all(each.content["TYSHXYDM"] == each.content["TYSHXYDM"].upper() for each in results)
    assert {each.keys.subject_kind for each in results} <= {"legal", "sole_trader"}
