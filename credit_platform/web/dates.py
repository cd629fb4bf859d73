"""A date field that takes what people type and what a browser's own date input sends."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from credit_platform.web.formats import LONG_TERM

EARLIEST = date(1900, 1, 1)
LATEST = LONG_TERM
_SHAPES = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
)


def parse_date(text: str) -> date | None:
    """A date of 2026-11-23, 2026/11/23, 2026.11.23, 20261123 or 2026年11月23日, full-width figures too; None for others."""
    flat = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for shape in _SHAPES:
        found = shape.fullmatch(flat)
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


class DateInput(forms.DateInput):
    """The browser's date input; `typed=True` is a text input for people who type faster than they click."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, typed: bool = False) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
        self.input_type = "text" if typed else "date"
        if typed:
            self.attrs.setdefault("inputmode", "numeric")
            self.attrs.setdefault("autocomplete", "off")
            self.attrs.setdefault("placeholder", "如 2026-11-23")
        else:
            # With an upper end the browser takes four digits for the year, and typing goes on to the month by itself.
            self.attrs.setdefault("min", "1900-01-01")
            self.attrs.setdefault("max", "2099-12-31")


class ChineseDateField(forms.DateField):
    """`long_term=True` also takes 长期, stored as 2099-12-31. Dates before 1900 or after 2099 are typing errors."""

    widget = DateInput
    default_error_messages = {
        "invalid": "请填写正确的日期，例如 2026-11-23 或 2026年11月23日。",
        "range": "日期应在 1900 年至 2099 年之间。",
    }

    def __init__(self, *, typed: bool = False, long_term: bool = False, **options: Any) -> None:
        self.long_term = long_term
        options.setdefault("widget", DateInput(typed=typed or long_term))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return super().to_python(value)
        if self.long_term and value.strip() == "长期":
            return LONG_TERM
        day = parse_date(value)
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(self.error_messages["range"], code="range")
        return day

    def prepare_value(self, value: Any) -> Any:
        return "长期" if self.long_term and value == LONG_TERM else value
