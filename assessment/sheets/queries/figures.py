"""Facts become the numbers of a month: once when it is frozen, and again whenever somebody asks whether they still hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from assessment.sheets.models import Month, Number, SchemeCase
from assessment.sheets.queries.sources import SOURCES, VOLATILE
from assessment.sheets.rules.months import came_late, counts_now, last_day
from credit_platform.accounts.models import Department

REACH = 366
"""Calendar days back from a month in which what came late is looked for (parameter of the platform)."""


@dataclass(slots=True)
class Counted:
    """The rows of one indicator and department: met, missed, and which of them belong to earlier months."""

    met: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)


Figures = Mapping[tuple[int, str], Counted]
"""By (department, indicator)."""


def figures_of(first: date, scheme: SchemeCase, *, frozen_on: date, before: Month | None) -> Figures:
    """What a month comes to for every department that anything fell due for: the rows of the month that were known by `frozen_on`, and those of
    earlier months that came since the month `before` was frozen. Twice a question for each indicator, whatever the number of departments."""
    counted: dict[tuple[int, str], Counted] = defaultdict(Counted)
    for code in scheme.lines.values_list("indicator", flat=True):
        source = SOURCES[code]
        for fact in source(first, last_day(first)):
            if counts_now(fact, frozen_on):
                of = counted[fact.department, code]
                (of.met if fact.met else of.missed).add(fact.ref)
        if before is None:
            continue
        start = max(_assessed_since(), first - timedelta(days=REACH))
        for fact in source(start, first - timedelta(days=1)):
            if came_late(fact, before.frozen_on, frozen_on):
                of = counted[fact.department, code]
                (of.met if fact.met else of.missed).add(fact.ref)
                of.late.add(fact.ref)
    own = set(Department.objects.of_the_city().values_list("pk", flat=True))
    return {key: each for key, each in counted.items() if key[0] in own}


def _assessed_since() -> date:
    first: date = Month.objects.order_by("first").values_list("first", flat=True)[0]
    return first


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that a recomputation tells otherwise than the first version of a sheet."""

    department: int
    indicator: str
    ref: str
    kept: str
    now: str


def differences(month: Month) -> list[Difference]:
    """What the ledger says today about a month against what was frozen, row by row; [] when every number still holds.

    Rows that go when they are mended (`sources.VOLATILE`) are taken as they were kept.
    """
    before = Month.objects.filter(first__lt=month.first).order_by("-first").first()
    now = figures_of(month.first, month.scheme, frozen_on=month.frozen_on, before=before)
    numbers = Number.objects.filter(sheet__month=month, sheet__version=1)
    kept = {
        (department, code): (set(met), set(missed))
        for department, code, met, missed in numbers.values_list("sheet__department_id", "indicator", "met", "missed")
    }
    changed = []
    for key in sorted({*now, *kept}):
        was = _by_ref(*kept.get(key, (set(), set())))
        counted = now.get(key, Counted())
        told = _by_ref(counted.met, counted.missed)
        for ref in sorted({*was, *told}):
            gone = ref not in told and ref.split(":")[0] in VOLATILE
            if was.get(ref) != told.get(ref) and not gone:
                changed.append(Difference(*key, ref, was.get(ref, "没有"), told.get(ref, "没有")))
    return changed


def _by_ref(met: set[str], missed: set[str]) -> dict[str, str]:
    return dict.fromkeys(met, "完成") | dict.fromkeys(missed, "未完成")
