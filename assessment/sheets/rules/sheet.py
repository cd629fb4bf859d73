"""The sheet of a department: shares as exact fractions over the indicators that apply, one rounding at the very end. Pure.

Sources: 哈政办规〔2020〕12号组织实施第4项; the weights themselves are rows of a scheme.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
FULL = 100
PLACES = 2
Z = 1.959964
"""The normal deviate of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a sheet: its code, its weight in points, how many were met of how many that fell due."""

    code: str
    weight: Fraction
    met: int
    due: int

    @property
    def applies(self) -> bool:
        """Nothing due is neither full marks nor zero: the weight is taken out of the sum (0/0)."""
        return self.due > 0

    @property
    def share(self) -> Fraction:
        """Met of due, exact. ZeroDivisionError where nothing was due."""
        return Fraction(self.met, self.due)


def score(lines: Iterable[Line]) -> Fraction | None:
    """Points of 100 over the applicable indicators, exact: 100 · Σ weight·share / Σ weight. None when none applies."""
    counted = [line for line in lines if line.applies]
    weights = sum((line.weight for line in counted), Fraction(0))
    if not weights:
        return None
    return FULL * sum((line.weight * line.share for line in counted), Fraction(0)) / weights


def with_adjustments(
    points: Fraction | None, deductions: Iterable[Decimal], bonuses: Iterable[Decimal], *, floor: Decimal, cap: Decimal
) -> Fraction | None:
    """The score after deductions (at most `floor` points in all) and bonuses (at most `cap`), never below zero."""
    if points is None:
        return None
    taken = min(sum((Fraction(each) for each in deductions), Fraction(0)), Fraction(floor))
    added = min(sum((Fraction(each) for each in bonuses), Fraction(0)), Fraction(cap))
    return max(points - taken + added, Fraction(0))


def rounded(points: Fraction, places: int = PLACES) -> Decimal:
    """Half up, as people round (88.125 → 88.13), once, at the end."""
    scaled = points * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places)


def ranks(scores: Mapping[K, Decimal]) -> dict[K, int]:
    """Places by the score as it is shown, the highest first; equal scores share a place and the next one is left out (1, 1, 3)."""
    ordered = sorted(scores.values(), reverse=True)
    return {key: ordered.index(each) + 1 for key, each in scores.items()}


def is_small(line: Line, least: int) -> bool:
    """Whether an indicator rests on fewer than `least` cases: its share is shown with the number and says little."""
    return 0 < line.due < least


def in_small_band(lines: Iterable[Line], least: int) -> bool:
    """Whether less than half of the applicable weight rests on `least` cases or more. Such a department is shown apart and has no rank: one
    permit in time is no better than 199 of 200."""
    counted = [line for line in lines if line.applies]
    resting = sum((line.weight for line in counted if line.due >= least), Fraction(0))
    return 2 * resting < sum((line.weight for line in counted), Fraction(0))


def lowest_likely(met: int, due: int) -> Fraction:
    """The lower end of the 95 % interval (Wilson) of a share, for the reader of small numbers: 1 of 1 is 20.7 %, 199 of 200 is 97.2 %."""
    share, square = met / due, Z * Z
    middle = share + square / (2 * due)
    spread = Z * sqrt(share * (1 - share) / due + square / (4 * due * due))
    return Fraction(middle - spread) / Fraction(1 + square / due)


def would_raise(lines: Sequence[Line], code: str) -> Fraction:
    """How many points the whole score gains when one more case of an indicator is met, exact; 0 when none is missing."""
    now = score(lines)
    better = [
        Line(line.code, line.weight, line.met + 1, line.due) if line.code == code and line.met < line.due else line
        for line in lines
    ]
    after = score(better)
    return Fraction(0) if now is None or after is None else after - now
