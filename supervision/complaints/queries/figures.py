"""Figures of complaints: of a firm by year, of trades, districts, platforms, brands. The public's count what it could see; a rate has its n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from records.identifiers.regions import region_name
from records.models import Subject
from supervision.complaints.models import Complaint, ComplaintQuerySet
from supervision.complaints.rules.figures import Tally, median_per_shop, median_rate, per_shop, percent
from supervision.complaints.rules.words import COUNTED, SUCCESSES

YEARS_SHOWN = 2
"""A firm's figures: of this year and the one before."""
TALLIED: Mapping[str, Any] = {
    "n": Count("id"),
    "counted": Count("id", filter=Q(result__in=COUNTED)),
    "agreed": Count("id", filter=Q(result__in=SUCCESSES)),
    "cases": Count("id", filter=~Q(case_key="")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statistic: its name and its tally."""

    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class FirmYear:
    """A firm in a year, beside its trade: the trade in which it had most complaints. `shops` counts itself and its branches."""

    year: int
    tally: Tally
    trade: str
    trade_median: Fraction | None
    shops: int
    trade_per_shop: Fraction | None

    @property
    def median_shown(self) -> str:
        """The median of the rates of the trade's firms."""
        return percent(self.trade_median)

    @property
    def per_shop_shown(self) -> str:
        """Complaints per shop."""
        return per_shop(Fraction(self.tally.n, self.shops))

    @property
    def trade_per_shop_shown(self) -> str:
        """The median of the trade."""
        return per_shop(self.trade_per_shop)


def firm_years(subject: Subject, on: date) -> list[FirmYear]:
    """What the public may know of a firm's complaints: this year and the one before, the newest first; years without complaints are left out."""
    rows = Complaint.objects.of(subject).was_public()
    found = []
    for year in range(on.year, on.year - YEARS_SHOWN, -1):
        of_year = rows.closed_in(year)
        tally = tally_of(of_year)
        if tally.n:
            found.append(_firm_year(year, tally, _main_trade(of_year), subject))
    return found


def _firm_year(year: int, tally: Tally, trade: str, subject: Subject) -> FirmYear:
    firms = firms_of_trade(trade, year)
    shops = shops_of(list(firms))
    return FirmYear(
        year=year,
        tally=tally,
        trade=trade,
        trade_median=median_rate(firms.values()),
        shops=shops_of([subject.pk])[subject.pk],
        trade_per_shop=median_per_shop((each.n, shops[pk]) for pk, each in firms.items()),
    )


def tally_of(rows: QuerySet[Complaint]) -> Tally:
    """The tally of a set."""
    return Tally(**rows.order_by().aggregate(**TALLIED))


def _main_trade(rows: QuerySet[Complaint]) -> str:
    counts = Counter(rows.order_by().values_list("trade", flat=True))
    return min(counts, key=lambda trade: (-counts[trade], trade))


def firms_of_trade(trade: str, year: int) -> dict[int, Tally]:
    """The firms of a trade in a year by subject: public complaints alone."""
    rows = Complaint.objects.was_public().closed_in(year).filter(trade=trade)
    found = rows.order_by().values(firm=F("record__subject_id")).annotate(**TALLIED)
    return _tallies(found, "firm")


def shops_of(ids: Iterable[int]) -> dict[int, int]:
    """How many shops each firm has: itself and its branches that were not merged."""
    rows = Subject.objects.filter(pk__in=list(ids))
    counted = rows.annotate(shops=Count("branches", filter=Q(branches__merged_into__isnull=True)))
    return {pk: 1 + shops for pk, shops in counted.values_list("pk", "shops")}


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a year: the whole, and its parts."""

    year: int
    total: Line
    trades: list[Line]
    districts: list[Line]
    platforms: list[Line]
    brands: list[Line]
    months: list[Line]

    @property
    def parts(self) -> list[tuple[str, list[Line]]]:
        """The tables of a page, those without lines left out."""
        tables = [
            ("商品服务类别", self.trades),
            ("区县", self.districts),
            ("电商平台", self.platforms),
            ("品牌", self.brands),
        ]
        return [(title, lines) for title, lines in tables if lines]


MOST = 50
"""Lines of a table of platforms or brands."""


def public_year(year: int) -> Year:
    """What the public may know of a year: complaints that it could see, by the day on which they ended."""
    return _year(year, Complaint.objects.was_public().closed_in(year))


def desk_year(year: int, rows: ComplaintQuerySet) -> Year:
    """The desk's figures: all complaints of the rows that ended in the year, also those that are not public."""
    return _year(year, rows.closed_in(year))


def _year(year: int, rows: ComplaintQuerySet) -> Year:
    months = {f"{each}月": Tally() for each in range(1, 13)}
    for number, tally in _by(rows, "closed_on__month").items():
        months[f"{number}月"] = tally
    return Year(
        year=year,
        total=Line("全部", tally_of(rows)),
        trades=_lines(_by(rows, "trade")),
        districts=_lines(_by_district(rows)),
        platforms=_lines(_by(rows.exclude(platform=""), "platform"))[:MOST],
        brands=_lines(_by(rows.exclude(brand=""), "brand"))[:MOST],
        months=[Line(label, tally) for label, tally in months.items()],
    )


def _by_district(rows: QuerySet[Complaint]) -> dict[str, Tally]:
    """By the name of the division: codes of one name are one line, those that say nothing are one too."""
    found: dict[str, Tally] = {}
    for code, tally in _by(rows, "district").items():
        name = region_name(code) or "未注明"
        found[name] = found.get(name, Tally()) + tally
    return found


def _by(rows: QuerySet[Complaint], field: str) -> dict[Any, Tally]:
    found = rows.order_by().values(part=F(field)).annotate(**TALLIED)
    return _tallies(found, "part")


def _tallies(found: Iterable[Mapping[str, Any]], key: str) -> dict[Any, Tally]:
    return {row[key]: Tally(**{name: row[name] for name in TALLIED}) for row in found}


def _lines(tallies: Mapping[Any, Tally]) -> list[Line]:
    """By name: the number says how often somebody was complained of, not how good it is, so nothing is ranked."""
    return [Line(str(label), tally) for label, tally in sorted(tallies.items(), key=lambda each: str(each[0]))]
