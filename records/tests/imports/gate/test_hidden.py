"""Hidden rows are read and told; hidden sheets are left out and told."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlwt

from credit_platform.gate import sheets
from records.models import CreditRecord
from records.tests.imports.samples import as_xlsx, bring, counts, labels, penalty

pytestmark = pytest.mark.django_db


def told(batch):
    return dict(batch.findings.filter(row=0).values_list("rule", "text"))


def xlsx(rows):
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows)))
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["B"].hidden = True
    book.create_sheet("底稿").sheet_state = "hidden"
    book["底稿"].append(["行政相对人名称", "备注"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows):
    book = xlwt.Workbook()
    page, other = book.add_sheet("台账"), book.add_sheet("底稿")
    other.write(0, 0, "行政相对人名称")
    other.visibility = 1
    for at, name in enumerate(rows[0]):
        page.write(0, at, labels()[name])
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row.values()):
            page.write(number, at, value)
    page.row(2).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("made", [xlsx, xls])
@pytest.mark.parametrize("large", [False, True])
def test_what_is_hidden_is_told(penalties, market_bureau, alice_clerk, made, large, monkeypatch):
    if large:
        monkeypatch.setattr(sheets, "LARGE", 1)
    rows = [penalty(n, market_bureau) for n in (1, 2, 3)]
    batch = bring(made(rows), f"a.{made.__name__}", market_bureau, alice_clerk)
    assert counts(batch) == (3, 3, 0, 0), "a filter is no deletion"
    assert CreditRecord.objects.count() == 3
    assert told(batch) == {
        "sheet.hidden": "工作表“底稿”是隐藏的，没有读取。",
        "row.hidden": "有 1 个隐藏（或被筛选掉）的行，如第 3 行，已一并读取。",
    }


def test_nothing_is_said_where_nothing_is_hidden(penalties, market_bureau, alice_clerk):
    batch = bring(as_xlsx([penalty(1, market_bureau)]), "a.xlsx", market_bureau, alice_clerk)
    assert told(batch) == {}
