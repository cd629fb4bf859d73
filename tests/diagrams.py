"""Status diagrams as a second source of a table of moves: `state ──verb──► state`, read from a README or written down in a test."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARROW = re.compile(r"─+\s*([a-z_]+)\s*─*[►▶]\s*")


def drawn(text: str) -> dict[tuple[str, str], str]:
    """(state, verb) → state of every arrow; a line may go on from arrow to arrow, and begin more than one chain."""
    moves: dict[tuple[str, str], str] = {}
    for chain in re.split(r"\n|\s{3,}", text):
        states_and_verbs = [part.strip() for part in ARROW.split(chain)]
        for state, verb, then in zip(
            states_and_verbs[0::2], states_and_verbs[1::2], states_and_verbs[2::2], strict=False
        ):
            moves[re.split(r"\s", state)[-1], verb] = re.split(r"\s", then)[0]
    return moves


def readme(path: str) -> str:
    """A README by its path in the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def line_with(text: str, words: str) -> str:
    """The line of a README that has these words."""
    return next(line for line in text.splitlines() if words in line)
