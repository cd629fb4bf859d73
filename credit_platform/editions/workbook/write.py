"""The workbook of an edition: 清单 with one row an entry and drop-downs, 填写说明, and 可选内容 with what a cell may name."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import xlsxwriter

from credit_platform.editions.models import Edition, Entry
from credit_platform.editions.workbook.book import Known, Workbook
from credit_platform.editions.workbook.columns import Column
from credit_platform.web.export import neutralise

E = TypeVar("E", bound=Edition)
N = TypeVar("N", bound=Entry)
SHEET_LIST, SHEET_HELP, SHEET_CHOICES = "清单", "填写说明", "可选内容"
HEADER_ROW = 1
FREE_ROWS = 500
"""Rows under the last one that still have the drop-downs."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HEAD = {"bold": True, "bg_color": "#EEF4FA", "border": 1, "text_wrap": True, "valign": "top"}
_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}


def workbook(book: Workbook[E, N], edition: E | None) -> bytes:
    """The workbook of an edition; without one, the empty template."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, _OPTIONS)
    head, text = made.add_format(_HEAD), made.add_format(_TEXT)
    sheet = made.add_worksheet(SHEET_LIST)
    rows = [book.shown(entry) for entry in book.editions.of(edition)] if edition else []
    title = f"{edition.name}（{edition.code}）" if edition else f"{book.editions.name}填报模板"
    sheet.write_string(0, 0, _safe(f"{title}　标*为必填，说明见“{SHEET_HELP}”"))
    _write_rows(sheet, book.all, rows, head, text)
    _write_help(made.add_worksheet(SHEET_HELP), book.all, head, text)
    ranges = _write_choices(made.add_worksheet(SHEET_CHOICES), book.all, head, text)
    last = HEADER_ROW + len(rows) + FREE_ROWS
    for number, column in enumerate(book.all):
        if column.name in ranges:
            source = {"validate": "list", "source": ranges[column.name], "error_type": "warning"}
            sheet.data_validation(HEADER_ROW + 1, number, last, number, source)
    made.close()
    return buffer.getvalue()


def _safe(text: str) -> str:
    return str(neutralise(text))


def _write_rows(sheet: Any, columns: Sequence[Column], rows: Sequence[Mapping[str, str]], head: Any, text: Any) -> None:
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, text)
        sheet.write_string(HEADER_ROW, number, f"*{column.label}" if column.required else column.label, head)
    for line, row in enumerate(rows, start=HEADER_ROW + 1):
        for number, column in enumerate(columns):
            if row[column.name]:
                sheet.write_string(line, number, _safe(row[column.name]), text)
    sheet.freeze_panes(HEADER_ROW + 1, 2)


def _write_help(sheet: Any, columns: Sequence[Column], head: Any, text: Any) -> None:
    for number, (title, width) in enumerate((("栏目", 22), ("是否必填", 12), ("怎样填写", 80))):
        sheet.set_column(number, number, width, text)
        sheet.write_string(0, number, title, head)
    for line, column in enumerate(columns, start=1):
        how = column.help + (f"可选：{'、'.join(column.choices)}。" if column.choices else "")
        for number, cell in enumerate((column.label, "必填" if column.required else "选填", how)):
            sheet.write_string(line, number, _safe(cell), text)


def _write_choices(sheet: Any, columns: Sequence[Column], head: Any, text: Any) -> dict[str, str]:
    """One column a list, and where each stands. Where a cell may hold several, the list is only to be read."""
    known, ranges = Known(), {}
    lists = {column: list(column.choices) or column.listed(known.of(column)) for column in columns}
    for number, (column, values) in enumerate((each, found) for each, found in lists.items() if found):
        sheet.set_column(number, number, 26, text)
        sheet.write_string(0, number, column.label, head)
        for line, value in enumerate(values, start=1):
            sheet.write_string(line, number, _safe(value), text)
        letter = xlsxwriter.utility.xl_col_to_name(number)
        if column.dropped:
            ranges[column.name] = f"='{SHEET_CHOICES}'!${letter}$2:${letter}${len(values) + 1}"
    return ranges
