"""Files that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.errors import Refused
from credit_platform.web import export
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column, content_disposition, csv_lines, export_response, neutralise, write_xlsx

DANGEROUS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－2", " =cmd|' /C calc'!A0", "\u3000@x"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(text):
    assert neutralise(text) == "'" + text


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    cell = str(neutralise(text))
    assert not cell.lstrip(" \u3000\xa0\ufeff").startswith(export.STARTERS)
    assert text.replace("\x00", "") in cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (-5, -5),
        (Decimal("-0.2"), Decimal("-0.2")),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 22, 17, 30, tzinfo=UTC), "2026-11-23 01:30:00"),
        ("哈示许〔2026〕第12号", "哈示许〔2026〕第12号"),
        ("91230100MA1A2B3C4D", "91230100MA1A2B3C4D"),
    ],
)
def test_values_are_written_as_people_and_programs_read_them(value, cell):
    assert neutralise(value) == cell


COLUMNS = [Column("名称", "name"), Column("金额（万元）", lambda row: row["fine"]), Column("日期", "at.day")]
ROWS = [
    {"name": '=HYPERLINK("x")', "fine": Decimal("0.000001"), "at": {"day": date(2026, 1, 2)}},
    {"name": '含"引号",逗号\n换行', "fine": None, "at": None},
]


def test_csv_opens_in_excel_and_reads_back():
    text = "".join(csv_lines(iter(ROWS), COLUMNS))
    assert text.startswith(export.BOM)
    rows = list(csv.reader(io.StringIO(text.lstrip(export.BOM), newline="")))
    assert rows[0] == ["名称", "金额（万元）", "日期"]
    assert rows[1] == ['\'=HYPERLINK("x")', "0.000001", "2026-01-02"]
    assert rows[2] == ['含"引号",逗号\n换行', "", ""]


def test_csv_is_written_row_by_row():
    taken = []

    def rows():
        for number in range(1000):
            taken.append(number)
            yield {"name": str(number), "fine": 1, "at": None}

    lines = csv_lines(rows(), COLUMNS)
    next(lines)
    next(lines)
    assert len(taken) == 1


def test_a_workbook_holds_no_formula_and_keeps_long_numbers():
    rows = [
        {"name": text, "fine": 2, "at": None} for text in [*DANGEROUS, "http://x", "230102199001011234", "长" * 40_000]
    ]
    rows.append({"name": 230102199001011234, "fine": Decimal("123456789.123456"), "at": None})
    target = io.BytesIO()
    assert write_xlsx(target, rows, COLUMNS) == len(rows)
    sheet = openpyxl.load_workbook(target)["数据"]
    cells = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert all(row[0].data_type == "s" for row in sheet.iter_rows(min_row=2))
    assert cells[-4:-2] == ["http://x", "230102199001011234"]
    assert cells[-1] == "230102199001011234"
    assert len(cells[-2]) == export.XLSX_CELL
    assert sheet.cell(2, 2).value == 2
    assert "hyperlink" not in zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_that_would_not_hold_the_rows_is_refused(monkeypatch):
    monkeypatch.setattr(export, "XLSX_ROWS", 2)
    with pytest.raises(Refused, match="行数上限"):
        write_xlsx(io.BytesIO(), [{"name": "x", "fine": 1, "at": None}] * 3, COLUMNS)


def test_a_download_has_its_chinese_name():
    response = export_response("xlsx", ROWS, COLUMNS, "行政许可")
    header = response["Content-Disposition"]
    assert header == "attachment; filename=\".xlsx\"; filename*=UTF-8''%E8%A1%8C%E6%94%BF%E8%AE%B8%E5%8F%AF.xlsx"
    assert b"".join(response)[:2] == b"PK"
    assert content_disposition('a"\r\nb.csv') == "attachment; filename=\"a___b.csv\"; filename*=UTF-8''a%22%0D%0Ab.csv"


def test_an_unknown_format_is_a_bad_request_that_names_the_known_ones():
    with pytest.raises(BadRequest) as caught:
        export_response("pdf", ROWS, COLUMNS, "x")
    assert "csv" in caught.value.mend
