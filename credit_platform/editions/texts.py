"""What changed between two texts, as people can read it: by clauses, and within clauses that are alike by characters. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")
# A blank, and letters, digits and their points, stay together; every other one stands for itself.
_CHARACTER = re.compile(r"【[^【】]*】|[A-Za-z0-9.%]+|.", re.DOTALL)
_LIKE_ENOUGH = 0.4
"""Clauses that share less are shown as replaced whole: letter by letter they could not be read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a comparison: `kind` is "same", "removed" (only in the old text) or "added"."""

    kind: str
    text: str

    @property
    def tag(self) -> str:
        """Its element on a page."""
        return {"removed": "del", "added": "ins"}.get(self.kind, "span")

    @property
    def word(self) -> str:
        """What a reader hears before it; "" before what both texts have."""
        return {"removed": "删", "added": "增"}.get(self.kind, "")


def differences(old: str, new: str) -> list[Piece]:
    """The two texts as one, with what went and what came; compared by clauses, and within clauses that are alike by characters."""
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
    for how, before, after in _steps(_CHARACTER.findall(old), _CHARACTER.findall(new)):
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
        yield Piece("removed", old)
    if new:
        yield Piece("added", new)


def _joined(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found
