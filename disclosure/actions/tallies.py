"""The counts of timeliness, kept by increments inside the actions; `recount` holds them against the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from disclosure.models import Disclosure
from disclosure.models.tallies import TallyView
from records.models import CreditRecord

Key = tuple[int, str, str, date]
COUNTERS = ("reported", "compliant", "late", "published_late", "corrected")

ADD = """
INSERT INTO disclosure_timelinesstally
    (department_id, kind, view, month, reported, compliant, late, published_late, corrected)
VALUES {values}
ON CONFLICT (department_id, kind, view, month) DO UPDATE SET
    reported = disclosure_timelinesstally.reported + excluded.reported,
    compliant = disclosure_timelinesstally.compliant + excluded.compliant,
    late = disclosure_timelinesstally.late + excluded.late,
    published_late = disclosure_timelinesstally.published_late + excluded.published_late,
    corrected = disclosure_timelinesstally.corrected + excluded.corrected
"""

# What the counts must be: every disclosure that runs under the seven days is one compliant record; what was annulled
# is no longer counted (trap 31).
# Only the columns that count, each row read once: with whole rows the sort would spill the whole table to disk.
COUNT = """
WITH timed AS (
    SELECT d.source_department_id, d.kind, d.arrived_on, d.decided_on, d.arrival_late::int AS late,
        coalesce((d.published_on > d.due_on)::int, 0) AS published_late,
        CASE WHEN r.first_compliant_at > r.first_arrived_at
            THEN (r.first_arrived_at AT TIME ZONE 'Asia/Shanghai')::date END AS refused_on
    FROM disclosure_disclosure d JOIN records_creditrecord r ON r.id = d.record_id
    WHERE NOT d.on_entry AND d.state <> 'withdrawn'
)
SELECT source_department_id, kind, view, date_trunc('month', day)::date, sum(one), sum(one), sum(one * late),
    sum(one * published_late), sum(1 - one)
FROM timed, LATERAL (VALUES ('arrival', arrived_on, 1), ('decision', decided_on, 1), ('arrival', refused_on, 0))
    AS looked(view, day, one)
WHERE day IS NOT NULL GROUP BY 1, 2, 3, 4
"""


def refused_on(record: CreditRecord) -> date | None:
    """The day on which a record first arrived and was refused; None when its first arrival was accepted (trap 47)."""
    compliant = record.first_compliant_at
    if compliant is None or compliant <= record.first_arrived_at:
        return None
    return timezone.localdate(record.first_arrived_at)


@dataclass(frozen=True, slots=True)
class Timed:
    """Under which keys one disclosure counts."""

    department: int
    kind: str
    decided_on: date
    arrived_on: date

    @classmethod
    def of(cls, row: Disclosure) -> Timed:
        """The keys of a disclosure as it stands."""
        return cls(row.source_department_id, row.kind, row.decided_on, row.arrived_on)


@dataclass(slots=True)
class Increments:
    """Changes of counts, collected and written once at the end of a transaction."""

    counts: dict[str, Counter[Key]] = field(default_factory=lambda: {name: Counter() for name in COUNTERS})

    def arrived(self, what: Timed, *, late: bool, refused: date | None = None, sign: int = 1) -> None:
        """One compliant arrival (or, with sign -1, one that was taken back); `refused`: the day of an earlier refusal."""
        for key in _keys(what):
            self.counts["reported"][key] += sign
            self.counts["compliant"][key] += sign
            self.counts["late"][key] += sign * late
        if refused is not None:
            key = (what.department, what.kind, TallyView.BY_ARRIVAL.value, refused.replace(day=1))
            self.counts["corrected"][key] += sign

    def published(self, what: Timed, *, late: bool, sign: int = 1) -> None:
        """One publication; counts only when it came after the due day."""
        for key in _keys(what):
            self.counts["published_late"][key] += sign * late

    def rows(self) -> Iterator[tuple[Key, list[int]]]:
        """Keys with any change, in one order for every writer, so that two of them never wait for each other in a ring."""
        keys = {key for counter in self.counts.values() for key, change in counter.items() if change}
        for key in sorted(keys):
            yield key, [self.counts[name][key] for name in COUNTERS]


def _keys(what: Timed) -> list[Key]:
    days = ((TallyView.BY_ARRIVAL, what.arrived_on), (TallyView.BY_DECISION, what.decided_on))
    return [(what.department, what.kind, view.value, day.replace(day=1)) for view, day in days]


def add(increments: Increments) -> None:
    """Write the changes, inside the caller's transaction and as its last step."""
    rows = list(increments.rows())
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        cells: list[Any] = [cell for key, counts in part for cell in (*key, *counts)]
        values = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(ADD.format(values=values), cells)


@dataclass(frozen=True, slots=True)
class Difference:
    """One count that did not agree."""

    key: Key
    kept: tuple[int, ...]
    counted: tuple[int, ...]


def recount(*, by: Actor) -> list[Difference]:
    """Count everything again, mend the kept counts, and return what differed (nothing, when all is well)."""
    with acting(by):
        policy.require(by, "statistics.recount")
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE disclosure_timelinesstally IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(COUNT)
            counted = {tuple(row[:4]): tuple(map(int, row[4:])) for row in cursor.fetchall()}
            columns = ", ".join(COUNTERS)
            cursor.execute(f"SELECT department_id, kind, view, month, {columns} FROM disclosure_timelinesstally")  # noqa: S608
            kept = {tuple(row[:4]): tuple(row[4:]) for row in cursor.fetchall()}
        nothing = (0,) * len(COUNTERS)
        wrong = [
            Difference(key, kept.get(key, nothing), counted.get(key, nothing))
            for key in sorted(set(kept) | set(counted))
            if kept.get(key, nothing) != counted.get(key, nothing)
        ]
        mend = Increments()
        for each in wrong:
            for name, before, after in zip(COUNTERS, each.kept, each.counted, strict=True):
                mend.counts[name][each.key] += after - before
        add(mend)
        audit.record("statistics.recount", by=by, detail={"differences": len(wrong)})
    return wrong
