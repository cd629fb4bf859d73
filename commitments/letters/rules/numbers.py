"""Numbers of letters signed online: HRBCN + day + sequence + check character."""

from __future__ import annotations

import re
from datetime import date

from credit_platform.check_characters import check_character

PREFIX = "HRBCN"
SEQUENCE_DIGITS = 8
FORM = re.compile(rf"{PREFIX}[0-9]{{8}}[0-9]{{{SEQUENCE_DIGITS}}}[0-9A-Z]")


def letter_number(on: date, sequence: int) -> str:
    """The number of a letter signed on a day; `sequence` is one of a counter that never comes back within 10^8 signatures."""
    body = f"{PREFIX}{on:%Y%m%d}{sequence % 10**SEQUENCE_DIGITS:0{SEQUENCE_DIGITS}d}"
    return body + check_character(body)


def is_letter_number(text: str) -> bool:
    """Whether a text has the form of such a number and its check character is right."""
    return bool(FORM.fullmatch(text)) and check_character(text[:-1]) == text[-1]
