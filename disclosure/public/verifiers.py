"""Whatever the platform signs is checked at one entrance, `/reports/verify/`. `disclosure` may not import who signs, so each registers here.

A verifier looks at what was pasted or uploaded and says nothing (None) when it is not of its kind, else what it found. It keeps nothing,
writes nothing and logs nothing of what it was shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one signed thing: whether it is genuine and whole, in words, what it says, and what else its reader should know.

    `file` is a proof that its holder may take away: name and text.
    """

    kind: str
    genuine: bool
    text: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    file: tuple[str, str] | None = None


Verifier = Callable[[bytes], Verdict | None]
_verifiers: dict[str, tuple[str, Verifier]] = {}


def register(code: str, label: str, verifier: Verifier) -> None:
    """Who signs tells how it is checked; `label` names it to the public. Twice the same code is once."""
    _verifiers[code] = (label, verifier)


def labels() -> list[str]:
    """What can be checked, in words."""
    return [label for label, _ in _verifiers.values()]


def verified(given: bytes) -> Verdict | None:
    """What the first verifier that knows this kind of thing says of it; None when nobody does."""
    for _, verifier in _verifiers.values():
        if (verdict := verifier(given)) is not None:
            return verdict
    return None
