"""Shares of the population, exactly: what a rule asks for, how many that are. Pure.

A share is text or a fraction, never a float: ⌈700 × 0.07⌉ is 50 in floats and 49 in truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, comb, floor

from credit_platform.errors import Finding, at_field

WRITTEN = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*[%％]|(\d{1,6})\s*/\s*([1-9]\d{0,5})|(0(?:\.\d{1,8})?|1(?:\.0+)?)")


class Rule(StrEnum):
    """How a text states a share: "not less than", "not more than", "from … to …"."""

    LEAST = "least"
    MOST = "most"
    BAND = "band"


RULE_LABELS = {Rule.LEAST: "不低于", Rule.MOST: "不超过", Rule.BAND: "区间"}


class Way(StrEnum):
    """How the wanted numbers are cut down to the capacity."""

    LARGEST = "largest"
    STRICT = "strict"


WAY_LABELS = {Way.LARGEST: "各层按比例缩减（最大余数法）", Way.STRICT: "先保证监管等级严的"}


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a text of the law states it; `high` only of a band."""

    rule: Rule
    low: Fraction
    high: Fraction

    def __str__(self) -> str:
        if self.rule is Rule.BAND:
            return f"{percent(self.low)}至{percent(self.high)}"
        return f"{RULE_LABELS[self.rule]}{percent(self.low if self.rule is Rule.LEAST else self.high)}"


def read(text: str) -> Fraction | None:
    """A share as people write it (`3%`, `1/3`, `0.05`); None for what is none and for what lies outside 0 to 1."""
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    hundredths, above, below, plain = match.groups()
    value = Fraction(hundredths) / 100 if hundredths else Fraction(plain) if plain else Fraction(int(above), int(below))
    return value if 0 <= value <= 1 else None


def percent(share: Fraction) -> str:
    """A share as it is shown: `3%`, and a fraction that has no such form as `1/3`."""
    value = share * 100
    if (value * 100).denominator != 1:
        return f"{share.numerator}/{share.denominator}"
    return f"{float(value):.2f}".rstrip("0").rstrip(".") + "%"


def share_of(rule: str, low: str, high: str = "") -> Share:
    """The share of a row of the table. ValueError for what is no share; a row is checked by `against` when it is written."""
    least, most = read(low), read(high) if high else read(low)
    if least is None or most is None:
        raise ValueError(f"no share: {low!r} {high!r}")
    return Share(Rule(rule), least, most)


def against(rule: str, low: str, high: str) -> Iterable[Finding]:
    """What stands against the share of a row; every finding at its field."""
    least, most = read(low), read(high)
    if least is None:
        yield at_field("share.low", "share_low", "比例写法不正确，请写成 3%、1/3 或者 0.05，在 0 至 100% 之间。")
    if rule == Rule.BAND and most is None:
        yield at_field("share.high", "share_high", "比例为区间的，应填写上限，写法如 20%。")
    elif rule == Rule.BAND and least is not None and most is not None and most < least:
        yield at_field("share.high", "share_high", "比例上限不得低于下限。")
    elif rule != Rule.BAND and high.strip():
        yield at_field("share.high", "share_high", "只有比例为区间的才填写上限。")


def wanted(share: Share, size: int, *, upper: bool = False) -> int | None:
    """How many of `size` subjects a share asks for (§ of its text): "not less" is rounded up and at least one, "not more" down.

    Of a band the lowest number inside it; None when no whole number lies inside: whoever draws says which end rules (`upper`: the upper, rounded
    down, which may be 0).
    """
    if size == 0:
        return 0
    match share.rule:
        case Rule.LEAST:
            return ceil(size * share.low)
        case Rule.MOST:
            return floor(size * share.high)
    least, most = ceil(size * share.low), floor(size * share.high)
    if least <= most:
        return least
    return most if upper else None


def cut(wanted_sizes: Mapping[str, int], capacity: int, way: Way, order: Sequence[str]) -> dict[str, int]:
    """The numbers that fit into a capacity: by largest remainder, ties by the code of the stratum; or in `order`, each served whole before the next.

    What fits already is left as it is.
    """
    total = sum(wanted_sizes.values())
    if total <= capacity:
        return dict(wanted_sizes)
    if way is Way.STRICT:
        left, served = capacity, dict.fromkeys(wanted_sizes, 0)
        for code in [each for each in order if each in wanted_sizes]:
            served[code] = min(wanted_sizes[code], left)
            left -= served[code]
        return served
    shares = {code: Fraction(capacity * size, total) for code, size in wanted_sizes.items()}
    served = {code: floor(share) for code, share in shares.items()}
    by_remainder = sorted(shares, key=lambda code: (served[code] - shares[code], code))
    for code in by_remainder[: capacity - sum(served.values())]:
        served[code] += 1
    return served


def chance_of_none(size: int, bad: int, drawn: int) -> Fraction:
    """The chance that a sample of `drawn` of `size` subjects meets none of `bad`: printed beside a share, lest a small sample be taken for proof."""
    if drawn > size - bad:
        return Fraction(0)
    return Fraction(comb(size - bad, drawn), comb(size, drawn))
