"""Certificates: their number and code, their states, until when they hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from credit_platform import moves
from credit_platform.check_characters import check_character
from credit_platform.labels import choices
from credit_platform.workdays.rules import add_months


class State(StrEnum):
    """Where a certificate stands."""

    VALID = "valid"
    CHALLENGED = "challenged"
    REVOKED = "revoked"


LABELS = {State.VALID: "有效", State.CHALLENGED: "待复核", State.REVOKED: "已撤销"}
TONES = {State.VALID: "good", State.CHALLENGED: "warn", State.REVOKED: "serious"}
STATE_CHOICES = choices(LABELS)
MOVES: dict[tuple[State, str], State] = {
    (State.VALID, "challenge"): State.CHALLENGED,
    (State.CHALLENGED, "revoke"): State.REVOKED,
    (State.CHALLENGED, "uphold"): State.VALID,
}

PREFIX = "HXJY"
LEGIBLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: nothing that is read as something else."""
PAIR = re.compile(r"(?<![0-9A-Z])(?P<number>HXJY\d{14}[0-9A-Z])[\s，,]+(?P<code>[0-9A-Z]{8})(?![0-9A-Z])")
NUMBER = re.compile(r"(?<![0-9A-Z])HXJY\d{14}[0-9A-Z](?![0-9A-Z])")
CODE, LEARNING_CODE = 8, 12
"""Characters of the code on a certificate, and of the one that a person learns under (about 59 bits)."""

Choose = Callable[[str], str]
"""Picks one character of a text by a cryptographic source (`secrets.choice`)."""


def next_state(state: State, verb: str) -> State:
    """The state after `verb`; Conflict (409) when the present state does not allow it."""
    return moves.next_state(MOVES, LABELS, state, verb, code="education.certificate", what="证书")


def number(on: date, key: int) -> str:
    """19 characters: HXJY, the day, the key in six digits and the check character (ISO 7064 MOD 37,36)."""
    body = f"{PREFIX}{on:%Y%m%d}{key % 10**6:06d}"
    return body + check_character(body)


def code(choose: Choose, length: int = CODE) -> str:
    """Legible characters by chance."""
    return "".join(choose(LEGIBLE) for _ in range(length))


def valid_until(on: date, months: int) -> date:
    """The last day of a certificate issued on a day; `months` are those of the course version."""
    return add_months(on, months)


def word_on(state: State, until: date, on: date) -> tuple[str, str]:
    """How a certificate reads on a day, and its tone: run out is a date, never a state."""
    if state is State.VALID and on > until:
        return "已过有效期", "neutral"
    return LABELS[state], TONES[state]
