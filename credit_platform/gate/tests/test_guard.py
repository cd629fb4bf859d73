"""Files that must be refused before any parser sees them, in Chinese, quickly and in little memory."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import openpyxl
import pytest
import xlsxwriter

from credit_platform.gate import guard, readers
from credit_platform.gate.kinds import OLE_MAGIC, Kind
from credit_platform.gate.refusals import FileRefused
from credit_platform.gate.table import Table

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def workbook(parts: dict[str, bytes | str] | None = None) -> bytes:
    """A plain workbook with parts put in or replaced."""
    book = openpyxl.Workbook()
    book.active.append(["处罚机关", "文书号"])
    out = io.BytesIO()
    book.save(out)
    if not parts:
        return out.getvalue()
    made = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in parts:
                target.writestr(entry, source.read(entry))
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def sheet_xml(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", CONTENT_TYPES)
        target.writestr("xl/workbook.xml", "<workbook/>")
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(60):
                part.write(b" " * 1024 * 1024)
    return made.getvalue()


def lying_bomb() -> bytes:
    """The directory says that a part is small; what comes out is 60 megabytes."""
    data = bytearray(bomb())
    size = (60 * 1024 * 1024).to_bytes(4, "little")
    small = (1000).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = small
        at = data.find(size, at + 4)
    return bytes(data)


def wide() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "处罚机关")
    sheet.write_string(1_000_000, 16_383, "x")
    book.close()
    return out.getvalue()


def ole(*names: str) -> bytes:
    return OLE_MAGIC + b"\x00" * 600 + b"".join(name.encode("utf-16-le") + b"\x00" * 40 for name in names)


REFUSED = {
    "empty file": (b"", "a.xlsx", "空"),
    "blank file": (b"\xef\xbb\xbf\r\n \t", "a.csv", "空"),
    "pdf": (b"%PDF-1.7 ...", "a.xlsx", "PDF"),
    "rar": (b"Rar!\x1a\x07", "a.xlsx", "压缩包"),
    "zip of something": (workbook().replace(b"xl/workbook.xml", b"xx/workbook.xml"), "a.xlsx", "不是 xlsx"),
    "html as xls": (
        "<html><head><meta charset=gbk></head><table><tr><td>名称</td></tr></table>".encode("gbk"),
        "a.xls",
        "网页",
    ),
    "bare table as xls": ("﻿<table border=1><tr><td>名称</td></tr></table>".encode(), "a.xls", "网页"),
    "xml 2003 as xlsx": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "a.xlsx",
        "XML 表格 2003",
    ),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.xls", "MHT"),
    "xlsx named csv": (workbook(), "a.csv", "扩展名"),
    "xlsx named xls": (workbook(), "a.xls", "扩展名"),
    "csv named xlsx": ("名称,代码\n甲,1".encode(), "a.xlsx", "扩展名"),
    "json named csv": (b'[{"CF_WSH": "1"}]', "a.csv", "扩展名"),
    "xlsm": (workbook(), "a.xlsm", "xlsm"),
    "no extension": (workbook(), "a", "扩展名"),
    "csv with nul": ("名称,代码\n甲,1\x00".encode(), "a.csv", "空字符"),
    "utf-16": ("名称,代码\n甲,1".encode("utf-16"), "a.csv", "UTF-16"),
    "macro": (workbook({"xl/vbaProject.bin": b"x"}), "a.xlsx", "宏"),
    "macro sheet": (workbook({"xl/macrosheets/sheet1.xml": b"<x/>"}), "a.xlsx", "宏"),
    "external links": (workbook({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "a.xlsx", "外部链接"),
    "doctype": (
        workbook({"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}),
        "a.xlsx",
        "DOCTYPE",
    ),
    "encrypted xlsx": (ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "加密"),
    "encrypted named xls": (ole("EncryptionInfo", "EncryptedPackage"), "a.xls", "加密"),
    "macro xls": (ole("Workbook", "_VBA_PROJECT_CUR"), "a.xls", "宏"),
    "doc named xls": (ole("WordDocument"), "a.xls", "Word"),
    "16384 columns": (wide(), "a.xlsx", "列数"),
    "wide with apostrophes": (
        workbook({"xl/worksheets/sheet1.xml": sheet_xml("<row r='1'><c r='XFD1'><v>1</v></c></row>")}),
        "a.xlsx",
        "列数",
    ),
    "last row of the sheet": (
        workbook({"xl/worksheets/sheet1.xml": sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}),
        "a.xlsx",
        "超过",
    ),
    "cut off": (workbook()[:-300], "a.xlsx", "损坏"),
    "bomb": (bomb(), "a.xlsx", "解压"),
    "bomb that lies": (lying_bomb(), "a.xlsx", "解压"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_trap_files_are_refused_in_chinese(case, monkeypatch):
    monkeypatch.setattr(guard, "MAX_UNPACKED", 40 * 1024 * 1024)
    data, name, words = REFUSED[case]
    with pytest.raises(FileRefused) as refused:
        guard.check(data, name)
    assert words in refused.value.text + refused.value.mend
    assert refused.value.code.startswith("file.")


@pytest.mark.parametrize("case", ["bomb", "bomb that lies", "16384 columns"])
def test_a_bomb_costs_little_time_and_memory(case, monkeypatch):
    monkeypatch.setattr(guard, "MAX_UNPACKED", 40 * 1024 * 1024)
    data, name, _ = REFUSED[case]
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(FileRefused):
        guard.check(data, name)
    spent, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 1024 * 1024
    assert spent < 5


def test_formatting_down_to_the_last_row_is_no_data():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    data = workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows)})
    assert guard.check(data, "a.xlsx").kind is Kind.XLSX


def test_an_encrypted_or_broken_workbook_behind_the_gate_is_refused_too():
    data = OLE_MAGIC + b"\x00" * 600 + "Workbook".encode("utf-16-le") + b"\x00" * 2000
    with pytest.raises(FileRefused, match="损坏"):
        list(Table(data, "a.xls").sheets())


def test_json_that_is_no_array_or_broken_is_refused():
    for data in (b'[{"a": 1}', b"[1, 2]", b"[]", b'[{"a": NaN}]', b"[" * 100_000):
        with pytest.raises(FileRefused):
            list(readers.json_objects(data))


def test_a_part_that_is_packed_too_well_is_a_bomb():
    with pytest.raises(FileRefused, match="压缩比"):
        guard.check(bomb(), "a.xlsx")
