"""Numbers of citizens (GB 11643) wherever they stand: in a code, inside a longer string, in a text. What is found here is never kept,
shown or told in full (个人信息保护法 art. 28, 51).

Stricter than the scanner of texts, which asks a reviewer: only what is proved counts, a check character that holds, or fifteen digits of
the first generation that are no other number of their length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from records.identifiers import idcard, orgcode, regno
from records.identifiers.clean import clean_code
from records.identifiers.personal import dressed, numbers, written
from records.identifiers.personal.folded import BLANKS, FRAMED, Folded
from records.identifiers.personal.spans import Kind, Span

_SIGN = rf"[\d{written.SIGNS}{FRAMED}]"
_BETWEEN = rf"[\W_年月日{BLANKS}]{{0,6}}"
_ENOUGH = re.compile(rf"(?:{_SIGN}{_BETWEEN}){{14}}(?:{_SIGN}|[Xx{written.X_ALIKE}])")
_DIGEST = re.compile(r"[0-9A-Fa-f]{32,}")
_NO_DIGIT = re.compile(r"[^0-9X]")
_OLDEST_YEAR = 1930
"""Fifteen digits with an earlier birth are far more often an area, a date of 2000 to 2029 and a sequence than a person of over ninety."""


@dataclass(frozen=True, slots=True)
class Identity:
    """text[start:end] is, or contains, the number of a citizen; `digits` are its digits without what stood between them."""

    start: int
    end: int
    digits: str


def may_hold(text: str) -> bool:
    """Whether a text has enough digits near one another; False for nearly every text, in one pass."""
    return len(text) > 14 and _ENOUGH.search(text) is not None


def identities(text: str, *, on: date | None = None) -> list[Identity]:
    """The numbers of citizens in a text, in order. `on`: a “birth” in the year before that day, or after it, is the date in a serial
    number (230102 20260930 0012), not a person."""
    if not may_hold(text):
        return []
    folded = Folded.of(text)
    digests = digests_in(folded.text)
    found = []
    for span in sorted(
        (*numbers.find(folded), *written.find(folded), *dressed.find(folded)), key=lambda each: each.start
    ):
        if any(start <= span.start and span.end <= end for start, end in digests):
            continue
        if span.kind in (Kind.ID_CARD, Kind.BANK_CARD) and (digits := _proved(folded.text[span.start : span.end], on)):
            found.append(Identity(*folded.original(span.start, span.end), digits))
    return [each for index, each in enumerate(found) if not index or each.start >= found[index - 1].end]


def digests_in(text: str) -> list[tuple[int, int]]:
    """Where hashes stand (32 hexadecimal signs and more, letters among them): in millions of them some hold digits that would pass."""
    return [each.span() for each in _DIGEST.finditer(text) if not each[0].isdigit()]


def hidden(text: str) -> str:
    """The text with every citizen's number by its mask (230102********1237); the same text when there is none."""
    out, position = [], 0
    for each in identities(text):
        out += [text[position : each.start], idcard.mask_id(each.digits)]
        position = each.end
    return "".join(out) + text[position:] if out else text


def removed(text: str) -> str:
    """The text with every citizen's number gone but for its place: what may be kept, searched and shown to anybody."""
    out, position = [], 0
    for each in identities(text):
        out += [text[position : each.start], Span(each.start, each.end, Kind.ID_CARD, True).hidden(text)]
        position = each.end
    return "".join(out) + text[position:] if out else text


def personal_code(value: object, *, registration: bool = False) -> str:
    """The normal form of a code that is, or contains, a citizen's number; "" for every other. Fifteen digits are brought to eighteen.

    `registration`: in the column of registration numbers, whose check digit tells them from persons; elsewhere the doubt is the
    person's, since a number that is sealed without need still finds its subject.
    """
    text = "" if value is None else str(value)
    if not may_hold(text):
        return ""
    code = clean_code(text)
    if not code.isascii():
        code = clean_code(written.numerals_as_digits(text))
    if len(code) == 15 and idcard.is_first_generation(code):
        other = registration and regno.is_well_formed(code)
        return "" if other or not _old_enough(code) else idcard.upgrade(code)
    return code if identities(code) or numbers.proved(_NO_DIGIT.sub("", code)) else ""


def _proved(piece: str, on: date | None) -> str:
    digits = _NO_DIGIT.sub("", written.numerals_as_digits(piece))
    if len(digits) == 15:
        other = regno.is_well_formed(digits) or orgcode.is_well_formed(digits[6:])
        return digits if idcard.is_first_generation(digits) and _old_enough(digits) and not other else ""
    if not numbers.proved(digits):
        return ""
    birth = idcard.birth_of(digits) if len(digits) == 18 else None
    serial = on is not None and birth is not None and birth > on.replace(year=on.year - 1, day=min(on.day, 28))
    return "" if serial else digits


def _old_enough(fifteen: str) -> bool:
    birth = idcard.birth_of(idcard.upgrade(fifteen))
    return birth is not None and birth.year >= _OLDEST_YEAR
