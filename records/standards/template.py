"""The Excel template of a standard and the workbook in which refused rows go back, with the reason in the last column.

Both have the same sheets, so that a department mends the rows where they stand and uploads the file again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from records.standards.choices import table_of
from records.standards.declaration import Field, FieldType, Standard, When
from records.standards.texts import is_blank_word, is_number_below

SHEET_FILL, SHEET_HELP, SHEET_TABLES = "填报", "填写说明", "代码表"
REASON_LABEL = "原因"
TEMPLATE_ROWS = 5000
HEADER_ROW = 1
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DATE_TYPES = (FieldType.DATE, FieldType.DATE_OR_LONGTERM)
_AMOUNT_TYPES = (FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN)
_WIDE = 28
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_MOST_COMMENT, _MOST_CELL, _MOST_AMOUNT = 400, 32_767, 10**15
_EXCEL_FIRST_YEAR = 1900


def build_template(standard: Standard, day: date) -> bytes:
    """The workbook that departments fill in: 填报, 填写说明 and 代码表, with the code tables in force on a day."""
    return _Workbook(standard, day).finish()


def build_error_workbook(
    standard: Standard, rows: Sequence[Mapping[str, object]], reasons: Sequence[str], day: date
) -> bytes:
    """The same template filled with refused rows (field code → cell as it came) and a last column 原因, one reason per row."""
    if len(rows) != len(reasons):
        raise ValueError("one reason for each row")
    book = _Workbook(standard, day, reason=True)
    for index, (row, reason) in enumerate(zip(rows, reasons, strict=True)):
        book.put_row(HEADER_ROW + 1 + index, row, reason)
    return book.finish()


def version_mark(standard: Standard) -> str:
    """The line that tells which layout a file is: visible above the header, and in the defined name 模板版本."""
    return f"{standard.code}/{standard.version}"


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before = + - @ at its beginning."""
    return f"'{text}" if text.startswith(_DANGEROUS) and not is_blank_word(text) else text


