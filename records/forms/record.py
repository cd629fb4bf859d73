"""The form of a record, made from the declaration of its standard; the standard alone checks it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from credit_platform.accounts.models import Department
from credit_platform.web import formats
from credit_platform.web.dates import DateInput, parse_date
from credit_platform.web.forms import ActionForm
from records.identifiers.personal import hidden
from records.standards.codetable import OTHER
from records.standards.declaration import LONG_TERM, MULTI_SEPARATOR, FieldType, Standard
from records.standards.sections import Item, Widget, sections

OTHER_SUFFIX = "__other"


class HiddenNumberInput(forms.TextInput):
    """A personal number as typed is never sent back to the page; what was kept is told by its mask."""

    takes_numbers = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class DiscreetInput(forms.TextInput):
    """As typed, but for a text with a personal number in it: that is kept with the form and not sent back."""

    takes_numbers = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, _without_number(value), attrs)


class DiscreetArea(forms.Textarea):
    """The same in several lines."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, _without_number(value), attrs)


def _without_number(value: Any) -> Any:
    return None if isinstance(value, str) and hidden(value) != value else value


class AsTypedMixin:
    """Shows whether the field must be filled, and leaves every check to the standard, which finds all mistakes at once."""

    def validate(self, value: Any) -> None:
        return None


class TypedField(AsTypedMixin, forms.CharField):
    def run_validators(self, value: Any) -> None:
        return None


class TypedChoice(AsTypedMixin, forms.ChoiceField):
    pass


class TypedChoices(AsTypedMixin, forms.MultipleChoiceField):
    pass


