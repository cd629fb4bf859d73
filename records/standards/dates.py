"""Dates as they come in files: date cells, three ways of writing digits, Chinese, and Excel's serial numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from records.standards.declaration import LONG_TERM
from records.standards.texts import half_width, is_number_below

_CHINA = ZoneInfo("Asia/Shanghai")
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL_FIRST, _SERIAL_LAST = 61, 73050  # 1900-03-01 (behind Excel's false leap day) to 2099-12-31
EXCEL_NOTHING = date(1900, 1, 1)
"""What spreadsheets and databases write for a day that is not there."""

_LONG_TERM_WORDS = frozenset(
    {
        "长期",
        "长期有效",
        "永久",
        "永久有效",
        "无固定期限",
        "无期限",
        "长期有效期",
        "无处罚期限",
        "无限期",
        "不限期",
        "无截止日期",
    }
)
_DASHES = re.compile(r"[-—–―]+(?:\s+[-—–―]+)+")
_STAMP = re.compile(r"\d{13}|1\d{9}")
_SEPARATED = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_CHINESE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年(元|[一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})日"
)
_DIGITS = {char: str(index % 10) for index, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


class UnreadableDateError(ValueError):
    """The cell cannot be read as a day."""


def parse_date(cell: object) -> tuple[date, bool]:
    """A cell as a day, and whether a way of saying 长期 other than 2099-12-31 was converted to it.

    Accepts date and datetime objects (aware ones in Beijing time), YYYY-MM-DD, YYYY/MM/DD, YYYY.MM.DD, YYYYMMDD, 2026年1月2日,
    二〇二六年一月二日, each with or without a time, full-width digits, and serial numbers of Excel's 1900 system.
    Raises UnreadableDateError.
    """
    if isinstance(cell, str):
        return _from_text(cell)
    if isinstance(cell, datetime):
        return _long_term((cell.astimezone(_CHINA) if cell.tzinfo else cell).date())
    if isinstance(cell, date):
        return _long_term(cell)
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) and is_number_below(cell, 10**8):
        return _from_number(float(cell))
    raise UnreadableDateError


def reason(cell: object) -> str:
    """Why a cell that looks like a day is none, in Chinese without a full stop: 2026年11月没有31日, or a time stamp of a computer.

    "" when it does not look like a day at all. A time stamp is not read as a day: nobody who wrote the file saw that day in it.
    """
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        return ""
    number = not isinstance(cell, str)
    if number and not (is_number_below(cell, 10**14) and cell == int(cell)):  # type: ignore[arg-type]
        return ""
    text = str(int(cell)) if number else _TIME.sub("", half_width(str(cell)).strip()).strip()
    if _STAMP.fullmatch(text):
        return "填写的是系统时间戳，不是日期"
    match = _SEPARATED.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None or int(match[1]) == 0:
        return ""
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    return f"{year}年{month}月没有{day}日" if 1 <= month <= 12 else f"没有{month}月"


def _long_term(day: date) -> tuple[date, bool]:
    if day.year >= 2099 and day != LONG_TERM and (day.year == 9999 or (day.month, day.day) == (12, 31)):
        return LONG_TERM, True
    return day, False


def _from_number(number: float) -> tuple[date, bool]:
    if _SERIAL_FIRST <= number < _SERIAL_LAST + 1:
        return _EXCEL_EPOCH + timedelta(days=int(number)), False
    if number == int(number) and number >= 10000101:
        return _from_text(str(int(number)))
    raise UnreadableDateError


@lru_cache(maxsize=65536)
def _from_text(text: str) -> tuple[date, bool]:
    text = half_width(text).strip()
    if text in _LONG_TERM_WORDS or _DASHES.fullmatch(text):
        return LONG_TERM, True
    text = _TIME.sub("", text).strip()
    match = _SEPARATED.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _long_term(_build(match[1], match[2], match[3]))
    chinese = _CHINESE.fullmatch(text)
    if chinese:
        year = "".join(_DIGITS[char] for char in chinese[1])
        return _long_term(_build(year, _tens(chinese[2]), _tens(chinese[3])))
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(float(text))
    raise UnreadableDateError


def _build(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise UnreadableDateError from None


def _tens(text: str) -> str:
    """十二 → 12, 二十 → 20, 廿一 → 21, 元 → 1."""
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return "".join(_DIGITS[char] for char in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise UnreadableDateError
    return (_DIGITS[tens] if tens else "1") + (_DIGITS[ones] if ones else "0")
