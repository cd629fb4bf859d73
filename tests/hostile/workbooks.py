"""Workbooks (.xlsx): bombs, lies about counts, cells at the ends of the world, XML that is none."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter

from tests.hostile.old_workbooks import NAME

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, TEXTS, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
_LONG, _WORD = "x" * 3_000, "名称" * 20
HEAD = ("文书号", "行政相对人名称", "统一社会信用代码", "处罚机关", "处罚决定日期")


def good(rows: int = 40) -> bytes:
    """A workbook of penalties."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for number in range(1, rows):
        sheet.write_row(number, 0, (f"示罚〔2026〕{number}号", NAME, "91230100MA1B2C3D4E", "示例局", "2026-11-02"))
    book.close()
    return out.getvalue()


def put(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED, without: tuple[str, ...] = ()) -> bytes:
    """The good workbook with parts put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(out, "w", method) as target:
        for each in source.infolist():
            if each.filename not in parts and each.filename not in without:
                target.writestr(each.filename, source.read(each))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def rows(xml: str, before: str = "") -> bytes:
    """The good workbook with these rows under its header."""
    cells = "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in HEAD)
    return put(
        {
            SHEET: f'<?xml version="1.0"?><worksheet xmlns="{SPACE}">{before}<sheetData><row r="1">{cells}</row>{xml}</sheetData></worksheet>'
        }
    )


def texts(xml: str) -> bytes:
    return put({TEXTS: f'<?xml version="1.0"?>{xml}'})


def bomb(size: int = 20) -> bytes:
    return put({SHEET: b" " * (size * 2**20)})


def lying_bomb() -> bytes:
    data, size = bomb(), (20 * 2**20).to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


def crowded() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for number in range(3_000):
            target.writestr(f"xl/{number}", b"")
        target.writestr(BOOK, "<workbook/>")
    return out.getvalue()


def many_sheets(count: int = 1_500) -> bytes:
    """A sheet of strange headers, named so many times."""
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(count))
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    wide = "".join(f'<row r="{n}">{strange(n)}</row>' for n in range(1, 31))
    return put(
        {
            BOOK: f'<workbook xmlns="{SPACE}" xmlns:r="{space}"><sheets>{sheets}</sheets></workbook>',
            SHEET: f'<worksheet xmlns="{SPACE}"><sheetData>{wide}</sheetData></worksheet>',
        }
    )


def strange(seed: int, count: int = 250) -> str:
    return "".join(f'<c t="inlineStr"><is><t>处罚{seed * 1000 + n}机关{_WORD}</t></is></c>' for n in range(count))


def flags(data: bytes, flag: int) -> bytes:
    """Every entry with a flag of its own (encrypted)."""
    made, at = bytearray(data), -1
    while (at := made.find(b"PK\x01\x02", at + 1)) >= 0:
        made[at + 8] |= flag
    return bytes(made)


def _damaged() -> bytes:
    data = bytearray(good())
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = bytes(40)
    return bytes(data)


def _sizes(value: int) -> bytes:
    made, at = bytearray(good()), -1
    while (at := made.find(b"PK\x01\x02", at + 1)) >= 0:
        made[at + 20 : at + 28] = struct.pack("<II", value, value)
    return bytes(made)


_USES = '<c t="s"><v>0</v></c>' * 100
_MERGES = '<mergeCell ref="A1:XFD1048576"/>' * 1_000
CASES: dict[str, Callable[[], bytes]] = {
    "four billion texts announced": lambda: texts(
        f'<sst xmlns="{SPACE}" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    ),
    "four billion uses announced": lambda: texts(
        f'<sst xmlns="{SPACE}" count="4000000000" uniqueCount="1"><si><t>a</t></si></sst>'
    ),
    "a number of texts of forty digits": lambda: texts(
        f'<sst xmlns="{SPACE}" uniqueCount="{10**40}"><si><t>a</t></si></sst>'
    ),
    "bomb": bomb,
    "bomb that lies": lying_bomb,
    "three thousand parts": crowded,
    "fifteen hundred sheets of strange headers": many_sheets,
    "entities": lambda: put({SHEET: f'<!DOCTYPE x [<!ENTITY a "{_LONG}">]><worksheet xmlns="{SPACE}"/>'}),
    "a file of the machine": lambda: texts(
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'
    ),
    "entities behind a long comment": lambda: texts(
        f'<!--{_LONG}--><!DOCTYPE x [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'
    ),
    "last cell of the sheet": lambda: rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a row of twenty digits": lambda: rows('<row r="99999999999999999999"><c><v>1</v></c></row>'),
    "a row below zero": lambda: rows('<row r="-1"><c r="A-1"><v>1</v></c></row>'),
    "row zero": lambda: rows('<row r="0"><c r="A0"><v>1</v></c></row>'),
    "a column of eight letters": lambda: rows('<row r="2"><c r="ZZZZZZZZ2"><v>1</v></c></row>'),
    "corners far apart": lambda: rows('<row r="199999"><c r="AZ199999"><v>1</v></c></row>'),
    "corners far apart, with a comment": lambda: rows('<!-- --><row r="199999"><c r="AZ199999"><v>1</v></c></row>'),
    "corners in odd writing": lambda: rows("<row r='199999'><c r='IV199999'><v>1</v></c></row>"),
    "depth of a hundred thousand": lambda: rows("<c>" * 100_000),
    "an attribute of a megabyte": lambda: rows(f'<row r="2" x="{_LONG * 1000}"><c><v>1</v></c></row>'),
    "a row that never ends": lambda: rows("<row " * 100_000),
    "a text of ten megabytes": lambda: rows(f'<row r="2"><c t="inlineStr"><is><t>{NAME * 700_000}</t></is></c></row>'),
    "texts that are not there": lambda: rows('<row r="2"><c t="s"><v>999999</v></c></row>'),
    "texts below zero": lambda: rows('<row r="2"><c t="s"><v>-1</v></c></row>'),
    "numbers that are none": lambda: rows(
        '<row r="2"><c><v>1e999</v></c><c><v>NaN</v></c><c><v>-</v></c><c><v></v></c></row>'
    ),
    "days out of the world": lambda: rows('<row r="2"><c s="1"><v>1e300</v></c><c s="1"><v>-9999999</v></c></row>'),
    "errors everywhere": lambda: rows(
        '<row r="2"><c t="e"><v>#REF!</v></c><c t="e"><v>张三丰示例</v></c><c t="e"/></row>'
    ),
    "formulas everywhere": lambda: rows('<row r="2">' + "<c><f>A1</f></c>" * 200 + "</row>"),
    "formulas that never end": lambda: rows('<row r="2">' + "<c><f>" * 50_000),
    "rows out of order": lambda: rows('<row r="9"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>'),
    "rows each ten thousand apart": lambda: rows(
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 200_000, 5_000))
    ),
    "a text used a hundred thousand times": lambda: put(
        {
            TEXTS: f'<sst xmlns="{SPACE}"><si><t>{NAME * 6_000}</t></si></sst>',
            SHEET: f'<worksheet xmlns="{SPACE}"><sheetData>'
            + "".join(f'<row r="{n}">{_USES}</row>' for n in range(1, 1_000))
            + "</sheetData></worksheet>",
        }
    ),
    "merged over everything": lambda: rows("", f'<mergeCells count="4000000000">{_MERGES}</mergeCells>'),
    "dimensions of everything": lambda: rows('<row r="2"><c><v>1</v></c></row>', '<dimension ref="A1:XFD1048576"/>'),
    "four billion styles": lambda: put(
        {STYLES: f'<styleSheet xmlns="{SPACE}"><cellXfs count="4000000000"><xf numFmtId="14"/></cellXfs></styleSheet>'}
    ),
    "bytes that are no text": lambda: put(
        {SHEET: b"<worksheet><sheetData><row r='1'><c t='str'><v>\xff\xfe\xff</v></c></row></sheetData></worksheet>"}
    ),
    "a sheet in UTF-16": lambda: put(
        {SHEET: f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{SPACE}"/>'.encode("utf-16")}
    ),
    "no sheets": lambda: put({BOOK: f'<workbook xmlns="{SPACE}"/>'}),
    "a sheet that is missing": lambda: put({}, without=(SHEET,)),
    "no relations": lambda: put({}, without=(RELATIONS,)),
    "relations out of the file": lambda: put(
        {RELATIONS: '<Relationships><Relationship Id="rId1" Target="../../../../etc/passwd"/></Relationships>'}
    ),
    "relations to itself": lambda: put(
        {RELATIONS: '<Relationships><Relationship Id="rId1" Target="workbook.xml"/></Relationships>'}
    ),
    "not deflated but bzipped": lambda: put({}, method=zipfile.ZIP_BZIP2),
    "damaged in the middle": _damaged,
    "cut off": lambda: good()[:-300],
    "head of a zip alone": lambda: b"PK\x03\x04",
    "end of a zip alone": lambda: b"PK\x05\x06" + bytes(18),
    "sizes that lie": lambda: _sizes(5),
    "sizes of four gigabytes": lambda: _sizes(0xFFFFFFF0),
    "encrypted parts": lambda: flags(good(), 1),
    "macros": lambda: put({"xl/vbaProject.bin": b"x"}),
    "links to other files": lambda: put({"xl/externalLinks/externalLink1.xml": "<x/>"}),
    "connections": lambda: put({"xl/connections.xml": "<x/>"}),
    "a binary workbook": lambda: put({"xl/workbook.bin": b"x"}),
    "a text document": lambda: put({"word/document.xml": "<x/>"}, without=(BOOK,)),
}
