"""Sheets with their scores: exact from the numbers, with what was added and taken, and the place among those that have one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessment.sheets.models import AdjustmentCase, Month, Number, Sheet
from assessment.sheets.rules.indicators import INDICATORS
from assessment.sheets.rules.sheet import (
    in_small_band,
    is_small,
    lowest_likely,
    ranks,
    rounded,
    score,
    with_adjustments,
    would_raise,
)
from credit_platform.accounts.models import Department
from credit_platform.web.figures import rate


@dataclass(frozen=True, slots=True)
class Scored:
    """A sheet: the score before and after what was added and taken, rounded once, and its place (None: small numbers, or nothing due)."""

    sheet: Sheet
    numbers: Sequence[Number]
    adjustments: Sequence[AdjustmentCase]
    points: Fraction | None
    total: Decimal | None
    small: bool
    rank: int | None = None

    @property
    def shown(self) -> str:
        """The score as it is shown; “—” of nothing."""
        return "—" if self.total is None else str(self.total)

    @property
    def place(self) -> str:
        """The place in words."""
        if self.total is None:
            return "不适用"
        return "样本不足，单列" if self.rank is None else f"第{self.rank}名"

    @property
    def before(self) -> str:
        """The score before anything was added or taken."""
        return "—" if self.points is None else str(rounded(self.points))


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as its department reads it: the share, how sure a small one is, what one more would bring, and what would raise it."""

    number: Number
    label: str
    share: str
    small: bool
    least_likely: str
    gain: str
    counted: str
    raised_by: str


def scored(month: Month, departments: Sequence[Department] | None = None) -> list[Scored]:
    """The current sheets of a month, by place, those without one last. Places are always those among all departments; `departments` narrows what
    is answered. Three queries whatever their number."""
    sheets = list(Sheet.objects.current().filter(month=month).select_related("department", "month__scheme"))
    numbers: dict[int, list[Number]] = defaultdict(list)
    for number in Number.objects.filter(sheet__in=sheets).order_by("pk"):
        numbers[number.sheet_id].append(number)
    adjustments: dict[int, list[AdjustmentCase]] = defaultdict(list)
    for row in AdjustmentCase.objects.confirmed().filter(month=month).select_related("case").order_by("pk"):
        adjustments[row.case.department_id].append(row)
    made = [_of(sheet, numbers[sheet.pk], adjustments[sheet.department_id]) for sheet in sheets]
    places = ranks({each.sheet.pk: each.total for each in made if each.total is not None and not each.small})
    made = [_placed(each, places.get(each.sheet.pk)) for each in made]
    wanted = {each.pk for each in departments} if departments is not None else None
    made = [each for each in made if wanted is None or each.sheet.department_id in wanted]
    return sorted(made, key=_order)


def _order(each: Scored) -> tuple[int, Decimal, str]:
    last = 1 if each.rank is not None else 2 if each.total is not None else 3
    return last, -(each.total or Decimal(0)), each.sheet.department.code


def _of(sheet: Sheet, numbers: Sequence[Number], adjustments: Sequence[AdjustmentCase]) -> Scored:
    scheme, lines = sheet.month.scheme, [each.line for each in numbers]
    points = score(lines)
    total = with_adjustments(
        points,
        [each.points for each in adjustments if not each.is_bonus],
        [each.points for each in adjustments if each.is_bonus],
        floor=scheme.floor,
        cap=scheme.cap,
    )
    small = in_small_band(lines, scheme.small)
    return Scored(sheet, numbers, adjustments, points, None if total is None else rounded(total), small)


def _placed(each: Scored, rank: int | None) -> Scored:
    return Scored(each.sheet, each.numbers, each.adjustments, each.points, each.total, each.small, rank)


def shown_numbers(each: Scored) -> list[Shown]:
    """The numbers of a sheet as its department reads them."""
    lines, least = [number.line for number in each.numbers], each.sheet.month.scheme.small
    return [_shown(number, lines, least) for number in each.numbers]


def _shown(number: Number, lines: Sequence[Any], least: int) -> Shown:
    line, indicator = number.line, INDICATORS[number.indicator]
    small = is_small(line, least)
    gain = would_raise(lines, number.indicator)
    return Shown(
        number,
        indicator.label,
        rate(line.met, line.due),
        small,
        f"{rounded(lowest_likely(line.met, line.due) * 100, 1)}%" if small else "",
        f"{rounded(gain)}分" if gain else "",
        indicator.counted,
        indicator.raised_by,
    )


def as_told(month: Month) -> list[dict[str, Any]]:
    """The figures of a month as a circular keeps them: plain values, in the order of places."""
    return [
        {
            "department": each.sheet.department.name,
            "version": each.sheet.version,
            "score": each.shown,
            "place": each.place,
            "adjusted": [f"{row.get_ground_display()} {row.points.normalize():f}分" for row in each.adjustments],
            "numbers": [
                {"label": INDICATORS[number.indicator].label, "met": len(number.met), "due": number.due}
                for number in each.numbers
            ],
        }
        for each in scored(month)
    ]
