"""Workbooks of other places, filled in as their clerks do and sent through the importer; (`records.tests.published`)."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
import python_calamine as calamine
import xlwt

from records.models import CreditRecord, Subject
from records.standards import headers, registry
from records.tests.factories import valid_reg_no
from records.tests.imports.samples import bring, counts, penalty
from records.tests.published import published

pytestmark = pytest.mark.django_db
TEMPLATES = [(name, ending) for name in ("xzcf", "xzxk") for ending in ("xlsx", "xls")]


def template_rows(name, ending):
    book = calamine.CalamineWorkbook.from_path(str(published("doublepub", f"zhejiang_template_{name}.{ending}")))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def filled(name, ending, head, rows) -> bytes:
    """The template itself with other rows below its own head, in its own format; `head` may add columns on the right."""
    if ending == "xlsx":
        book = openpyxl.load_workbook(published("doublepub", f"zhejiang_template_{name}.xlsx"))
        sheet = book.worksheets[0]
        sheet.delete_rows(2, sheet.max_row)
        for at, row in enumerate([head, *rows], 2):
            for column, value in enumerate(row, 2):
                sheet.cell(at, column, value)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    book = xlwt.Workbook()
    sheet = book.add_sheet("行政许可模板")
    day = xlwt.easyxf(num_format_str="yyyy/mm/dd")
    for at, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.write(at, column, value, *([day] if isinstance(value, datetime.date) else []))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def permit(number: int, authority, **changes):
    """A good permit of the same firm as `penalty(number, authority)`."""
    firm = penalty(number, authority)
    row = {
        "XK_XDR_MC": firm["CF_XDR_MC"],
        "XK_XDR_LB": firm["CF_XDR_LB"],
        "XK_XDR_SHXYM": firm["CF_XDR_SHXYM"],
        "XK_FRDB": "赵某某",
        "XK_XKWS": "食品经营许可证",
        "XK_WSH": f"示市监许〔2026〕{number}号",
        "XK_XKLB": "普通",
        "XK_NR": "食品销售",
        "XK_JDRQ": "2026-11-02",
        "XK_YXQZ": "2026-11-02",
        "XK_YXQZI": "2031-11-01",
        "XK_XKJG": authority.name,
        "XK_XKJGDM": authority.uscc,
        "XK_ZT": "有效",
        "XK_LYDW": authority.name,
        "XK_LYDWDM": authority.uscc,
    }
    return row | changes


def table(name, ending, rows):
    """Head and cells: the template's own columns, then those that it lacks under their labels."""
    standard = registry.get({"xzcf": "penalty-2018", "xzxk": "permit-2018"}[name])
    head = [str(cell) for cell in template_rows(name, ending)[1][1:]]
    columns = headers.match(head, standard).columns
    codes = [columns.get(at, "") for at in range(len(head))]
    more = [code for code in dict.fromkeys(code for row in rows for code in row) if code not in codes]
    labels = {each.code: each.label for each in standard.fields}
    codes += more
    return head + [labels[code] for code in more], [[row.get(code) for code in codes] for row in rows]


def sent(name, ending, head, rows, clerk):
    standard = {"xzcf": "penalty-2018", "xzxk": "permit-2018"}[name]
    return bring(filled(name, ending, head, rows), f"外省.{ending}", clerk.department, clerk, standard=standard)


def told(batch):
    """(row, column, level, rule) of every finding, in the order of the file."""
    return sorted(batch.findings.values_list("row", "column", "level", "rule"))


DAY = datetime.date(2026, 11, 2)
SERIAL = (DAY - datetime.date(1899, 12, 30)).days


