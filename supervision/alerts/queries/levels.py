"""How much the facts of a subject weigh, day by day, and which they are: of the spans that `knowledge.gathered` holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from credit_platform.pg import query
from supervision.alerts.rules.folding import Level

LEVELS = """
SELECT subject_id, day, sum(by) OVER (PARTITION BY subject_id ORDER BY day) FROM (
    SELECT subject_id, day, sum(by) AS by FROM (
        SELECT subject_id, greatest(starts, %(first)s) AS day, weight AS by FROM alerts_spans
        WHERE rule = %(rule)s AND starts <= %(last)s AND ends > %(first)s AND subject_id %% %(parts)s = %(part)s
        UNION ALL
        SELECT subject_id, ends, -weight FROM alerts_spans
        WHERE rule = %(rule)s AND starts <= %(last)s AND ends > %(first)s AND ends <= %(last)s AND subject_id %% %(parts)s = %(part)s) delta
    GROUP BY 1, 2 HAVING sum(by) <> 0) daily
ORDER BY 1, 2
"""
FACTS = """
SELECT DISTINCT ON (subject_id, fact) subject_id, fact, record_id, weight, starts FROM alerts_spans
WHERE rule = %(rule)s AND starts <= %(on)s AND ends > %(on)s ORDER BY subject_id, fact, starts
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that counts for a subject: its key, its record where it has one, its weight, and since when it counts."""

    key: str
    record: int | None
    weight: int
    since: date


def levels(rule: int, first: date, last: date, *, part: int = 0, parts: int = 1) -> Iterator[Level]:
    """The levels of a rule's subjects from a day to a day: a row for the first day of each new level, by subject and day; of one of so many `parts`
    of the subjects where a long job goes on in steps."""
    asked = {"rule": rule, "first": first, "last": last, "part": part, "parts": parts}
    for subject, day, level in query(LEVELS, asked):
        assert isinstance(day, date)  # noqa: S101 - the column is a date
        yield Level(int(str(subject)), day, int(str(level)))


def facts(rule: int, on: date) -> dict[int, list[Fact]]:
    """What counts on a day, by subject."""
    found: dict[int, list[Fact]] = {}
    for subject, key, record, weight, since in query(FACTS, {"rule": rule, "on": on}):
        assert isinstance(since, date)  # noqa: S101 - the column is a date
        fact = Fact(str(key), None if record is None else int(str(record)), int(str(weight)), since)
        found.setdefault(int(str(subject)), []).append(fact)
    return found
