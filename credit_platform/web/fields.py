"""What the kit needs to know to draw one field and the summary of a form's errors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
)


def describe(field: BoundField, *, optional_mark: bool, wide: bool) -> dict[str, Any]:
    """The context of kit/field.html."""
    widget = field.field.widget
    texts = [str(text) for text in field.errors]
    described = " ".join(
        part
        for part in (f"{field.auto_id}_hint" if field.help_text else "", f"{field.auto_id}_error" if texts else "")
        if part
    )
    kind = kind_of(widget)
    return {
        "field": field,
        "kind": kind,
        "control": "" if kind == "choices" else _control(field, described, bool(texts)),
        "options": _options(field) if kind == "choices" else [],
        "described": described,
        "error_texts": texts,
        "required": field.field.required or not optional_mark,
        "wide": wide or isinstance(widget, forms.Textarea),
    }


def kind_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "single"


def css_class(widget: forms.Widget) -> str:
    return next((name for kind, name in CLASSES if isinstance(widget, kind)), "form-control")


def _control(field: BoundField, described: str, wrong: bool) -> SafeString:
    given = field.field.widget.attrs
    attrs: dict[str, Any] = {"class": f"{css_class(field.field.widget)} {given.get('class', '')}".strip()}
    if described:
        attrs["aria-describedby"] = described
    if wrong:
        attrs["aria-invalid"] = "true"
    if field.field.required:
        attrs["aria-required"] = "true"
    return field.as_widget(attrs=attrs)


def _options(field: BoundField) -> list[BoundWidget]:
    """The radio buttons or boxes of a group, each with the look of the kit."""
    options = list(field)
    for option in options:
        option.data["attrs"] = {**option.data["attrs"], "class": css_class(field.field.widget)}
    return options


def problems(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form with the id that a link on top of the page jumps to."""
    found: list[dict[str, str]] = []
    for name, texts in form.errors.items():
        bound = form[name] if name in form.fields else None
        shown = bound is not None and not bound.is_hidden
        for text in texts:
            found.append(
                {
                    "text": str(text),
                    "target": _target(bound) if bound is not None and shown else "",
                    "label": str(bound.label)
                    if bound is not None and shown and str(bound.label) not in str(text)
                    else "",
                }
            )
    return found


def _target(bound: BoundField) -> str:
    """The first control of the field: a group of choices has no id of its own that can take the focus."""
    if kind_of(bound.field.widget) == "choices":
        first = next(iter(bound), None)
        return str(first.id_for_label) if first is not None else f"{bound.auto_id}_box"
    return bound.id_for_label or bound.auto_id
