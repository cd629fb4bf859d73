"""The second factor: how long, how many, how written. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

SECRET_BYTES = 20
STEP_SECONDS = 30
TOLERANCE = 1
"""Steps before and after that are taken too: clocks differ, and people type slowly."""
DIGITS = 6
CODES = 10
WRONG_LIMIT = 5
"""Wrong codes of an account in a quarter of an hour that end the session."""
ENROLMENT_MINUTES = 30
"""For how long a secret that nobody confirmed is shown again; then there is a new one."""
TOLD_DAYS = 7
"""Calendar days for which the person is told of a recovery code that was used."""


def is_totp(code: str) -> bool:
    """Whether what was typed is meant as a code of the authenticator: six digits, with or without blanks."""
    typed = "".join(code.split())
    return len(typed) == DIGITS and typed.isascii() and typed.isdigit()


def is_stale(begun: datetime, now: datetime) -> bool:
    """Whether an enrolment that nobody finished begins anew."""
    return now - begun > timedelta(minutes=ENROLMENT_MINUTES)
