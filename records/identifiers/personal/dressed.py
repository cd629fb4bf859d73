"""An identity number whose digits are kept apart by anything that a line may hold: commas, brackets, underscores, 年月日, the frames of emoji.

Only what is proved counts (an area, a day of birth and the check character, each in its place); a list of figures that meets all three by
chance is rarer than a person who writes a number this way to get it past a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.identifiers import idcard, regions
from records.identifiers.personal.folded import Folded
from records.identifiers.personal.spans import Kind, Span
from records.identifiers.personal.written import digits_for_signs

APART = r"[\W_年月日]{0,6}"
_NO_PART = re.compile(r"[^0-9X]")


def _shape() -> re.Pattern[str]:
    """Eighteen characters in order, the century and the first figures of month and day where they must be; each step has one way to go."""
    century = rf"(?:1{APART}[89]|2{APART}0)"
    places = ["[1-9]", *["[0-9]"] * 5, century, "[0-9]", "[0-9]", "[01]", "[0-9]", "[0-3]", *["[0-9]"] * 4]
    return re.compile(rf"(?<![0-9])(?=({APART.join(places)}{APART}[0-9X])(?![0-9]))", re.IGNORECASE)


_SHAPE = _shape()


def find(folded: Folded) -> Iterator[Span]:
    """Yield proved identity numbers with something between their digits."""
    text = digits_for_signs(folded.text)
    for match in _SHAPE.finditer(text):
        digits = _NO_PART.sub("", match[1].upper())
        plain = folded.text[match.start(1) : match.end(1)].upper() == digits  # left to who reads the labels around it
        if not plain and digits[:2] in regions.PROVINCES and idcard.is_well_formed(digits):
            yield Span(match.start(1), match.end(1), Kind.ID_CARD, True)
