"""批量比对: lists of names and numbers against the register."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import call_command

from credit_platform.gate.refusals import FileRefused
from records.identifiers import regno
from records.imports.matching import matching
from records.tests.factories import (
    SubjectFactory,
    SubjectIdentifierFactory,
    SubjectNameFactory,
    valid_code,
    valid_reg_no,
)
from records.tests.published import published

pytestmark = pytest.mark.django_db

HEADER = ["序号", "企业名称", "工商注册号", "组织机构代码", "统一信用代码"]


def run(*rows: list[str]) -> list[matching.Matched]:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *([str(number), *row] for number, row in enumerate(rows, 1))])
    return matching.match_file(out.getvalue().encode(), "名单.csv")


@pytest.fixture
def firm(db):
    return SubjectFactory(code=valid_code(71000001), name="哈尔滨甲商贸有限公司")


def rules(row: matching.Matched) -> set[str]:
    return {each.rule for each in row.diagnosis}


def test_a_code_leads_to_its_subject_whatever_the_name(firm):
    (row,) = run(["哈尔滨乙商贸有限公司", "", "", firm.code.lower()])
    assert (row.subject.pk, row.how) == (firm.pk, "统一社会信用代码")
    assert "哈尔滨甲商贸有限公司" in row.note


def test_an_organisation_code_needs_the_name_too(firm):
    good, bad = run(
        ["哈尔滨甲商贸有限公司", "", firm.code[8:17], ""], ["哈尔滨丙商贸有限公司", "", firm.code[8:17], ""]
    )
    assert (good.subject.pk, good.how) == (firm.pk, "组织机构代码和名称")
    assert (bad.subject, bad.result, bad.suggestions[0].pk) == (None, "仅供参考", firm.pk)


def test_an_old_number_with_a_former_name_leads_to_the_subject(firm):
    number = valid_reg_no(42)
    SubjectIdentifierFactory(subject=firm, value=number)
    SubjectNameFactory(subject=firm, name="哈尔滨旧名商贸有限公司")
    (row,) = run(["哈尔滨旧名商贸有限公司", number, "", ""])
    assert (row.subject.pk, row.how) == (firm.pk, "工商注册号和曾用名")


def test_a_name_alone_is_only_a_suggestion(firm):
    (row,) = run(["哈尔滨甲商贸有限公司", "", "", ""])
    assert (row.subject, row.result, row.diagnosed) == (None, "仅供参考", "未填代码")
    assert row.suggestions[0].pk == firm.pk


def test_a_whole_credit_code_in_the_column_of_the_organisation_code_is_used_and_told(firm):
    (row,) = run(["哈尔滨甲商贸有限公司", "", firm.code, ""])
    assert row.subject.pk == firm.pk
    assert "组织机构代码列里填了完整的统一社会信用代码" in row.diagnosed


def test_every_wrong_code_is_diagnosed(db):
    code = valid_code(71000009)
    wrong = code[:17] + ("A" if code[17] != "A" else "B")
    rows = run(
        ["甲", "", "", wrong],
        ["乙", "", "12345678X", ""],
        ["丙", "110105010247550", "", ""],
        ["丁", "", "", code[8:17]],
        ["戊", "", valid_code(71000010)[8:17], code],
        ["己", "", "", "9.1E+17"],
    )
    assert [rules(row) & wanted for row, wanted in zip(rows, _WANTED, strict=True)] == _WANTED


_WANTED = [
    {"uscc.check-digit"},
    {"orgcode.check-digit"},
    {"regno.check-digit"},
    {"code.is-org-code"},
    {"org_code.differs"},
    {"uscc.float"},
]


def test_a_file_without_names_or_codes_is_refused(db):
    with pytest.raises(FileRefused, match="名称或代码"):
        matching.match_file("甲,乙\n1,2".encode(), "a.csv")


@pytest.mark.parametrize(
    ("name", "count"),
    [("gansu_91855_ecommerce_blacklist_original.xlsx", 500), ("gansu_93516_transport_blacklist_original.xls", 270)],
)
def test_the_published_lists_are_read_and_every_code_diagnosed(db, tmp_path, name, count):
    path = published("dishonest", name)
    rows = matching.match_file(path.read_bytes(), name)
    assert len(rows) == count
    filled = [row for row in rows if set(row.given) & {"code", "org_code", "reg_no"}]
    assert all(row.checked for row in filled)
    misplaced = [row for row in rows if rules(row) & {"org_code.is-code", "org_code.is-reg-no"}]
    assert len(misplaced) == {500: 85, 270: 0}[count]
    output = tmp_path / "结果.xlsx"
    call_command("match_subjects", str(path), output=output, json=True)
    assert output.stat().st_size > 10_000


def listed(head: list[str], *rows: list[str]) -> list[matching.Matched]:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return matching.match_file(out.getvalue().encode(), "名单.csv")


def test_a_column_of_any_number_is_read_by_the_form_of_each(firm):
    number = valid_reg_no(43)
    SubjectIdentifierFactory(subject=firm, value=number)
    rows = listed(
        ["企业名称", "注册号/统一社会信用代码", "登记机关", "管辖单位"],
        [firm.name, firm.code, "甲局", "乙所"],
        [firm.name, number, "甲局", "乙所"],
        [firm.name, firm.code[8:17], "甲局", "乙所"],
        [firm.name, "12345", "甲局", "乙所"],
    )
    assert [row.how for row in rows] == ["统一社会信用代码", "工商注册号和名称", "组织机构代码和名称", ""]
    assert [rules(row) for row in rows] == [set(), set(), set(), {"uscc.length"}]


@pytest.mark.parametrize("head", ["统一社会信用代码", "企业名称", "注册号/统一社会信用代码"])
def test_a_list_of_one_column_is_enough(firm, head):
    (row,) = listed([head], [firm.name if head == "企业名称" else firm.code])
    assert row.result == ("仅供参考" if head == "企业名称" else "已匹配")


def test_a_tax_number_in_the_column_of_the_credit_code_leads_by_its_organisation_code(firm):
    area = next(each for each in ("230102", "230103") if not regno.is_well_formed(each + firm.code[8:17]))
    (row,) = run([firm.name, "", "", area + firm.code[8:17]])
    assert (rules(row), row.how) == ({"code.is-tax-no"}, "组织机构代码和名称")


def test_the_result_as_text_begins_with_one_byte_order_mark(db, tmp_path):
    source, output = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text("企业名称\n哈尔滨甲商贸有限公司\n", encoding="utf-8")
    call_command("match_subjects", str(source), output=output)
    assert output.read_bytes().startswith("\ufeff工作表".encode())


@pytest.mark.parametrize(("data", "name"), [(b"\x89PNG\r\n\x1a\n0000", "a.xlsx"), (b'[{"a": 1}]', "a.json")])
def test_what_is_accepted_is_said_as_it_is(db, data, name):
    with pytest.raises(FileRefused) as refusal:
        matching.match_file(data, name)
    assert refusal.value.mend == "可上传 xlsx、xls、csv 文件。"


def test_a_name_written_differently_agrees_beside_a_number(firm):
    good, former = run(
        ["哈爾濱甲商貿有限責任公司", "", firm.code[8:17], ""], ["哈尔滨 甲商贸 有限公司", "", firm.code[8:17], ""]
    )
    assert [each.how for each in (good, former)] == ["组织机构代码和名称", "组织机构代码和名称"]


def test_a_name_in_traditional_characters_alone_is_only_a_suggestion(firm):
    (row,) = run(["哈爾濱甲商貿有限公司", "", "", ""])
    assert (row.subject, row.suggestions[0].pk) == (None, firm.pk)
