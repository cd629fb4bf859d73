"""What a person's papers say in words: an identity number in Chinese numerals, a passport, a date of birth.

A passport's number and a date tell nothing by their form: only what stands beside them (护照, 出生日期, 生于) makes them personal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.identifiers import idcard
from records.identifiers.personal.folded import Folded
from records.identifiers.personal.numbers import proved
from records.identifiers.personal.spans import Kind, Span

SIGNS = "〇零○一壹幺〡二贰貳两兩〢三叁叄參〣四肆〤五伍〥六陆陸〦七柒〧八捌〨九玖〩"
"""Numerals of Chinese writing, ordinary, of accounts (both scripts) and of merchants."""
X_ALIKE = "ХхΧχ×✕╳"
"""What looks like the X at the end of an identity number: of other alphabets, and signs."""
_NUMERALS = str.maketrans(SIGNS, "0001111222222333334445556666777888999")
_X = str.maketrans(X_ALIKE, "X" * len(X_ALIKE))
_SPELLED = re.compile(rf"[{SIGNS}0-9](?:[\s\-·]{{0,2}}[{SIGNS}0-9Xx]){{14,}}")
_HAS_NUMERAL = re.compile(f"[{SIGNS}]")
_JOINTS = re.compile(r"[\s\-·]")
_PAPER = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|永久居留证)(?:号码|编号|号|证号)?(?:[:：为是]|\s|\()*(?P<number>[A-Za-z]{0,3}[0-9]{7,9}[A-Za-z]?)(?![0-9A-Za-z])"
)
_DAY = r"(?:19|20)[0-9]{2}(?:年|[-./])[0-9]{1,2}(?:月(?:[0-9]{1,2}日?)?|[-./][0-9]{1,2}日?|(?![0-9]))"
_BORN = re.compile(
    rf"(?P<label>出生日期|出生年月日?|出生时间|出生于|生日|(?<![产发诞派衍寄原新再丛野养])生于)(?:[:：为是]|\s)*(?P<day>{_DAY})"
)
_BORN_AFTER = re.compile(rf"(?P<day>{_DAY})\s*(?:出生|生(?=[,，;；。、)]|$))")


def find(folded: Folded) -> Iterator[Span]:
    """Yield identity numbers in Chinese numerals, numbers of passports and permits, and dates of birth."""
    yield from _spelled(folded.text)
    for match in _PAPER.finditer(folded.text):
        yield Span(match.start("number"), match.end("number"), Kind.PASSPORT, True)
    for pattern in (_BORN, _BORN_AFTER):
        for match in pattern.finditer(folded.text):
            yield Span(match.start("day"), match.end("day"), Kind.BIRTH, True)


def _spelled(text: str) -> Iterator[Span]:
    if _HAS_NUMERAL.search(text) is None:
        return
    for match in _SPELLED.finditer(text):
        if _HAS_NUMERAL.search(match[0]) is None:
            continue
        digits = numerals_as_digits(match[0])
        if proved(digits) or idcard.is_first_generation(digits):
            yield Span(match.start(), match.end(), Kind.ID_CARD, len(digits) in (15, 18))


def numerals_as_digits(text: str) -> str:
    """A number in Chinese numerals as digits, without what stands between them."""
    return digits_for_signs(_JOINTS.sub("", text).upper())


def digits_for_signs(text: str) -> str:
    """The text, as long as it was, with digits for Chinese numerals and X for what looks like it."""
    return text if text.isascii() else text.translate(_NUMERALS).translate(_X)
