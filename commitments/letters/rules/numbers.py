"""Numbers of letters signed online: HRBCN + day + sequence + check sign (ISO 7064 MOD 37,36, so that a slip of one sign or two swapped is seen)."""

from __future__ import annotations

import re
from datetime import date

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PREFIX = "HRBCN"
SEQUENCE_DIGITS = 8
FORM = re.compile(rf"{PREFIX}[0-9]{{8}}[0-9]{{{SEQUENCE_DIGITS}}}[0-9A-Z]")


def check_sign(text: str) -> str:
    """The check sign of capital letters and digits (ISO 7064 MOD 37,36)."""
    check = 36
    for sign in text:
        check = (check + SIGNS.index(sign)) % 36 or 36
        check = check * 2 % 37
    return SIGNS[(1 - check) % 36]


def letter_number(on: date, sequence: int) -> str:
    """The number of a letter signed on a day; `sequence` is one of a counter that never comes back within 10^8 signatures."""
    body = f"{PREFIX}{on:%Y%m%d}{sequence % 10**SEQUENCE_DIGITS:0{SEQUENCE_DIGITS}d}"
    return body + check_sign(body)


def is_letter_number(text: str) -> bool:
    """Whether a text has the form of such a number and its check sign is right."""
    return bool(FORM.fullmatch(text)) and check_sign(text[:-1]) == text[-1]
