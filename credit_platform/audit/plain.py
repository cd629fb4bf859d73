"""Values made fit for the trail: text and JSON hold neither NUL nor half a surrogate pair, and no whole number of a person."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from credit_platform.errors import hidden


def clean_text(text: str) -> str:
    """The text without NULs, numbers of persons by their mask; half surrogates become "?"."""
    return hidden(text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8"))


def clean_value(value: Any) -> Any:
    """The same for every string inside a JSON value; keys become strings, sets and tuples lists."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {clean_text(str(key)): clean_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_value(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((clean_value(item) for item in value), key=str)
    return value
