"""Numbers of receipts: HRBHC + day + sixteen random signs + check sign. Whoever has one was given it: 36^16 cannot be guessed, so that
a receipt needs no second secret."""

from __future__ import annotations

import re
from datetime import date

from credit_platform.checksigns import SIGNS, check_sign

PREFIX = "HRBHC"
RANDOM_SIGNS = 16
RANDOM_BYTES = 11
"""88 bits, a little more than the signs can tell apart."""
FORM = re.compile(rf"{PREFIX}[0-9]{{8}}[0-9A-Z]{{{RANDOM_SIGNS + 1}}}")


def receipt_number(on: date, chance: bytes) -> str:
    """The number of a receipt given on a day; `chance` is RANDOM_BYTES bytes that nobody can foresee."""
    value, signs = int.from_bytes(chance, "big"), ""
    for _ in range(RANDOM_SIGNS):
        value, left = divmod(value, 36)
        signs += SIGNS[left]
    body = f"{PREFIX}{on:%Y%m%d}{signs}"
    return body + check_sign(body)


def is_receipt_number(text: str) -> bool:
    """Whether a text has the form of such a number and its check sign is right."""
    return bool(FORM.fullmatch(text)) and check_sign(text[:-1]) == text[-1]
