"""Cleaning of cell texts: blanks, full-width characters, invisible characters, mark-up."""

from __future__ import annotations

import math
import re
from decimal import Decimal

BLANK_WORDS = frozenset(
    {
        "",
        "无",
        "無",
        "空",
        "暂无",
        "没有",
        "无。",
        "（无）",
        "(无)",
        "/",
        "\\",
        "//",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "*",
        "null",
        "none",
        "nil",
        "nan",
        "n/a",
        "na",
        "#n/a",
        "undefined",
    }
)
"""Words that stand for “nothing” in the files of departments; a required field that holds one is blank."""

_LONGEST_BLANK = max(map(len, BLANK_WORDS))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2010: 0x2D, 0x2212: 0x2D}
_INVISIBLE = (
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ufeff\\ufff0-\\uffff\\ud800-\\udfff"
)
_SUSPECT = re.compile(f"[{_INVISIBLE}\\t\\r\\n<&]")
_REMOVE = re.compile(f"[{_INVISIBLE}]")
_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")
_TAGS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_ENTITIES = re.compile(r"&(?:nbsp|ensp|emsp|#160|#xa0);", re.IGNORECASE)
_NEUTRALISED = frozenset("=+-@")


def is_blank_word(text: str) -> bool:
    """Whether a stripped text only says that there is nothing (无, null, /, -, N/A)."""
    return len(text) <= _LONGEST_BLANK and (text in BLANK_WORDS or text.lower() in BLANK_WORDS)


def is_number_below(cell: int | float | Decimal, limit: int) -> bool:
    """Whether a number is finite and its size below a limit; never raises, also for signalling NaN and endless integers."""
    finite = cell.is_finite() if isinstance(cell, Decimal) else isinstance(cell, int) or math.isfinite(cell)
    return finite and -limit < cell < limit


def half_width(text: str) -> str:
    """Full-width letters, digits, marks and blanks as their half-width forms; Chinese brackets 〔〕【】 stay."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def clean(text: str) -> tuple[str, bool]:
    """The text without invisible characters, tabs, line breaks and mark-up; and whether anything inside was removed.

    Blanks at either end are dropped silently, and so is the apostrophe that our own workbooks put before = + - @. Line breaks
    become one blank, except between two Chinese characters.
    """
    text = text.strip()
    if text[:1] == "'" and text[1:2] in _NEUTRALISED:
        text = text[1:]
    if _SUSPECT.search(text) is None:
        return text, False
    cleaned = _REMOVE.sub("", text)
    cleaned = _ENTITIES.sub(" ", _TAGS.sub("", cleaned))
    cleaned = _BREAKS.sub(_joint, cleaned).strip()
    return cleaned, cleaned != text


def _joint(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return "" if _is_wide(before) and _is_wide(after) else " "


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"
