"""A row of a standard in normal form, invented, as the documentation of the push interface shows it."""

from __future__ import annotations

from datetime import date

from records.standards.choices import table_of
from records.standards.codetable import OTHER
from records.standards.declaration import LONG_TERM, Field, FieldType, Standard, When

DATES = (FieldType.DATE, FieldType.DATE_OR_LONGTERM)
AMOUNTS = (FieldType.AMOUNT_WAN, FieldType.AMOUNT_YUAN)
DECIDED = "2026-01-05"
FIRM = "91230102MA1B00017U"
"""An invented code with right check signs."""
ALSO = ("uscc", "legal_rep")
"""Fields of these roles are shown although only their kind of subject must have them: the example is about a firm."""


def example_row(standard: Standard, day: date) -> dict[str, str]:
    """Field code → value: everything that must be filled, and what the filled values ask for in turn; code tables of the day."""
    shown = {standard.roles.get(role, "") for role in ALSO}
    row: dict[str, str] = {}
    for field in standard.fields:
        if field.always_required or standard.moves.get(field.code, field.code) in shown:
            row[field.code] = _value(field, standard, day)
    for field in standard.fields:
        if field.code not in row and isinstance(field.required, When) and field.required.holds(row):
            row[field.code] = _value(field, standard, day)
    return {field.code: row[field.code] for field in standard.fields if field.code in row}


def _value(field: Field, standard: Standard, day: date) -> str:
    if field.type in DATES:
        until = standard.in_role("valid_until")
        return LONG_TERM.isoformat() if until and until.code == field.code else DECIDED
    if field.type in AMOUNTS:
        return field.example or "0.2"
    if field.type is FieldType.USCC:
        return field.example or FIRM
    if field.type is FieldType.DOCUMENT_NUMBER:
        return field.example or f"示例{standard.name[:4]}〔2026〕15号"
    table = table_of(field)
    if table is not None:
        values = [table.stored(value) for value in table.on(day)]
        return field.example if field.example in values or (field.multi and field.example) else _first(values)
    return field.example or f"示例{field.label}"


def _first(values: list[str]) -> str:
    return next(value for value in values if value != OTHER)
