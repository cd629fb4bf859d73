"""Workbooks as they are published: columns that no standard names so, numbers in every column but their own, blanks of two kinds. Rows of our own."""

from __future__ import annotations

import io
from collections import Counter

import openpyxl
import pytest

from records.tests.factories import SubjectFactory, valid_code
from sanctions.filed.models import FiledRow
from sanctions.filed.rules import Why
from sanctions.filed.tests.factories import PublicationFactory, take
from sanctions.lists.models import ListEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filing")]

TRADE = ("企业名称", "工商注册号", "组织机构代码", "统一信用代码", "失信领域")
TRANSPORT = ("序号", "企业名称", "工商注册号", "组织机构代码", "统一信用代码", "所在省份")
REASON = "失信被执行人名单、工商吊销企业名单"


def code(number: int) -> str:
    return valid_code(74000000 + number)


def organisation_code(number: int) -> str:
    return code(number)[8:17]


def workbook(heads, rows) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (heads, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def came(standard: str, heads, rows):
    batch = take(PublicationFactory(standard=standard), workbook(heads, rows), name="名单.xlsx")
    assert (batch.state, batch.accepted, batch.rejected) == ("done", len(rows), 0), batch.refusal
    return {row.name: row for row in FiledRow.objects.filter(first_batch=batch.pk).select_related("subject")}


def test_a_list_of_a_trade_with_a_reason_for_its_only_content():
    known = SubjectFactory(name="哈尔滨示甲电子商务有限公司", code=code(1))
    SubjectFactory(name="哈尔滨示乙（龙江）电子商务有限公司", code=code(2))
    found = came(
        "filed-general",
        TRADE,
        [
            ("哈尔滨示甲电子商务有限公司", "230100100054671", organisation_code(1), code(1), REASON),
            ("哈尔滨示乙(龙江)电子商务有限公司", "230100100054672", organisation_code(2), None, REASON),
            ("北京示丙电子商务有限公司", "1101050102475", organisation_code(3), None, REASON),
            ("哈尔滨示丁电子商务有限公司", "230100100054674", organisation_code(5), code(4), REASON),
        ],
    )
    entered = {name: row.subject.code for name, row in found.items() if row.state == "entered"}
    assert entered == {
        "哈尔滨示甲电子商务有限公司": code(1),
        "哈尔滨示乙(龙江)电子商务有限公司": code(2),
    }
    assert found["哈尔滨示甲电子商务有限公司"].subject == known
    waits = {name: row.why for name, row in found.items() if row.state == "waiting"}
    assert waits["北京示丙电子商务有限公司"] == Why.NONE.value
    assert waits["哈尔滨示丁电子商务有限公司"] == Why.DIFFERS.value
    assert set(ListEntry.objects.values_list("record__content__MD_SY", flat=True)) == {REASON}


def test_a_list_of_transport_with_a_count_that_a_spreadsheet_has_made_a_number():
    SubjectFactory(name="哈尔滨示戊运输有限公司", code=code(6))
    SubjectFactory(name="哈尔滨示己货运有限公司", code=code(7))
    found = came(
        "filed-transport",
        TRANSPORT,
        [
            ("1", "哈尔滨示戊运输有限公司", "", organisation_code(6), code(6), "黑龙江"),
            (2.0, "哈尔滨示己货运有限公司", None, code(7), "", "黑龙江"),
            ("3", "哈尔滨示庚运输有限公司第一分公司", "", organisation_code(8), "", "黑龙江"),
            ("4", "哈尔滨示辛运输有限公司", "230100100054678", "", "", "黑龙江"),
        ],
    )
    assert Counter(row.state for row in found.values()) == {"entered": 2, "waiting": 2}
    assert found["哈尔滨示己货运有限公司"].subject.code == code(7), (
        "a whole credit code stood in the column of the organisation code"
    )
    assert {entry.credit_list.code for entry in ListEntry.objects.select_related("credit_list")} == {"GB-SHI"}
