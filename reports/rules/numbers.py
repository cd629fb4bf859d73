"""The number of a report and the code beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEGIBLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: nothing that is read as something else."""
RANDOM, CODE = 8, 8
NUMBER = re.compile(r"(?<![0-9A-Z])\d{14}[0-9A-Z]{8}(?![0-9A-Z])")

Choose = Callable[[str], str]
"""Picks one character of a text by a cryptographic source (`secrets.choice`)."""


def number(at: datetime, choose: Choose) -> str:
    """22 characters: the moment in Beijing time to the second, then eight of 36 signs by chance. `at` is local time."""
    return f"{at:%Y%m%d%H%M%S}" + "".join(choose(SIGNS) for _ in range(RANDOM))


def code(choose: Choose) -> str:
    """Eight legible characters that are asked for beside the number."""
    return "".join(choose(LEGIBLE) for _ in range(CODE))


def found_in(text: str) -> str:
    """The first number in a text, "" when there is none."""
    match = NUMBER.search(text)
    return match[0] if match else ""
