"""Random draws that anybody can repeat: the same seed over the same letters gives the same list (trap 54). Pure.

A letter's place is the SHA-256 of "seed:id": no library's random generator is part of the rule, so it can be repeated in any language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

Population = Mapping[int, Sequence[int]]
"""Matter → ids of its letters."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The ids that were drawn, ascending, with the size and the digest of what they were drawn from."""

    ids: tuple[int, ...]
    population: int
    sha256: str


def draw(population: Population, shares: Mapping[int, Decimal], seed: str) -> Drawn:
    """Draw from each matter its share in percent, rounded up; at least one where the share and the matter are not empty.

    Raises ValueError for a share outside 0 to 100 and for an empty seed.
    """
    if not seed:
        raise ValueError("a draw needs a seed")
    chosen: list[int] = []
    for matter, ids in population.items():
        chosen += _first(ids, how_many(len(set(ids)), shares.get(matter, Decimal(0))), seed)
    return Drawn(tuple(sorted(chosen)), sum(len(set(ids)) for ids in population.values()), digest(population))


def how_many(size: int, share: Decimal) -> int:
    """How many of `size` letters a share in percent asks for: rounded up, so that a small matter is not left out."""
    if not 0 <= share <= 100:
        raise ValueError(f"a share of {share} percent")
    return int((Decimal(size) * share / 100).to_integral_value(rounding=ROUND_CEILING))


def digest(population: Population) -> str:
    """SHA-256 over the lines "matter:id" in ascending order: two populations with one digest are the same."""
    whole = hashlib.sha256()
    for matter in sorted(population):
        for each in sorted(set(population[matter])):
            whole.update(f"{matter}:{each}\n".encode())
    return whole.hexdigest()


def _first(ids: Sequence[int], count: int, seed: str) -> list[int]:
    return sorted(set(ids), key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).digest())[:count]
