"""A text folded for scanning: half-width, without invisible characters, each character knowing where it stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

BLANKS = "\u115f\u1160\u3164\uffa0"
"""Letters by their class that show nothing (fillers of Hangul)."""
FRAMED = "".join(
    chr(n)
    for n in (*range(0xB0, 0x2800), *range(0x1F100, 0x1F10B))
    if unicodedata.category(chr(n)) == "No" and unicodedata.digit(chr(n), None) is not None
)
"""Digits in rings, raised, lowered: one digit each when folded, none for a pattern that asks for digits."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what patterns run over; `places[i]` is the position of text[i] in the original."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> Folded:
        if original.isascii():
            return cls(original, tuple(range(len(original))))
        characters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(original):
            for piece in _fold(character):
                characters.append(piece)
                places.append(place)
        return cls("".join(characters), tuple(places))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds in the original of text[start:end] (end > start)."""
        return self.places[start], self.places[end - 1] + 1

    def before(self, start: int, length: int) -> str:
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int) -> str:
        return self.text[end : end + length]


def _fold(character: str) -> str:
    if character < "\u0080":
        return character
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"} or character in BLANKS:
        return ""
    if category in {"Nd", "No"} and (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if category == "Pd":
        return "-"
    return unicodedata.normalize("NFKC", character)
