"""The check character at the end of our own numbers (ISO 7064 MOD 37,36): a slip of one character, or two that changed places, is seen. Pure."""

from __future__ import annotations

from datetime import date

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(text: str) -> str:
    """The check character of capital letters and digits."""
    check = 36
    for character in text:
        check = (check + CHARACTERS.index(character)) % 36 or 36
        check = check * 2 % 37
    return CHARACTERS[(1 - check) % 36]


def chance_characters(chance: bytes, count: int) -> str:
    """So many capital letters and digits out of random bytes; five bits and a little go into each."""
    value, characters = int.from_bytes(chance, "big"), ""
    for _ in range(count):
        value, left = divmod(value, 36)
        characters += CHARACTERS[left]
    return characters


def numbered(prefix: str, on: date, chance: bytes, count: int) -> str:
    """A number of ours: its prefix, the day, so many characters out of random bytes that nobody can foresee, the check character."""
    body = f"{prefix}{on:%Y%m%d}{chance_characters(chance, count)}"
    return body + check_character(body)
