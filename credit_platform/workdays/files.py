"""A small table out of an uploaded file (xlsx or csv), and the template to fill in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from credit_platform.confined.limits import Limits
from credit_platform.confined.refusals import refuse
from credit_platform.confined.session import Session
from credit_platform.workdays.inside import MAX_ROWS, MEND

READER = "credit_platform.workdays.inside:Opened"
MAX_SIZE = 1024 * 1024
HEADER = ("日期", "安排", "名称")


def rows_of(data: bytes) -> Sequence[Sequence[object]]:
    """Return the rows of the first sheet, or of a CSV in UTF-8 or GB 18030, read by a process of its own.

    FileRefused when it is neither, damaged or too large.
    """
    if len(data) > MAX_SIZE:
        raise refuse("size", "文件超过1兆字节，不像是放假通知。", MEND)
    with Session(READER, data, limits=Limits.of_page()) as session:
        return [row for rows in session.ask("rows") for row in rows]


def template(year: int) -> bytes:
    """Return the workbook to fill in for a year, with two lines as an example."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(f"{year}年")
    for place, width in enumerate((14, 10, 24)):
        sheet.set_column(place, place, width)
    sheet.write_row(0, 0, HEADER, bold)
    for number, (first, name) in enumerate(((date(year, 1, 1), "元旦"), (date(year, 10, 1), "国庆节")), start=1):
        sheet.write_datetime(number, 0, first, day)
        sheet.write_row(number, 1, ("放假", name))
    for number in range(3, MAX_ROWS):
        sheet.write_blank(number, 0, None, day)
    sheet.data_validation(1, 1, MAX_ROWS - 1, 1, {"validate": "list", "source": ["放假", "上班"]})
    book.close()
    return stream.getvalue()
