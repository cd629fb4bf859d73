"""Codes that people read out and type: groups of four capitals and digits, kept as digests only."""

from __future__ import annotations

import secrets

from credit_platform.accounts.actions.passwords import CAPITALS, DIGITS
from credit_platform.accounts.models.clients import hash_key

GROUP = 4
SIGNS = CAPITALS + DIGITS


def code_of_groups(groups: int) -> str:
    """A random code; each group adds about 20 bits."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(groups))


def digest_of_code(typed: str) -> str:
    """The digest of a code however it was typed: blanks, hyphens and case do not count."""
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return hash_key("-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP)))
