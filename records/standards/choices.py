"""Readers of choices: one value or several of a code table, resolved by the day of the decision."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from records.standards import codetables
from records.standards.cells import as_text, cleaned, limited, nothing_left
from records.standards.codetable import CodeTable, Match, Resolution, custom
from records.standards.declaration import MULTI_SEPARATOR, Field
from records.standards.texts import clean
from records.standards.working import Reader, Row

_STRONG = re.compile(r"[;；|\n]+")
_WEAK = re.compile(r"[;；|\n、,，]+")


def table_of(field: Field) -> CodeTable | None:
    """The code table of a field, from the register or from its own choices."""
    if field.choices:
        return custom(field.code, field.label, field.choices)
    return codetables.get(field.code_table) if field.code_table else None


def choice_reader(field: Field) -> Reader:
    """Reads one value."""
    table = _needed_table(field)

    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        text = as_text(cell, field, row)
        if text is None:
            return None
        text = cleaned(text, field, row)
        if not text:
            return nothing_left(field, row)
        resolution = table.resolve(text, row.day)
        if not _accept(resolution, text, field, row):
            return None
        value = MULTI_SEPARATOR.join(resolution.values) if field.multi else resolution.values[0]
        if not limited(value, field, row):
            return None
        return value, table.stored(value)

    return read


def multi_reader(field: Field) -> Reader:
    """Reads several values in one cell, divided by ； (also ; | 、 and line breaks)."""
    table = _needed_table(field)

    def read(cell: object, row: Row) -> tuple[Any, Any] | None:
        parts = _parts(cell, field, row)
        if parts is None:
            return None
        values: list[str] = []
        good = True
        for part in parts:
            for piece, resolution in _pieces(part, table, row.day):
                good = _accept(resolution, piece, field, row) and good
                values += [value for value in resolution.values if value not in values]
        if not good or not values:
            return None
        joined = MULTI_SEPARATOR.join(values)
        return (tuple(values), joined) if limited(joined, field, row) else None

    return read


def _parts(cell: object, field: Field, row: Row) -> list[str] | None:
    if isinstance(cell, list | tuple | set | frozenset):
        return [part for part in (clean(str(each))[0] for each in cell) if part]
    text = as_text(cell, field, row)
    if text is None:
        return None
    parts = [part for part in (clean(each)[0] for each in _STRONG.split(text)) if part]
    return parts or [clean(text)[0]]


def _pieces(part: str, table: CodeTable, day: date) -> list[tuple[str, Resolution]]:
    """A part that is no value as a whole is split at 、 and commas as well (没收违法所得、没收非法财物 is one)."""
    whole = table.resolve(part, day)
    pieces = [piece for piece in (each.strip() for each in _WEAK.split(part)) if piece]
    if whole.match is not Match.UNKNOWN or len(pieces) < 2:
        return [(part, whole)]
    return [(piece, table.resolve(piece, day)) for piece in pieces]


def _accept(resolution: Resolution, written: str, field: Field, row: Row) -> bool:
    """Note what a choice's resolution means; whether it has a value."""
    if resolution.match is Match.EXACT:
        return True
    meant = "、".join(resolution.values)
    listed = "、".join(f"“{each}”" for each in resolution.suggestions)
    if resolution.match is Match.MAPPED:
        row.warn(
            "choice.mapped", field.code, f"“{written}”已按“{meant}”记录。", mend=f"请填写“{meant}”。", value=written
        )
        return True
    if resolution.match is Match.NEEDS_TEXT:
        row.error(
            "choice.needs-text", field.code, "“其他”须注明具体内容。", mend="请填写为“其他-具体内容”。", value=written
        )
    elif resolution.match is Match.OTHER_PERIOD:
        text = f"决定日期为{row.day.isoformat()}，当时的“{field.label}”没有“{written}”。"
        row.error("choice.other-period", field.code, text, mend=f"请按决定书选填{listed}。", value=written)
    elif resolution.match is Match.AMBIGUOUS:
        row.error(
            "choice.ambiguous", field.code, f"“{written}”含义不明确。", mend=f"请按决定书选填{listed}。", value=written
        )
    else:
        row.error(
            "choice.unknown",
            field.code,
            f"“{written}”不在“{field.label}”的选项内。",
            mend=f"可选：{listed}。",
            value=written,
        )
    return False


def _needed_table(field: Field) -> CodeTable:
    table = table_of(field)
    if table is None:
        raise ValueError(f"{field.code}: a choice needs a code table")
    return table
