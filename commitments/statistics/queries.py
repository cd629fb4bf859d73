"""Figures of commitments: one grouped query over the letters of one year, kept for minutes; nothing is counted for each visitor.

The desk counts all letters that were not withdrawn, the public what it may read: letters that are shown, and nothing adverse of them before a breach
was decided. So every figure leads to a list of as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from commitments.letters.queries.letters import SHOWN, has_public_breach, public_breaches
from commitments.models import BreachCase, CommitmentLetter, Review
from commitments.reviews.rules.days import SUGGESTS_BREACH
from commitments.rules.kinds import TYPE_LABELS, CommitmentType
from commitments.rules.states import Fulfilment
from credit_platform.accounts.models import Department
from credit_platform.web.figures import rate
from disclosure.models.disclosures import visible
from records.identifiers.regions import region_name
from records.models import Subject

KEPT_FOR = 300
PUBLIC_FOR = 1200
SHARE_FOR = 24 * 3600
"""Seconds."""
UNTOLD = "untold"
"""What is adverse and not yet public: it counts as made, not as settled."""
T = TypeVar("T")
SETTLED = (Fulfilment.FULFILLED, Fulfilment.PARTLY, Fulfilment.UNFULFILLED)


@dataclass(slots=True)
class Line:
    """One line of a table: the letters made, by their state; `key` leads to the list of them."""

    key: str
    label: str
    states: Counter[str] = field(default_factory=Counter)

    @property
    def made(self) -> int:
        """Standing letters."""
        return self.states.total()

    @property
    def settled(self) -> int:
        """Letters whose fulfilment has been found: kept, kept in part, not kept."""
        return sum(self.states[state] for state in SETTLED)

    @property
    def basis(self) -> str:
        """What the rate is a share of, in words: it says nothing of letters still running, not verifiable, or adverse and not yet public."""
        if not self.settled:
            return f"{self.made:,} 份均未计入"
        return f"按已认定的 {self.settled:,} 份计算，其余 {self.made - self.settled:,} 份不计入"

    @property
    def fulfilled(self) -> int:
        return self.states[Fulfilment.FULFILLED]

    @property
    def unfulfilled(self) -> int:
        return self.states[Fulfilment.UNFULFILLED]

    @property
    def fulfilled_rate(self) -> str:
        """全部履行 among the settled, “—” when none is."""
        return rate(self.fulfilled, self.settled, decimals=1)


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of the letters of one year. `breaches` counts decided cases about letters of the year, `overdue` reviews of today
    (None: not for the public)."""

    year: int
    total: Line
    by_type: list[Line]
    by_month: list[Line]
    by_department: list[Line]
    by_district: list[Line]
    breaches: int
    overdue: int | None

    @property
    def breach_rate(self) -> str:
        """Letters whose breach was decided among all of the year."""
        return rate(self.breaches, self.total.made, decimals=1)


@dataclass(frozen=True, slots=True)
class Share:
    """How many organisations and sole traders have promised something, of all that the platform knows."""

    promised: int
    subjects: int

    @property
    def rate(self) -> str:
        return rate(self.promised, self.subjects, decimals=1)


def figures(year: int, on: date, departments: Collection[int] | None = None) -> Year:
    """The desk's figures of a year; `departments` narrows them to letters that these accepted. Kept for five minutes."""
    named = "all" if departments is None else "-".join(map(str, sorted(departments)))
    return _kept(f"year:{year}:{on}:{named}", KEPT_FOR, lambda: _figures(year, on, departments))


def public_figures(year: int, on: date) -> Year:
    """The figures of a year as the public may know them: this year's counted by the clock every ten minutes, others when asked for."""
    return _kept(f"public:{year}:{on}", PUBLIC_FOR, lambda: _public(year, on))


def refresh_public(on: date) -> Year:
    """Count this year anew, for the clock: no visitor of the door waits for it."""
    found = _public(on.year, on)
    cache.set(_key(f"public:{on.year}:{on}"), found, PUBLIC_FOR)
    return found


def share() -> Share:
    """The share of subjects that committed in public: counted by the clock once a day, and by the first visitor when the clock has not."""
    return _kept("share", SHARE_FOR, lambda: _share(timezone.localdate()))


