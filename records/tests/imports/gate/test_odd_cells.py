"""Cells that hold no value, days that count from 1904, a blank in the last row of the sheet, a header of two rows."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
import xlwt

from credit_platform.gate.table import Table
from records.models import CreditRecord, ImportBatch
from records.tests.imports.samples import bring, labels, penalty

pytestmark = pytest.mark.django_db


def rows_of(data: bytes, name: str = "a.xlsx") -> list[tuple[int, list[object], dict[int, str] | None]]:
    with Table(data, name) as table:
        return [(line.number, list(line.cells), line.faults) for sheet in table.sheets() for line in sheet.lines]


def workbook(rows, *, since_1904: bool = False, formulas=(), errors=()) -> bytes:
    """Rows of texts and numbers; `formulas` and `errors` by (row, column)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": since_1904, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if (number, column) in formulas:
                sheet.write_formula(number, column, "=A1&B1", value="")
            elif (number, column) in errors:
                sheet.write_formula(number, column, "=1/0", value="#DIV/0!")
            elif cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def file_of(rows: list[dict[str, object]], **more) -> bytes:
    names = list(rows[0])
    return workbook([[labels()[name] for name in names], *[[row[name] for name in names] for row in rows]], **more)


def test_an_error_and_a_formula_without_a_result_are_told_apart_from_blanks():
    data = workbook([["甲", "乙", "丙"], ["x", "", "z"], ["x", "", None]], formulas={(1, 1)}, errors={(1, 2)})
    assert rows_of(data) == [
        (1, ["甲", "乙", "丙"], None),
        (2, ["x", "", ""], {1: "\ufdd1", 2: "#DIV/0!"}),
        (3, ["x", "", ""], None),
    ]


def test_a_formula_whose_result_is_an_empty_text_is_a_blank():
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    out = io.BytesIO()
    book.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.namelist():
            part = source.read(each)
            if each.endswith("sheet1.xml"):
                more = (
                    b'<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>IF(1,"")</f><v></v></c></row></sheetData>'
                )
                part = part.replace(b"</sheetData>", more)
            target.writestr(each, part)
    assert rows_of(made.getvalue())[1] == (2, [1.0, ""], None)


def test_errors_of_an_old_workbook_are_seen_too():
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write(0, 0, "甲")
    sheet.row(1).set_cell_error(0, "#REF!")
    sheet.write(1, 1, "x")
    out = io.BytesIO()
    book.save(out)
    assert rows_of(out.getvalue(), "a.xls") == [(1, ["甲", ""], None), (2, ["", "x"], {0: "#REF!"})]


def test_the_import_says_what_is_in_the_cell_and_not_that_it_is_blank(penalties, alice_clerk, market_bureau):
    good, formula, error = (penalty(n, market_bureau) for n in range(3))
    names = list(good)
    data = file_of(
        [good, formula, error],
        formulas={(2, names.index("CF_XDR_MC"))},
        errors={(3, names.index("CF_JDRQ"))},
    )
    batch = bring(data, "a.xlsx", market_bureau, alice_clerk)
    assert (batch.accepted, batch.rejected) == (1, 2)
    told = list(batch.findings.filter(level="error").order_by("row").values_list("row", "field", "rule", "text"))
    assert told == [
        (3, "CF_XDR_MC", "cell.no-result", "公式没有计算结果。"),
        (4, "CF_JDRQ", "cell.error-value", "单元格为错误值（#DIV/0!）。"),
    ]


def test_plain_numbers_of_a_workbook_of_1904_are_its_days(penalties, alice_clerk, market_bureau):
    """44884 is 2022-11-19 where days count from 1900, and 2026-11-20 here."""
    data = file_of([penalty(1, market_bureau, CF_JDRQ=44868, CF_YXQ=45233)], since_1904=True)
    batch = bring(data, "a.xlsx", market_bureau, alice_clerk)
    assert batch.state == ImportBatch.State.DONE, batch.refusal
    record = CreditRecord.objects.get()
    assert (record.decided_on, record.content["CF_YXQ"]) == (date(2026, 11, 4), "2027-11-04")


@pytest.mark.parametrize(("since_1904", "day"), [(False, date(2026, 11, 4)), (True, date(2026, 11, 4))])
def test_an_old_workbook_says_from_when_it_counts(since_1904, day, penalties, alice_clerk, market_bureau):
    number = 46330 - 1462 * since_1904
    row = penalty(1, market_bureau, CF_JDRQ=number)
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet = book.add_sheet("一")
    for place, (name, cell) in enumerate(row.items()):
        sheet.write(0, place, labels()[name])
        sheet.write(1, place, cell)
    out = io.BytesIO()
    book.save(out)
    batch = bring(out.getvalue(), "a.xls", market_bureau, alice_clerk)
    assert batch.state == ImportBatch.State.DONE, batch.refusal
    assert CreditRecord.objects.get().decided_on == day


@pytest.mark.parametrize("blank", [" ", "　", ""])
def test_a_blank_in_the_last_row_of_the_sheet_is_no_row(blank, penalties, alice_clerk, market_bureau):
    book = openpyxl.Workbook()
    row = penalty(1, market_bureau)
    book.active.append([labels()[name] for name in row])
    book.active.append(list(row.values()))
    book.active.cell(1_048_576, 3, blank)
    out = io.BytesIO()
    book.save(out)
    batch = bring(out.getvalue(), "a.xlsx", market_bureau, alice_clerk)
    assert (batch.total, batch.accepted) == (1, 1), batch.refusal


def test_a_word_in_the_last_row_is_too_many_rows(penalties, alice_clerk, market_bureau):
    book = openpyxl.Workbook()
    book.active.append(["处罚机关", "文书号"])
    book.active.cell(1_048_576, 3, "误填")
    out = io.BytesIO()
    book.save(out)
    batch = bring(out.getvalue(), "a.xlsx", market_bureau, alice_clerk)
    assert batch.state == ImportBatch.State.REFUSED
    assert "超过 200000 行" in batch.refusal


def test_a_merged_header_of_two_rows_is_imported(penalties, alice_clerk, market_bureau):
    row = penalty(1, market_bureau)
    authorities = ("CF_CFJG", "CF_CFJGDM")
    names = [name for name in row if name not in ("CF_XDR_SHXYM", *authorities)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["行政处罚信息表"])
    sheet.append([labels()[name] for name in names] + ["行政相对人代码", None, "处罚机关", None])
    sheet.append([None] * len(names) + ["统一社会信用代码", "工商注册号", "名称", "统一社会信用代码"])
    sheet.append([row[name] for name in names] + [row["CF_XDR_SHXYM"], None, *(row[name] for name in authorities)])
    width = len(names)
    for place in range(1, width + 1):
        sheet.merge_cells(start_row=2, end_row=3, start_column=place, end_column=place)
    sheet.merge_cells(start_row=2, end_row=2, start_column=width + 1, end_column=width + 2)
    sheet.merge_cells(start_row=2, end_row=2, start_column=width + 3, end_column=width + 4)
    out = io.BytesIO()
    book.save(out)
    batch = bring(out.getvalue(), "a.xlsx", market_bureau, alice_clerk)
    assert (batch.total, batch.accepted) == (1, 1), (batch.refusal, list(batch.findings.values_list("text", flat=True)))
    assert CreditRecord.objects.get().subject.code == row["CF_XDR_SHXYM"]
