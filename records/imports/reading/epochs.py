"""Workbooks whose days count from 1904, as old programs of Apple's did: plain numbers in their date columns, brought to the usual count."""

from __future__ import annotations

from collections.abc import Mapping

from records.standards.declaration import FieldType, Standard

_DAY_FIELDS = (FieldType.DATE, FieldType.DATE_OR_LONGTERM)
_DAYS_BETWEEN, _LAST_SERIAL = 1_462, 73_051
"""Between the first days of the two ways to count; and from where on a number is no count of days (20261120)."""


def day_fields(columns: Mapping[int, str], standard: Standard) -> frozenset[str]:
    """Those of the fields that hold days."""
    return frozenset(code for code in columns.values() if standard.field(code).type in _DAY_FIELDS)


def since_1900(cell: object) -> object:
    """A cell of a date column that counts from 1904, as the readers of dates know it; what is no count of days stays."""
    return cell + _DAYS_BETWEEN if isinstance(cell, float) and 0 <= cell < _LAST_SERIAL else cell