def refresh_share() -> Share:
    """Count anew, for the clock."""
    found = _share(timezone.localdate())
    cache.set(_key("share"), found, SHARE_FOR)
    return found


def _share(on: date) -> Share:
    known = Subject.objects.filter(merged_into__isnull=True).exclude(kind="person")
    promised = CommitmentLetter.objects.active().filter(visible(on, SHOWN), subject__in=known)
    return Share(promised.order_by().aggregate(n=Count("subject", distinct=True))["n"], known.count())


def _figures(year: int, on: date, departments: Collection[int] | None) -> Year:
    rows, cases = CommitmentLetter.objects.active(), BreachCase.objects.decided()
    overdue = Review.objects.overdue(on)
    if departments is not None:
        rows, cases = rows.filter(department_id__in=departments), cases.filter(case__department_id__in=departments)
        overdue = overdue.filter(department_id__in=departments)
    return _year(year, on, rows.annotate(shown_state=F("fulfilment")), cases, overdue.order_by().count())


def _public(year: int, on: date) -> Year:
    silent = Q(fulfilment__in=SUGGESTS_BREACH) & ~Q(has_public_breach(on))
    shown_state = Case(When(silent, then=Value(UNTOLD)), default=F("fulfilment"))
    rows = CommitmentLetter.objects.active().filter(visible(on, SHOWN)).annotate(shown_state=shown_state)
    return _year(year, on, rows, public_breaches(on).filter(visible(on, f"letter__{SHOWN}")), None)


def _year(
    year: int, on: date, rows: QuerySet[CommitmentLetter], cases: QuerySet[BreachCase], overdue: int | None
) -> Year:
    # The days of the year and ACTIVE, as the index of the days has it.
    grouped = list(
        rows.filter(made_on__gte=date(year, 1, 1), made_on__lt=date(year + 1, 1, 1))
        .order_by()
        .annotate(month=TruncMonth("made_on"))
        .values_list("month", "department_id", "district", "commitment_type", "shown_state")
        .annotate(n=Count("pk"))
    )
    broken = cases.filter(letter__made_on__gte=date(year, 1, 1), letter__made_on__lt=date(year + 1, 1, 1))
    authorities = Department.objects.in_bulk({row[1] for row in grouped})
    return Year(
        year=year,
        total=_lines(grouped, lambda row: ("", "合计"))[0] if grouped else Line("", "合计"),
        by_type=_ordered(
            _lines(grouped, lambda row: (row[3], TYPE_LABELS[CommitmentType(row[3])])),
            [each.value for each in TYPE_LABELS],
        ),
        by_month=_months(grouped, year, on),
        by_department=_largest(_lines(grouped, lambda row: (authorities[row[1]].code, authorities[row[1]].name))),
        by_district=_largest(_lines(grouped, lambda row: (row[2], _district(row[2])))),
        breaches=broken.aggregate(n=Count("letter", distinct=True))["n"],
        overdue=overdue,
    )


Grouped = Sequence[tuple[Any, ...]]


def _lines(grouped: Grouped, named: Callable[[tuple[Any, ...]], tuple[str, str]]) -> list[Line]:
    found: dict[str, Line] = {}
    for row in grouped:
        key, label = named(row)
        found.setdefault(key, Line(key, label)).states[row[4]] += row[5]
    return list(found.values())


def _months(grouped: Grouped, year: int, on: date) -> list[Line]:
    last = on.month if on.year == year else 12
    found = {line.key: line for line in _lines(grouped, lambda row: (f"{row[0]:%Y-%m}", f"{row[0].month}月"))}
    every = [(f"{year}-{month:02d}", f"{month}月") for month in range(1, last + 1)]
    return [found.get(key, Line(key, label)) for key, label in every]


def _ordered(lines: list[Line], order: Sequence[str]) -> list[Line]:
    return sorted(lines, key=lambda line: order.index(line.key))


def _largest(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.made, line.key))


def _district(code: str) -> str:
    return (region_name(code) or code) if code else "市级"


def _kept(name: str, seconds: int, make: Callable[[], T]) -> T:
    return cast(T, cache.get_or_set(_key(name), make, seconds))


def _key(name: str) -> str:
    # One Redis may serve several databases (a demonstration beside the real one).
    return f"commitments:{connection.settings_dict['NAME']}:{name}"
