"""The unit of a column of amounts: written in its header, in a line above the table, or to be asked for. Never assumed: a factor of ten
thousand stands between 元 and 万元."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from records.standards.amounts import WAN, plain, plain_number
from records.standards.declaration import Field, FieldType
from records.standards.texts import half_width

YUAN, WAN_YUAN = "元", "万元"
UNITS = (YUAN, WAN_YUAN)
AMOUNTS = frozenset({FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN})
_BLANKS = re.compile(r"\s+")
_NOTE = re.compile(r"单位[:：](?:人民币)?(万元|元)(?![\u4e00-\u9fa5])")
_LAST = re.compile(r"(?:^|[^\u4e00-\u9fa5]|人民币|金额|数额)元\)?$|[(:/]元")


def own_unit(field: Field) -> str:
    """The unit in which a field is kept."""
    return WAN_YUAN if field.type is FieldType.AMOUNT_WAN else YUAN


def written(header: str, field: Field) -> str:
    """The unit that a header names (罚款金额(万元), 罚款金额（元）), that of the field when it is the field's code, "" when it names none."""
    text = _BLANKS.sub("", half_width(header)).replace("（", "(").replace("）", ")")
    if text.upper() == field.code.upper():
        return own_unit(field)
    if WAN_YUAN in text:
        return WAN_YUAN
    return YUAN if _LAST.search(text) else ""


def noted(rows: Iterable[Sequence[object]]) -> str:
    """The unit that the lines above a table name (单位：元); "" when they name none, or two different ones."""
    found = {
        match[1]
        for row in rows
        for cell in row
        if isinstance(cell, str)
        for match in _NOTE.finditer(_BLANKS.sub("", half_width(cell)))
    }
    return found.pop() if len(found) == 1 else ""


def scaled(cell: object, factor: Decimal) -> object:
    """A cell without a unit of its own, brought to the unit of the field; any other cell as it is, for its reader to judge."""
    value = plain_number(cell)
    return cell if value is None else plain(value * factor)


def factor(unit: str, field: Field) -> Decimal:
    """By what an amount in `unit` is multiplied to be in the unit of the field."""
    if unit == own_unit(field):
        return Decimal(1)
    return 1 / WAN if unit == YUAN else WAN
