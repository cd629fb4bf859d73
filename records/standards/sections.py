"""What a form of a standard looks like: sections, order, widgets, choices of the day, help. The form itself is made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.standards.choices import table_of
from records.standards.declaration import Field, FieldType, Standard, When

_LONG_TEXT_FROM = 512


class Widget(StrEnum):
    """The kind of input that suits a field."""

    INPUT = "input"
    TEXTAREA = "textarea"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    DATE = "date"
    AMOUNT = "amount"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One field of a form. `choices` are (stored value, word); `needs_text`: the choice 其他 asks for words (“其他-…”)."""

    field: Field
    widget: Widget
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    required_when: When | None = None
    needs_text: bool = False
    long_term: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields."""

    title: str
    items: tuple[Item, ...]


_WIDGETS = {
    FieldType.LONG_TEXT: Widget.TEXTAREA,
    FieldType.USCC: Widget.CODE,
    FieldType.ORG_CODE: Widget.CODE,
    FieldType.REG_NO: Widget.CODE,
    FieldType.ID_NUMBER: Widget.CODE,
    FieldType.DATE: Widget.DATE,
    FieldType.DATE_OR_LONGTERM: Widget.DATE,
    FieldType.AMOUNT_WAN: Widget.AMOUNT,
    FieldType.AMOUNT_YUAN: Widget.AMOUNT,
    FieldType.ID_TYPE: Widget.SELECT,
    FieldType.CHOICE: Widget.SELECT,
    FieldType.FLAG: Widget.SELECT,
    FieldType.MULTI_CHOICE: Widget.CHECKBOXES,
}


def sections(standard: Standard, day: date) -> tuple[Section, ...]:
    """The form of a standard for decisions of a day: sections in the order of their first field, fields in declared order."""
    groups: dict[str, list[Item]] = {}
    for each in standard.fields:
        groups.setdefault(each.section or "其他", []).append(item(each, day))
    return tuple(Section(title, tuple(items)) for title, items in groups.items())


def item(field: Field, day: date) -> Item:
    """One field of a form, with the choices in force on a day."""
    return Item(
        field=field,
        widget=_WIDGETS.get(field.type, Widget.TEXTAREA if field.max_length > _LONG_TEXT_FROM else Widget.INPUT),
        choices=choices_on(field, day),
        required=field.always_required,
        required_when=field.required if isinstance(field.required, When) else None,
        needs_text=bool(field.code_table) and _needs_text(field),
        long_term=field.type is FieldType.DATE_OR_LONGTERM,
        help=field.help if field.form_help is None else field.form_help,
    )


def choices_on(field: Field, day: date) -> tuple[tuple[str, str], ...]:
    """(stored value, word) pairs of a choice field on a day; empty for other fields."""
    table = table_of(field)
    return tuple((table.stored(value), value) for value in table.on(day)) if table else ()


def _needs_text(field: Field) -> bool:
    table = table_of(field)
    return table is not None and table.other_needs_text
