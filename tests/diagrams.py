"""Status diagrams as a second source of a table of moves, read from a README or written down in a test."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARROW = re.compile(r"──([a-z_ |]+)──[►▶]")
"""`state ──verb | verb──► state`; several states may stand before the first arrow, parted by |, and several chains on a line, two blanks apart."""


def moves_of(text: str) -> set[tuple[str, str, str]]:
    """(state, verb, state) of every arrow; of a chain each end is the beginning of the next arrow."""
    found = set()
    for line in text.splitlines():
        for chain in re.split(r"\s{2,}", line):
            parts = ARROW.split(chain)
            states = [[word.strip() for word in part.split("|")] for part in parts[::2]]
            for place, verbs in enumerate(parts[1::2]):
                end = states[place + 1][0]
                found |= {(begin, verb.strip(), end) for begin in states[place] for verb in verbs.split("|")}
    return found


def drawn(text: str) -> dict[tuple[str, str], str]:
    """(state, verb) → state of every arrow."""
    return {(begin, verb): end for begin, verb, end in moves_of(text)}


def readme(path: str) -> str:
    """A README by its path in the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def line_with(text: str, words: str) -> str:
    """The line of a README that has these words."""
    return next(line for line in text.splitlines() if words in line)
