"""A text folded for scanning: half-width, without invisible characters, each character knowing where it stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


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
    if unicodedata.category(character) in {"Cf", "Mn"}:
        return ""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if unicodedata.category(character) == "Pd":
        return "-"
    return unicodedata.normalize("NFKC", character)
