"""What a dry run tells: whether inspections found more the worse the class, and who moves where (哈政办规〔2020〕12号 no. 16). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

LEAST_INSPECTED = 10
"""Inspections of a class below which its share says nothing: of fewer than ten, one case moves it by more than ten points."""
HIT_MONTHS = 12
"""Months of inspections that a model is held against; its grades are those that it would have given on the eve of the first."""
CLEAN = ("未发现问题", "未发现开展本次抽查涉及的经营活动")
"""Results of an inspection that found no problem."""


class Verdict(StrEnum):
    """What the inspections say of a model."""

    RISES = "rises"
    FLAT = "flat"
    UNKNOWN = "unknown"


VERDICT_LABELS = {
    Verdict.RISES: "等级越差，检查发现问题的比例越高",
    Verdict.FLAT: "检查发现问题的比例没有随等级变差而上升，不优于随机",
    Verdict.UNKNOWN: "有检查结果的等级不足，无法判断",
}
VERDICT_TONES = {Verdict.RISES: "good", Verdict.FLAT: "serious", Verdict.UNKNOWN: "warn"}


@dataclass(frozen=True, slots=True)
class HitRate:
    """A class and the inspections that followed: how many, and how many found a problem."""

    grade: str
    inspected: int
    hits: int

    @property
    def counts(self) -> bool:
        """Whether enough were inspected."""
        return self.inspected >= LEAST_INSPECTED

    @property
    def share(self) -> Fraction:
        """Exact, for equal shares are no rise."""
        return Fraction(self.hits, self.inspected) if self.inspected else Fraction(0)


def verdict(rates: Sequence[HitRate]) -> Verdict:
    """Whether the share rises from each class to the next worse one; `rates` from the best class to the worst.

    Classes with fewer than LEAST_INSPECTED inspections are passed over; with less than two others nothing can be said.
    """
    shares = [rate.share for rate in rates if rate.counts]
    if len(shares) < 2:
        return Verdict.UNKNOWN
    rising = all(better < worse for better, worse in zip(shares, shares[1:], strict=False))
    return Verdict.RISES if rising else Verdict.FLAT
