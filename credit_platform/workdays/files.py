"""A small table out of an uploaded file (xlsx or csv), and the template to fill in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from credit_platform.errors import Refused

MAX_SIZE = 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 500, 12
HEADER = ("日期", "安排", "名称")


def rows_of(data: bytes) -> Sequence[Sequence[object]]:
    """Return the rows of the first sheet, or of a CSV in UTF-8 or GB 18030. Refused when it is neither or too large."""
    if len(data) > MAX_SIZE:
        raise _refused("文件超过1兆字节，不像是放假通知。")
    if data[:2] == b"PK":
        return _workbook(data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise _refused("不支持旧版 xls 格式。", "请另存为 xlsx 后上传。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return [list(row[:MAX_COLUMNS]) for row in csv.reader(io.StringIO(text))][:MAX_ROWS]
    raise _refused("文件无法读取。")


def template(year: int) -> bytes:
    """Return the workbook to fill in for a year, with two lines as an example."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"{year}年"
    sheet.append(HEADER)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.append((date(year, 1, 1), "放假", "元旦"))
    sheet.append((date(year, 10, 1), "放假", "国庆节"))
    choice = DataValidation(type="list", formula1='"放假,上班"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"B2:B{MAX_ROWS}")
    for row in range(2, MAX_ROWS + 1):
        sheet.cell(row, 1).number_format = "yyyy-mm-dd"
    for column, width in zip("ABC", (14, 10, 24), strict=True):
        sheet.column_dimensions[column].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _workbook(data: bytes) -> Sequence[Sequence[object]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise _refused("文件解压后过大，不像是放假通知。")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [list(row) for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise _refused("文件已损坏，不能作为工作簿打开。") from error


def _refused(text: str, mend: str = "请使用下载的模板，另存为 xlsx 或 CSV 后上传。") -> Refused:
    return Refused("calendar.file", text, mend=mend)
