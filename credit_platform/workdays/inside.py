"""What runs in the limited process: the first rows of the first sheet, or of a CSV. Loads no Django."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import python_calamine as calamine

from credit_platform.confined.refusals import FileRefused, refuse

MAX_UNPACKED = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 500, 12, 200
MEND = "请使用下载的模板，另存为 xlsx 或 CSV 后上传。"
_SHEET = calamine.SheetTypeEnum.WorkSheet


class Opened:
    """A table of days."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def rows(self) -> Iterator[list[list[object]]]:
        """The first rows, as one portion. FileRefused when it is neither a workbook nor a text."""
        if self._data[:4] == b"\xd0\xcf\x11\xe0":
            raise refuse("kind", "不支持旧版 xls 格式。", "请另存为 xlsx 后上传。")
        rows = self._workbook() if self._data[:2] == b"PK" else self._text()
        yield [[each[:MAX_TEXT] if isinstance(each, str) else each for each in row] for row in rows]

    def _workbook(self) -> list[list[object]]:
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise refuse("bomb", "文件解压后过大，不像是放假通知。", MEND)
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._data))
            first = next(meta.name for meta in book.sheets_metadata if meta.typ == _SHEET)
            rows = book.get_sheet_by_name(first).to_python(skip_empty_area=False, nrows=MAX_ROWS)
        except FileRefused:
            raise
        except Exception as error:  # noqa: BLE001 - a parser of foreign bytes may fail in any way
            raise refuse("broken", "文件已损坏，不能作为工作簿打开。", MEND) from error
        return [list(row[:MAX_COLUMNS]) for row in rows]

    def _text(self) -> list[list[object]]:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = self._data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return self._csv(text)
        raise refuse("unreadable", "文件无法读取。", MEND)

    def _csv(self, text: str) -> list[list[object]]:
        rows: list[list[object]] = []
        try:
            for row in csv.reader(io.StringIO(text, newline="")):
                rows.append(list(row[:MAX_COLUMNS]))
                if len(rows) >= MAX_ROWS:
                    break
        except csv.Error as error:
            raise refuse("csv", f"CSV 在第{len(rows) + 1}行附近无法解析，可能缺少引号。", MEND) from error
        return rows
