"""Lists as files: CSV streamed row by row, workbooks in constant memory, formulas neutralised in both."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, TypeVar
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from credit_platform.errors import Refused
from credit_platform.web.errors import BadRequest

R = TypeVar("R", bound=HttpResponseBase)

# What a spreadsheet may take for a formula; full-width signs are folded by some versions.
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX_ROWS = 1_048_575
XLSX_CELL = 32_767
XLSX_EXACT = 10**15  # a spreadsheet keeps fifteen figures
BOM = "\ufeff"
FORMATS = {"csv": "CSV", "xlsx": "Excel"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and what to take of a row: an attribute path (`subject.name`), a key, or a function."""

    header: str
    source: str | Callable[[Any], Any]
    width: int = 18

    def value(self, row: Any) -> Any:
        if not isinstance(self.source, str):
            return self.source(row)
        for part in self.source.split("."):
            if row is None:
                return None
            row = row.get(part) if isinstance(row, dict) else getattr(row, part)
        return row


Cell = str | int | float | Decimal


def neutralise(value: object) -> Cell:
    """What is written into a cell: numbers as numbers, dates as 2026-11-23, everything else as text that no spreadsheet
    runs: an apostrophe before = + - @ tab and line breaks (also behind leading blanks)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return value
    text = str(value).replace("\x00", "")
    risky = text.startswith(STARTERS) or text.lstrip(" \u3000\xa0\ufeff").startswith(STARTERS)
    return f"'{text}" if risky else text


class _Echo:
    """A file that gives back what is written, so that csv.writer can feed a stream."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of the file, beginning with the byte order mark that Excel needs for UTF-8."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([neutralise(column.header) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(neutralise(column.value(row))) for column in columns])


def _csv_cell(value: Cell) -> Cell:
    return f"{value:f}" if isinstance(value, Decimal) else value


def stream_csv(rows: Iterable[Any], columns: Sequence[Column], filename: str) -> StreamingHttpResponse:
    """Streams; give a queryset's `.iterator(chunk_size=…)` so that memory stays flat."""
    response = StreamingHttpResponse(csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    return _as_download(response, f"{filename}.csv")


def write_xlsx(target: IO[bytes] | str, rows: Iterable[Any], columns: Sequence[Column], *, sheet: str = "数据") -> int:
    """Write a workbook row by row and answer the number of rows. Refused beyond what a sheet can hold."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    page = book.add_worksheet(sheet[:31])
    bold = book.add_format({"bold": True, "bg_color": "#EEF4FA", "bottom": 1})
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, str(neutralise(column.header)), bold)
    page.freeze_panes(1, 0)
    written = 0
    for row in rows:
        written += 1
        if written > XLSX_ROWS:
            raise Refused(
                "export.too-long", "数据超过一张工作表的行数上限。", mend="请增加筛选条件，或改用 CSV 格式导出。"
            )
        _write_row(page, written, row, columns)
    book.close()
    return written


def _write_row(page: Any, number: int, row: Any, columns: Sequence[Column]) -> None:
    for position, column in enumerate(columns):
        value = neutralise(column.value(row))
        if not isinstance(value, str) and abs(float(value)) < XLSX_EXACT:
            page.write_number(number, position, value)
        else:
            text = str(value)
            page.write_string(number, position, text if len(text) <= XLSX_CELL else text[: XLSX_CELL - 1] + "…")


def xlsx_response(rows: Iterable[Any], columns: Sequence[Column], filename: str) -> FileResponse:
    """The workbook as a download, by way of a temporary file that vanishes when it is closed."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    try:
        write_xlsx(spool, rows, columns)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    response = FileResponse(spool, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    _as_download(response, f"{filename}.xlsx")
    return response


def export_response(form: str, rows: Iterable[Any], columns: Sequence[Column], filename: str) -> HttpResponseBase:
    """`form` is "csv" or "xlsx"; another is a 400."""
    if form == "csv":
        return stream_csv(rows, columns, filename)
    if form == "xlsx":
        return xlsx_response(rows, columns, filename)
    raise BadRequest("export.format", "不支持这种导出格式。", mend=f"可选：{'、'.join(FORMATS)}。")


def content_disposition(filename: str) -> str:
    """RFC 6266 / 5987: a plain name for old programs, the real one in UTF-8."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in filename).strip("_") or "export"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes as a file of a name, that no cache keeps and no browser guesses about."""
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return _as_download(response, name)


def _as_download(response: R, filename: str) -> R:
    response["Content-Disposition"] = content_disposition(filename)
    response["Cache-Control"] = "no-store"
    return response
