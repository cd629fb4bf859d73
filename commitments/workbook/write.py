"""The workbook of an edition: 清单 with one row a matter and drop-downs, 填写说明, and 可选内容 with what a cell may name."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from commitments.models import MatterList
from commitments.workbook.columns import COLUMNS, Column, Known, shown
from credit_platform.web.export import neutralise

SHEET_LIST, SHEET_HELP, SHEET_CHOICES = "清单", "填写说明", "可选内容"
HEADER_ROW = 1
FREE_ROWS = 500
"""Rows under the last one that still have the drop-downs."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(edition: MatterList | None) -> bytes:
    """The workbook of an edition; without one, the empty template."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#EEF4FA", "border": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(SHEET_LIST)
    rows = _rows(edition)
    _write_list(sheet, edition, rows, formats)
    _write_help(book.add_worksheet(SHEET_HELP), formats)
    lists = _write_choices(book.add_worksheet(SHEET_CHOICES), formats)
    last = HEADER_ROW + len(rows) + FREE_ROWS
    for number, column in enumerate(COLUMNS):
        if column.name in lists:
            source = {"validate": "list", "source": lists[column.name], "error_type": "warning"}
            sheet.data_validation(HEADER_ROW + 1, number, last, number, source)
    book.close()
    return buffer.getvalue()


def _rows(edition: MatterList | None) -> list[dict[str, str]]:
    if edition is None:
        return []
    entries = edition.entries.select_related("matter", "department").prefetch_related("measures")
    return [shown(entry) for entry in entries.order_by("position", "matter__code")]


def _write_list(sheet: Any, edition: MatterList | None, rows: list[dict[str, str]], formats: dict[str, Any]) -> None:
    title = f"{edition.name}（{edition.code}）" if edition else "承诺事项清单填报模板"
    sheet.write_string(0, 0, str(neutralise(f"{title}　标*为必填，说明见“{SHEET_HELP}”")))
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, formats["text"])
        sheet.write_string(HEADER_ROW, number, _head(column), formats["head"])
    for line, row in enumerate(rows, start=HEADER_ROW + 1):
        for number, column in enumerate(COLUMNS):
            if row[column.name]:
                sheet.write_string(line, number, str(neutralise(row[column.name])), formats["text"])
    sheet.freeze_panes(HEADER_ROW + 1, 2)


def _head(column: Column) -> str:
    return f"*{column.label}" if column.required else column.label


def _write_help(sheet: Any, formats: dict[str, Any]) -> None:
    for number, (title, width) in enumerate((("栏目", 22), ("是否必填", 12), ("怎样填写", 80))):
        sheet.set_column(number, number, width, formats["text"])
        sheet.write_string(0, number, title, formats["head"])
    for line, column in enumerate(COLUMNS, start=1):
        told = column.help + (f"可选：{'、'.join(column.choices)}。" if column.choices else "")
        for number, text in enumerate((column.label, "必填" if column.required else "选填", told)):
            sheet.write_string(line, number, str(neutralise(text)), formats["text"])


def _write_choices(sheet: Any, formats: dict[str, Any]) -> dict[str, str]:
    """One column a list, and where each stands. Measures are only to be read: a cell may hold several."""
    known = Known()
    lists = {column.name: list(column.choices) for column in COLUMNS if column.choices}
    lists["department"] = known.department_names
    lists["measures"] = [f"{each.code} {each.name}" for each in known.measures.values()]
    ranges = {}
    for number, (name, values) in enumerate(lists.items()):
        label = next(column.label for column in COLUMNS if column.name == name)
        sheet.set_column(number, number, 26, formats["text"])
        sheet.write_string(0, number, label, formats["head"])
        for line, value in enumerate(values, start=1):
            sheet.write_string(line, number, str(neutralise(value)), formats["text"])
        letter = xlsxwriter.utility.xl_col_to_name(number)
        if values and name != "measures":
            ranges[name] = f"='{SHEET_CHOICES}'!${letter}$2:${letter}${len(values) + 1}"
    return ranges
