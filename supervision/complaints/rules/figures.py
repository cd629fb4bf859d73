"""Numbers with their base: the rate of success with n, the median of the trade, complaints per shop. Exact until they are written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from credit_platform.web.figures import NOTHING, rate

LEAST = 5
"""Under so many complaints a rate says nothing: 1 of 1 is no 100 %."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Complaints of one firm, trade, district or platform: how many were dealt with (`n`), how many of them ended in an agreement or in none
    (`counted`), how many in one (`agreed`), how many became a case (`cases`)."""

    n: int = 0
    counted: int = 0
    agreed: int = 0
    cases: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.n + other.n, self.counted + other.counted, self.agreed + other.agreed, self.cases + other.cases
        )

    @property
    def success(self) -> Fraction | None:
        """The rate of success; None under five."""
        return Fraction(self.agreed, self.counted) if self.counted >= LEAST else None

    @property
    def success_shown(self) -> str:
        """The rate as it is written, with what it is a share of."""
        if self.success is None:
            return f"不足{LEAST}件，不计算"
        return f"{rate(self.agreed, self.counted, decimals=1)}（{self.counted}件）"

    @property
    def case_rate(self) -> str:
        """诉转案: how many of the complaints became a case of the authority."""
        return rate(self.cases, self.n, decimals=1)


def median_rate(tallies: Iterable[Tally]) -> Fraction | None:
    """The median of the rates of a trade: of its firms with five and more. None when there is none."""
    rates = [each.success for each in tallies if each.success is not None]
    return median(rates) if rates else None


def median_per_shop(counts: Iterable[tuple[int, int]]) -> Fraction | None:
    """The median of complaints per shop in a trade; `counts` are complaints and shops of each firm that was complained of."""
    found = [Fraction(n, max(shops, 1)) for n, shops in counts]
    return median(found) if found else None


def percent(share: Fraction | None) -> str:
    """A share as it is written, half up, once at the end."""
    return NOTHING if share is None else rate(share.numerator, share.denominator, decimals=1)


def per_shop(number: Fraction | None) -> str:
    """Complaints per shop with two decimals, half up."""
    if number is None:
        return NOTHING
    hundredths = (number * 200 + 1).__floor__() // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"
