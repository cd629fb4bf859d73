"""What an entry of the list says, in words that people read. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from commitments.rules.kinds import UNIT_LABELS, Unit

_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")
_SIGN = re.compile(r"【[^【】]*】|[A-Za-z0-9.%]+|.", re.DOTALL)
_BLANK = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
_LIKE_ENOUGH = 0.4
"""Clauses that share less are shown as replaced whole: letter by letter they could not be read."""


def period(count: int | None, unit: str) -> str:
    """60个工作日; "" without a count."""
    return f"{count}{UNIT_LABELS[Unit(unit)]}" if count else ""


def share(percent: Decimal) -> str:
    """10%, 2.5%; "" when nothing is drawn."""
    return f"{Decimal(percent).normalize():f}%" if percent else ""


def review_rule(first: str, every: str, drawn: str) -> str:
    """承诺之日起60个工作日内首次复核，此后每6个月一次，并按10%的比例随机抽查。 Takes the answers of `period` and `share`."""
    parts = [f"承诺之日起{first}内首次复核" if first else "", f"此后每{every}一次" if every else ""]
    parts.append(f"并按{drawn}的比例随机抽查" if drawn else "")
    told = "，".join(part for part in parts if part)
    return f"{told}。" if told else "不安排定期复核。"


def with_blanks(text: str, labels: dict[str, str]) -> str:
    """A letter's text as a reader sees it: 【经营场所】 where the signer fills in."""
    return _BLANK.sub(lambda found: f"【{labels.get(found[1], found[1])}】", text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: `how` is "same", "gone" (only in the old one) or "new"."""

    how: str
    text: str


def text_changes(old: str, new: str) -> list[Piece]:
    """The two texts as one, with what went and what came; compared by clauses, and within clauses that are alike by signs."""
    pieces: list[Piece] = []
    for how, before, after in _steps(_CLAUSE.findall(old), _CLAUSE.findall(new)):
        a, b = "".join(before), "".join(after)
        if how == "equal":
            pieces.append(Piece("same", a))
        elif a and b and difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _LIKE_ENOUGH:
            pieces += _inside(a, b)
        else:
            pieces += _replaced(a, b)
    return _joined(pieces)


def _inside(old: str, new: str) -> Iterator[Piece]:
    for how, before, after in _steps(_SIGN.findall(old), _SIGN.findall(new)):
        a, b = "".join(before), "".join(after)
        if how == "equal":
            yield Piece("same", a)
        else:
            yield from _replaced(a, b)


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    for how, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield how, old[a:b], new[c:d]


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece("gone", old)
    if new:
        yield Piece("new", new)


def _joined(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].how == piece.how:
            found[-1] = Piece(piece.how, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found
