"""Numbers of receipts: HRBHC + day + sixteen random characters + check character. Whoever has one was given it: 36^16 cannot be guessed, so that
a receipt needs no second secret."""

from __future__ import annotations

from datetime import date

from credit_platform.check_characters import numbered

PREFIX = "HRBHC"
RANDOM_CHARACTERS = 16
RANDOM_BYTES = 11
"""88 bits, a little more than the characters can tell apart."""


def receipt_number(on: date, chance: bytes) -> str:
    """The number of a receipt given on a day; `chance` is RANDOM_BYTES bytes that nobody can foresee."""
    return numbered(PREFIX, on, chance, RANDOM_CHARACTERS)