@pytest.mark.parametrize(("name", "ending"), TEMPLATES)
def test_a_template_that_lacks_required_columns_is_refused_and_names_them(
    name, ending, penalties, permits, alice_clerk
):
    """The file as it was published, with its sample row, in which kind of penalty and authority stand the wrong way round."""
    data = published("doublepub", f"zhejiang_template_{name}.{ending}").read_bytes()
    standard = {"xzcf": "penalty-2018", "xzxk": "permit-2018"}[name]
    batch = bring(data, f"外省.{ending}", alice_clerk.department, alice_clerk, standard=standard)
    assert (batch.state, counts(batch)) == ("refused", (0, 0, 0, 0))
    lacking = {"xzcf": "违法事实、处罚依据、处罚内容", "xzxk": "许可类别、许可内容、许可决定日期"}[name]
    assert batch.refusal.startswith("缺少必填的列：行政相对人类别、" + lacking)
    assert "请补齐列，或在工作台导入时逐列对应表头。" in batch.refusal
    assert not CreditRecord.objects.exists()


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_penalties_in_the_template_are_read_right_or_refused_at_their_cell(
    ending, penalties, market_bureau, alice_clerk
):
    rows = [
        penalty(1, market_bureau, CF_JDRQ=DAY, CF_XDR_GSZC=valid_reg_no(77)),
        penalty(2, market_bureau, CF_JDRQ=SERIAL, CF_WSH=201312142.0),
        penalty(3, market_bureau, CF_CFLB=market_bureau.name, CF_CFJG="罚款"),
        penalty(4, market_bureau, CF_XDR_SHXYM=9.12301e17),
        penalty(5, market_bureau, CF_JDRQ=9999999),
    ]
    batch = sent("xzcf", ending, *table("xzcf", ending, rows), alice_clerk)
    assert (batch.state, counts(batch)) == ("done", (5, 2, 3, 0)), batch.refusal
    assert told(batch) == [
        (4, "B", "warning", "format.number-tolerated"),
        (5, "E", "error", "choice.unknown"),
        (5, "F", "warning", "authority.name"),
        (6, "I", "error", "format.number"),
        (7, "C", "error", "date.unreadable"),
    ]
    mend = dict(batch.findings.values_list("rule", "mend"))
    assert "罚款" in mend["choice.unknown"]
    assert mend["format.number"] == "请把列设为“文本”格式后重新填写。"
    assert {(row.document_number, row.decided_on) for row in CreditRecord.objects.all()} == {
        ("示市监罚〔2026〕1号", DAY),
        ("201312142", DAY),
    }


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_permits_in_the_template_are_read_right_or_refused_at_their_cell(ending, permits, market_bureau, alice_clerk):
    rows = [
        permit(1, market_bureau, XK_YXQZ=DAY, XK_YXQZI=datetime.date(2031, 11, 1)),
        permit(2, market_bureau, XK_YXQZ=SERIAL, XK_WSH=201312142.0),
        permit(3, market_bureau, XK_XKJG="有效", XK_ZT=market_bureau.name),
        permit(4, market_bureau, XK_XDR_SHXYM=9.12301e17),
        permit(5, market_bureau, XK_YXQZ=datetime.date(2031, 11, 1), XK_YXQZI=DAY),
        permit(6, market_bureau, XK_YXQZI="永久"),
    ]
    batch = sent("xzxk", ending, *table("xzxk", ending, rows), alice_clerk)
    assert (batch.state, counts(batch)) == ("done", (6, 3, 3, 0)), batch.refusal
    assert told(batch) == [
        (4, "B", "warning", "format.number-tolerated"),
        (5, "F", "warning", "authority.name"),
        (5, "G", "error", "choice.unknown"),
        (6, "J", "error", "format.number"),
        (7, "E", "error", "dates.until-after-from"),
        (8, "E", "warning", "date.long-term"),
    ]
    read = {row.document_number: (row.valid_from, row.valid_until) for row in CreditRecord.objects.all()}
    assert read == {
        "示市监许〔2026〕1号": (DAY, datetime.date(2031, 11, 1)),
        "201312142": (DAY, datetime.date(2031, 11, 1)),
        "示市监许〔2026〕6号": (DAY, datetime.date(2099, 12, 31)),
    }


def test_the_register_of_the_province_goes_in_whole(registrations, market_bureau, alice_clerk):
    """The first 2,000 rows, and every other row that has something odd about it: a small x, an area unknown to GB/T 2260."""
    with published("enterprise", "heilongjiang_dev.csv").open(encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    at = head.index("credit_code")
    odd = [row for row in rows[2000:] if row[at] != row[at].upper() or row[at][2:8] in ("230199", "230182", "230105")]
    chosen = rows[:2000] + odd
    assert any(row[at] != row[at].upper() for row in chosen)
    out = io.StringIO()
    csv.writer(out).writerows([head, *chosen])
    batch = bring(out.getvalue().encode(), "登记.csv", market_bureau, alice_clerk, standard="registration")
    assert (batch.state, batch.total, batch.rejected) == ("done", len(chosen), 0), batch.refusal
    codes = set(Subject.objects.values_list("code", flat=True))
    assert codes == {row[at].upper() for row in chosen}
    assert batch.warned == batch.findings.filter(level="warning").values("row").distinct().count() > 0
    assert not batch.findings.filter(level="error").exists()
    assert not batch.findings.filter(text="").exists()
