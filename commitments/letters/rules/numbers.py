"""Numbers of letters signed online: HRBCN + day + sequence + check sign."""

from __future__ import annotations

import re
from datetime import date

from credit_platform.checksigns import check_sign

PREFIX = "HRBCN"
SEQUENCE_DIGITS = 8
FORM = re.compile(rf"{PREFIX}[0-9]{{8}}[0-9]{{{SEQUENCE_DIGITS}}}[0-9A-Z]")


def letter_number(on: date, sequence: int) -> str:
    """The number of a letter signed on a day; `sequence` is one of a counter that never comes back within 10^8 signatures."""
    body = f"{PREFIX}{on:%Y%m%d}{sequence % 10**SEQUENCE_DIGITS:0{SEQUENCE_DIGITS}d}"
    return body + check_sign(body)


def is_letter_number(text: str) -> bool:
    """Whether a text has the form of such a number and its check sign is right."""
    return bool(FORM.fullmatch(text)) and check_sign(text[:-1]) == text[-1]
