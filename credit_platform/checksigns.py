"""The check sign at the end of our own numbers (ISO 7064 MOD 37,36): a slip of one sign, or two that changed places, is seen. Pure."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_sign(text: str) -> str:
    """The check sign of capital letters and digits."""
    check = 36
    for sign in text:
        check = (check + SIGNS.index(sign)) % 36 or 36
        check = check * 2 % 37
    return SIGNS[(1 - check) % 36]
