"""The one way a code or number is cleaned before anything looks at it."""

from __future__ import annotations

import unicodedata

# Blanks, dashes of every kind and invisible characters: people and spreadsheets put them between the digits of a code.
_DROPPED = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc", "Pd"})
_DASHES = frozenset("-−·•_")


def clean_code(value: object) -> str:
    """Return `value` as a code: full-width folded (NFKC), upper case, without blanks, hyphens and invisible characters."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isalnum():
        return text.upper()
    before = None
    while text != before:  # what falls away may bring a letter and its accent together
        before = text
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
        text = "".join(c for c in folded if c not in _DASHES and unicodedata.category(c) not in _DROPPED)
    return text


def is_spreadsheet_damage(value: object) -> bool:
    """True when a spreadsheet has turned a code into a number (`9.1E+17`, `20200012.0`, a float): digits are lost for good."""
    if isinstance(value, float):
        return True
    text = unicodedata.normalize("NFKC", str(value or "")).strip()
    if text.endswith(".0") and text[:-2].lstrip("-").isdigit():
        return True
    mantissa, mark, exponent = text.upper().partition("E+")
    return bool(mark) and exponent.isdigit() and mantissa.replace(".", "", 1).isdigit()