def _is_amount(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return is_number_below(value, _MOST_AMOUNT)


def _cell_text(text: str) -> str:
    """A text that fits a cell and a file: neutral, of Excel's length, without halves of characters."""
    return neutral(text.encode("utf-8", "replace").decode())[:_MOST_CELL]


class _Workbook:
    def __init__(self, standard: Standard, day: date, *, reason: bool = False) -> None:
        self.standard, self.day, self.reason = standard, day, reason
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, _OPTIONS)
        self.book.set_properties({"title": standard.name, "keywords": version_mark(standard)})
        self.formats = _formats(self.book)
        self.fill = self.book.add_worksheet(SHEET_FILL)
        self._help_sheet()
        self.lists = self._tables_sheet()
        self.book.define_name("模板版本", f'="{version_mark(standard)}"')
        self._fill_sheet()

    def finish(self) -> bytes:
        self.book.close()
        return self.buffer.getvalue()

    def put_row(self, number: int, row: Mapping[str, object], reason: str) -> None:
        for column, field in enumerate(self.standard.fields):
            self._put(number, column, row.get(field.code), field)
        self.fill.write_string(number, len(self.standard.fields), _cell_text(reason), self.formats["reason"])

    def _put(self, number: int, column: int, value: object, field: Field) -> None:
        if value is None or value == "":
            return
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date) and field.type in _DATE_TYPES and day.year > _EXCEL_FIRST_YEAR:
            self.fill.write_datetime(number, column, day, self.formats["date"])
        elif _is_amount(value) and field.type in _AMOUNT_TYPES:
            self.fill.write_number(number, column, value, self.formats["amount"])
        else:
            self.fill.write_string(number, column, _cell_text(str(value)), self.formats["text"])

    def _fill_sheet(self) -> None:
        sheet, fields = self.fill, self.standard.fields
        told = f"{self.standard.name}填报模板　版本 {version_mark(self.standard)}　代码表日期 {self.day.isoformat()}　标*为必填，说明见“{SHEET_HELP}”"
        sheet.write_string(0, 0, told, self.formats["note"])
        sheet.set_row(HEADER_ROW, 48)
        for column, field in enumerate(fields):
            mark = "*" if field.always_required else ""
            style = "required" if field.always_required else "optional"
            sheet.write_string(HEADER_ROW, column, f"{mark}{field.label}", self.formats[style])
            sheet.set_column(column, column, _width(field), self.formats[_column_format(field)])
            comment = _comment(field)
            if comment:
                sheet.write_comment(HEADER_ROW, column, comment, {"x_scale": 2, "y_scale": 1.2})
            self._validation(column, field)
        if self.reason:
            sheet.write_string(HEADER_ROW, len(fields), REASON_LABEL, self.formats["reason"])
            sheet.set_column(len(fields), len(fields), 60, self.formats["reason"])
        sheet.freeze_panes(HEADER_ROW + 1, 1)

    def _validation(self, column: int, field: Field) -> None:
        first, last = HEADER_ROW + 1, HEADER_ROW + TEMPLATE_ROWS
        rule: dict[str, Any] | None = None
        if field.code in self.lists:
            rule = {
                "validate": "list",
                "source": self.lists[field.code],
                "error_type": "information",
                "ignore_blank": True,
            }
            if field.multi:
                rule["show_error"] = False  # several values joined by ； are no single entry of the list
        elif field.max_length and field.type not in _DATE_TYPES:
            rule = {"validate": "length", "criteria": "<=", "value": field.max_length, "error_type": "warning"}
            rule["error_message"] = f"最多{field.max_length}个字。"
        if rule is not None:
            rule |= {"input_title": field.label[:32], "input_message": _comment(field)[:255]} if field.help else {}
            self.fill.data_validation(first, column, last, column, rule)

    def _help_sheet(self) -> None:
        sheet = self.book.add_worksheet(SHEET_HELP)
        titles = ("序号", "字段", "代码", "是否必填", "类型和长度", "填写规则", "示例", "公开属性")
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self.formats["required"])
        for column, width in enumerate((6, 34, 16, 30, 22, 56, 34, 12)):
            sheet.set_column(column, column, width)
        for number, field in enumerate(self.standard.fields, 1):
            cells = (
                str(number),
                f"{field.label}（本市补充）" if field.local else field.label,
                field.code,
                _required_words(field),
                _type_words(field),
                field.help,
                field.example,
                field.visibility.label,
            )
            for column, text in enumerate(cells):
                sheet.write_string(number, column, neutral(text), self.formats["wrap"])
        sheet.freeze_panes(1, 2)

    def _tables_sheet(self) -> dict[str, str]:
        """One column per choice field; the drop-downs point to it."""
        sheet = self.book.add_worksheet(SHEET_TABLES)
        lists: dict[str, str] = {}
        column = 0
        for field in self.standard.fields:
            table = table_of(field)
            if table is None:
                continue
            values = table.on(self.day)
            sheet.write_string(0, column, field.label, self.formats["required"])
            sheet.set_column(column, column, _WIDE)
            for row, value in enumerate(values, 1):
                stored = table.stored(value)
                sheet.write_string(row, column, stored, self.formats["text"])
                if stored != value:
                    sheet.write_string(row, column + 1, value)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            lists[field.code] = f"='{SHEET_TABLES}'!${letter}$2:${letter}${len(values) + 1}"
            column += 2 if table.stores_code else 1
        sheet.freeze_panes(1, 0)
        return lists


def _formats(book: Any) -> dict[str, Any]:
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    return {
        "note": book.add_format({"italic": True, "font_color": "#44546A"}),
        "required": book.add_format(head | {"bg_color": "#DCE6F1", "num_format": "@"}),
        "optional": book.add_format(head | {"bg_color": "#F2F2F2", "bold": False, "num_format": "@"}),
        "reason": book.add_format({"font_color": "#9C0006", "text_wrap": True, "valign": "top", "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy/mm/dd"}),
        "amount": book.add_format({"num_format": "0.######"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    }


def _column_format(field: Field) -> str:
    return "date" if field.type in _DATE_TYPES else "amount" if field.type in _AMOUNT_TYPES else "text"


def _width(field: Field) -> int:
    if field.type in _DATE_TYPES or field.type in _AMOUNT_TYPES:
        return 14
    return 40 if field.type is FieldType.LONG_TEXT else 22 if field.max_length <= 64 else _WIDE


def _required_words(field: Field) -> str:
    if isinstance(field.required, When):
        return field.required.wording
    return "必填" if field.required else "选填"


def _type_words(field: Field) -> str:
    if field.type in _DATE_TYPES:
        return "日期"
    if field.type in _AMOUNT_TYPES:
        return f"数字，单位{field.unit or '元'}，最多{field.decimals}位小数"
    length = f"，最多{field.max_length}字" if field.max_length else ""
    table = table_of(field)
    if table is not None:
        return f"{'多选' if field.multi else '单选'}（见代码表）{length}"
    return f"文本{length}"


def _comment(field: Field) -> str:
    """The hint at a header cell."""
    parts = [
        _required_words(field) if field.required else "",
        field.help,
        f"示例：{field.example}" if field.example else "",
    ]
    return "\n".join(part for part in parts if part)[:_MOST_COMMENT]
