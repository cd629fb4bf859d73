"""Amounts of money as they come in cells and in running text; 1 万元 = 10 000 元."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from records.standards.texts import half_width, is_number_below

WAN = Decimal(10000)
_LIMIT = 10**12
_MOST_DECIMALS = 30
_DIGITS = {char: index for index, char in enumerate("零一二三四五六七八九")} | {
    char: index for index, char in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"两": 2, "貳": 2, "弍": 2, "叄": 3, "陸": 6}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_CHINESE = "".join([*_DIGITS, *_UNITS, *_BIG])
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|[{_CHINESE}])(?:\d[\d,]*(?:\.\d+)?|[{_CHINESE}])*"
_MONEY = rf"({_NUMBER})\s*[元圆](?:整|正)?(?:([{_CHINESE}\d])角)?(?:([{_CHINESE}\d])分)?"
_PIECE = re.compile(rf"\d[\d,]*(?:\.\d+)?|[{_CHINESE}]")
_GAP = (
    r"(?:(?!罚款|没收|罚金)[^\d。；;{chinese}]){{0,16}}?".replace("{chinese}", _CHINESE)
    .replace("{{", "{")
    .replace("}}", "}")
)
_FINE_AFTER = re.compile(rf"罚款{_GAP}{_MONEY}")
_FINE_BEFORE = re.compile(rf"{_MONEY}\s*(?:人民币)?的?(?:行政)?罚款")
_BEFORE_FINE = re.compile(r"[元圆整正角分币的政\s]罚款")  # what _FINE_BEFORE can end in: a look that costs less than it
_CONFISCATED = re.compile(rf"没收{_GAP}{_MONEY}")
_CELL = re.compile(rf"(?:人民币|RMB|￥|¥)?\s*({_NUMBER})\s*(元|圆|万元)?(?:整|正)?", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_FOREIGN = re.compile(
    r"US\$|HK\$|NT\$|[$€£₩₽฿]|USD|EUR|HKD|GBP|JPY|RUB|KRW|美元|美金|欧元|英镑|日元|日圆|港元|港币|卢布|韩元",
    re.IGNORECASE,
)


class UnreadableAmountError(ValueError):
    """The cell cannot be read as an amount."""


def parse_amount(cell: object, *, in_wan: bool) -> tuple[Decimal, bool]:
    """A cell as an amount in the field's unit (万元 if `in_wan`, else 元), and whether a written unit was converted.

    Numbers of Excel are taken as they are shown (15 digits), so that 0.1+0.2 is 0.3. Texts may carry 元 or 万元, thousands
    commas, ￥, or Chinese numerals. Raises UnreadableAmountError.
    """
    if isinstance(cell, str):
        return _from_text(cell, in_wan)
    if isinstance(cell, bool):
        raise UnreadableAmountError
    if isinstance(cell, int):
        return _bounded(Decimal(cell)), False
    if isinstance(cell, float):
        return _bounded(_decimal(format(cell, ".15g"))), False
    if isinstance(cell, Decimal):
        return _bounded(cell), False
    raise UnreadableAmountError


def plain_number(cell: object) -> Decimal | None:
    """A cell that is a number and names no unit: 2000, "2,000.5"; None for every other."""
    if isinstance(cell, str):
        text = half_width(cell).strip().replace(",", "")
        return _decimal(text) if _PLAIN.fullmatch(text) else None
    try:
        return parse_amount(cell, in_wan=True)[0]
    except UnreadableAmountError:
        return None


def foreign_sign(cell: object) -> str:
    """The sign or word of another currency that a cell carries ($, €, 美元, HKD), "" when there is none. Amounts of decisions are in RMB."""
    found = _FOREIGN.search(half_width(cell)) if isinstance(cell, str) else None
    return found[0] if found else ""


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: 0.2, 12.5, 300."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def decimals(value: Decimal) -> int:
    """How many decimals an amount has, trailing zeros not counted."""
    text = plain(value)
    return len(text) - text.index(".") - 1 if "." in text else 0


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise UnreadableAmountError from None


def _bounded(value: Decimal) -> Decimal:
    if not is_number_below(value, _LIMIT) or value.adjusted() < -_MOST_DECIMALS:
        raise UnreadableAmountError
    return value


@lru_cache(maxsize=16384)
def _from_text(text: str, in_wan: bool) -> tuple[Decimal, bool]:
    text = half_width(text).strip()
    if _PLAIN.fullmatch(text):
        return _bounded(_decimal(text)), False
    match = _CELL.fullmatch(text)
    if not match:
        raise UnreadableAmountError
    number, unit = match[1], match[2] or ""
    value = number_value(number)
    if value is None:
        raise UnreadableAmountError
    in_yuan = bool(unit) or any(char in number for char in _BIG)  # 5万, 5万元, 2000元: a unit was written
    if not in_yuan:
        return _bounded(value), False
    return _bounded(value / WAN if in_wan else value), in_wan != (number[-1:] in _BIG)


def number_value(text: str) -> Decimal | None:
    """贰仟 → 2000, 1万5千 → 15000, 1.2万 → 12000, 2,000 → 2000; None when it is not a number."""
    total = section = Decimal(0)
    number: Decimal | None = None
    for piece in _PIECE.findall(text):
        if piece[0].isdecimal():
            number = _decimal(piece.replace(",", ""))
        elif piece in _DIGITS:
            number = number * 10 + _DIGITS[piece] if number is not None else Decimal(_DIGITS[piece])
        elif piece in _UNITS:
            section += (Decimal(1) if number is None else number) * _UNITS[piece]
            number = None
        else:
            section += number or 0
            total, section = _raise(total, section, _BIG[piece])
            number = None
    result = total + section + (number or 0)
    return result if abs(result) < _LIMIT * WAN else None


def _raise(total: Decimal, section: Decimal, factor: int) -> tuple[Decimal, Decimal]:
    """Close a section with 万 or 亿; 1万亿 multiplies what stands before."""
    if section == 0 and total:
        return total * factor, Decimal(0)
    return total + section * factor, Decimal(0)


@lru_cache(maxsize=16384)
def fines_in_text(text: str) -> tuple[Decimal, ...]:
    """The amounts (元) that a text of 处罚内容 names as fine: 罚款2000元, 处以贰仟元罚款."""
    text = half_width(text)
    if "罚款" not in text:
        return ()
    before = _amounts(_FINE_BEFORE, text) if _BEFORE_FINE.search(text) else ()
    return _amounts(_FINE_AFTER, text) + before


@lru_cache(maxsize=16384)
def confiscated_in_text(text: str) -> tuple[Decimal, ...]:
    """The amounts (元) that a text of 处罚内容 names as confiscated."""
    text = half_width(text)
    return _amounts(_CONFISCATED, text) if "没收" in text else ()


def _amounts(pattern: re.Pattern[str], text: str) -> tuple[Decimal, ...]:
    found = []
    for match in pattern.finditer(text):
        value = number_value(match[1])
        if value is None:
            continue
        for digit, part in ((match[2], Decimal("0.1")), (match[3], Decimal("0.01"))):
            if digit:
                value += part * (number_value(digit) or 0)
        found.append(value)
    return tuple(found)
