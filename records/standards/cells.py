"""One cell before it has a meaning: blank or not, text or damaged number, too long, cleaned."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from records.identifiers import idcard
from records.standards.declaration import Field
from records.standards.texts import clean, half_width, is_blank_word, is_number_below
from records.standards.working import Row

_SAFE_NUMBER = 10**15
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?[eE]\+\d{1,3}")
_SHORT = 64
_DAMAGED = "单元格被 Excel 存成了数字，后几位已丢失，无法还原。"
_AS_TEXT = "请把列设为“文本”格式后重新填写。"


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing: empty, blanks, NaN, or a word that says so (无, null, /, -, N/A)."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return is_blank_word(cell.strip()) if len(cell) <= _SHORT else cell.isspace()
    return (isinstance(cell, float) and math.isnan(cell)) or (isinstance(cell, Decimal) and cell.is_nan())


def as_text(cell: object, field: Field, row: Row) -> str | None:
    """A cell as text; numbers of 15 digits and more are refused, for Excel keeps no more."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        return _number_as_text(cell, field, row)
    row.error(
        "format.type",
        field.code,
        f"“{field.label}”不是文字、数字或日期。",
        mend="请填写文字。",
        value=type(cell).__name__,
    )
    return None


def _number_as_text(cell: int | float | Decimal, field: Field, row: Row) -> str | None:
    if not is_number_below(cell, _SAFE_NUMBER):
        row.error("format.number", field.code, _DAMAGED, mend=_AS_TEXT, value=hidden(field, str(cell)[:20]))
        return None
    if cell == int(cell):
        return str(int(cell))
    return format(cell, ".15g") if isinstance(cell, float) else str(cell)


def hidden(field: Field, text: str) -> str:
    """The value as a finding may tell it: personal numbers masked."""
    return idcard.mask_id(text) if field.is_personal else text


def code_cell(cell: object, field: Field, row: Row) -> str | None:
    """A cell of a code column as text. Refuses what a spreadsheet has damaged; whole numbers below 15 digits are tolerated."""
    if isinstance(cell, str):
        if _SCIENTIFIC.fullmatch(half_width(cell).strip()):
            row.error("format.scientific", field.code, _DAMAGED, mend=_AS_TEXT, value=hidden(field, cell.strip()))
            return None
        return cell if cell.isascii() else cell.encode("utf-8", "ignore").decode()
    if isinstance(cell, bool):
        row.error(
            "format.boolean",
            field.code,
            f"“{field.label}”的单元格是逻辑值 {str(cell).upper()}，不是号码。",
            mend="请填写号码，并把列设为“文本”格式。",
            value=str(cell).upper(),
        )
        return None
    if isinstance(cell, float | Decimal) and is_number_below(cell, _SAFE_NUMBER) and cell != int(cell):
        row.error(
            "format.number",
            field.code,
            f"“{field.label}”被 Excel 存成了小数。",
            mend=_AS_TEXT,
            value=hidden(field, str(cell)),
        )
        return None
    text = as_text(cell, field, row)
    if text is not None and isinstance(cell, int | float | Decimal):
        row.warn(
            "format.number-tolerated",
            field.code,
            f"“{field.label}”的单元格是数字，已按文本读取，开头的0可能已丢失。",
            mend=_AS_TEXT,
            value=hidden(field, text),
        )
    return text


def limited(text: str, field: Field, row: Row) -> bool:
    """Whether a text keeps to the field's length, in characters."""
    if field.max_length and len(text) > field.max_length:
        row.error(
            "length",
            field.code,
            f"“{field.label}”最多{field.max_length}个字，现为{len(text)}个字。",
            mend=f"请缩减到{field.max_length}个字以内。",
            value=hidden(field, text),
        )
        return False
    return True


def cleaned(text: str, field: Field, row: Row) -> str:
    """The text without mark-up and invisible characters; a warning tells that some were there."""
    text, removed = clean(text)
    if removed:
        row.warn(
            "text.stripped",
            field.code,
            f"“{field.label}”含换行、制表符、网页标记或不可见字符，已去除。",
            value=hidden(field, text),
        )
    return text


def nothing_left(field: Field, row: Row) -> tuple[Any, Any] | None:
    """Note a required field of which cleaning left nothing."""
    if field.always_required:
        row.error(
            "required", field.code, f"“{field.label}”必填，清除不可见字符后没有内容。", mend=f"请填写{field.label}。"
        )
    return None