class RecordForm(ActionForm):
    """The form of a standard; build it with `form_for`. Works without JavaScript.

    `raw` is what the actions take: field code → as typed. `kept` are masks of personal numbers that are already on file.
    """

    takes_numbers = True  # the standard says what becomes of one
    standard: Standard
    items: dict[str, Item]
    titles: list[tuple[str, list[str]]]

    def __init__(self, *args: Any, kept: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, mask in (kept or {}).items():
            if name in self.fields:
                self.fields[name].help_text = f"已填：{mask}，留空则沿用。"
                self.fields[name].required = False
        if self.code_field in self.fields:
            self.fields[self.code_field].widget.attrs |= _code_check(self.code_field)
        for name, item in self.items.items():
            if item.field.type is FieldType.AMOUNT_WAN:
                self._echo(name)

    def _echo(self, name: str) -> None:
        """A saved amount in 万元 is shown in 元 too, for a factor of ten thousand is the usual mistake (trap 24).

        Never what is being typed: the words would stay as they are while the figure beside them changes.
        """
        value = self.initial.get(name)
        if formats.as_decimal(value) is not None:
            self.fields[name].help_text = f"{self.fields[name].help_text} 已保存的值：{formats.money_wan(value)}。"

    @property
    def raw(self) -> dict[str, str]:
        """The row as typed, several choices joined as the standard joins them."""
        cleaned = self.cleaned_data if self.is_bound else {}
        return {code: self._value(code, item, cleaned) for code, item in self.items.items()}

    def _value(self, code: str, item: Item, cleaned: Mapping[str, Any]) -> str:
        value = cleaned.get(code) or ""
        said = str(cleaned.get(code + OTHER_SUFFIX) or "").strip()
        values = [value] if isinstance(value, str) else list(value)
        if said and OTHER in values:
            values[values.index(OTHER)] = f"{OTHER}-{said}"
        return MULTI_SEPARATOR.join(each for each in values if each)

    @property
    def sections(self) -> list[tuple[str, list[list[forms.BoundField]]]]:
        """Titled groups of rows: short fields stand side by side, long ones alone; the words of 其他 behind their choice."""
        return [(title, self._rows(names)) for title, names in self.titles]

    def _rows(self, names: list[str]) -> list[list[forms.BoundField]]:
        rows: list[list[forms.BoundField]] = []
        open_row = False
        for name in names:
            wide = isinstance(self.fields[name].widget, forms.Textarea | forms.CheckboxSelectMultiple)
            if wide or not open_row:
                rows.append([])
            rows[-1].append(self[name])
            open_row = not wide
        return rows

    @property
    def conditional(self) -> set[str]:
        """Fields that some rows must fill: neither required nor optional, their help says when."""
        return {code for code, item in self.items.items() if item.required_when}

    @property
    def code_field(self) -> str:
        """The field of the subject's credit code: its check is told beside it while the form is filled in."""
        return self.standard.roles.get("uscc", "")


def form_for(standard: Standard, day: date) -> type[RecordForm]:
    """The form class of a standard; code tables are those of decisions of `day` (trap 26)."""
    fields: dict[str, Any] = {}
    items: dict[str, Item] = {}
    titles: list[tuple[str, list[str]]] = []
    for section in sections(standard, day):
        names = []
        for item in section.items:
            items[item.field.code] = item
            fields[item.field.code] = _field(item)
            names.append(item.field.code)
            if item.needs_text:
                fields[item.field.code + OTHER_SUFFIX] = forms.CharField(
                    label=f"{item.field.label}（其他的具体内容）", required=False, max_length=100
                )
                names.append(item.field.code + OTHER_SUFFIX)
        titles.append((section.title, names))
    return type("RecordForm", (RecordForm,), {**fields, "standard": standard, "items": items, "titles": titles})


def _code_check(name: str) -> dict[str, str]:
    """By POST, for people type numbers of identity cards here by mistake, and those belong in no address."""
    return {
        "hx-post": reverse("records:code-check"),
        "hx-trigger": "change",
        "hx-target": "#code-check",
        "hx-params": f"csrfmiddlewaretoken,field,{name}",
        "hx-vals": json.dumps({"field": name}),
    }


def _field(item: Item) -> forms.Field:
    said: dict[str, Any] = {"label": item.field.label, "required": item.required, "help_text": _help(item)}
    if item.widget is Widget.CHECKBOXES:
        return TypedChoices(choices=item.choices, widget=forms.CheckboxSelectMultiple, **said)
    if item.widget is Widget.SELECT:
        return TypedChoice(choices=[("", "请选择"), *item.choices], **said)
    return TypedField(widget=_widget(item), **said)


def _widget(item: Item) -> forms.Widget:
    attrs: dict[str, Any] = {"autocomplete": "off"}
    if item.field.max_length:
        attrs["maxlength"] = item.field.max_length
    if item.field.is_personal:
        return HiddenNumberInput(attrs)
    match item.widget:
        case Widget.TEXTAREA:
            return DiscreetArea(attrs | {"rows": 4})
        case Widget.DATE:
            return DateInput(typed=item.long_term)
        case Widget.AMOUNT:
            return forms.TextInput(attrs | {"inputmode": "decimal", "class": "code"})
        case Widget.CODE:
            # Longer than the code itself: people paste it with blanks and hyphens between the digits.
            return DiscreetInput(attrs | {"maxlength": max(item.field.max_length, 40), "class": "code"})
    return DiscreetInput(attrs)


def _help(item: Item) -> str:
    texts = [item.help, item.required_when.wording + "。" if item.required_when else ""]
    if item.long_term:
        texts.append("没有期限的填“长期”。")
    return "".join(text if text.endswith("。") else f"{text}。" for text in texts if text)


def initial_of(standard: Standard, content: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What a form of a standard starts with for a content or a draft, and the masks of its personal numbers."""
    initial: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for each in standard.fields:
        value = content.get(each.code)
        if isinstance(value, Mapping):
            kept[each.code] = str(value.get("masked", ""))
        elif value:
            initial |= _initial(each.code, str(value), each.type)
    return initial, kept


def _initial(code: str, value: str, kind: FieldType) -> dict[str, Any]:
    if kind is FieldType.MULTI_CHOICE:
        parts = value.split(MULTI_SEPARATOR)
        said = [part.partition("-")[2] for part in parts if part.startswith(f"{OTHER}-")]
        chosen = [OTHER if part.startswith(f"{OTHER}-") else part for part in parts]
        return {code: chosen} | ({code + OTHER_SUFFIX: said[0]} if said else {})
    if kind is FieldType.CHOICE and value.startswith(f"{OTHER}-"):
        return {code: OTHER, code + OTHER_SUFFIX: value.partition("-")[2]}
    if kind is FieldType.DATE_OR_LONGTERM and value == LONG_TERM.isoformat():
        return {code: "长期"}
    return {code: value}


def defaults_of(standard: Standard, department: Department) -> dict[str, str]:
    """The own department stands in the fields of the authority and the source."""
    given = {"authority_name": department.name, "authority_code": department.uscc or ""}
    given |= {"source_name": given["authority_name"], "source_code": given["authority_code"]}
    return {standard.roles[role]: value for role, value in given.items() if role in standard.roles and value}


def decision_day(standard: Standard, data: Mapping[str, Any], today: date) -> date:
    """The day of decision that was typed, today while there is none: code tables follow it."""
    code = standard.roles.get("decided_on", "")
    return parse_date(str(data.get(code) or "")) or today
