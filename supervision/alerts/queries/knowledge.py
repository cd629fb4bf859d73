"""What was known of the ledger from a day to a day, gathered once for all rules that are asked: versions of records, and the spans of each rule.

    with gathered([Asked.of(rule), …], first, last):
        levels(rule.pk, first, last)

Temporary tables of this session. What is known: a version of a record from the moment it was written until the next one was, the first from
the first compliant arrival. What was repaired or withdrawn does not count from that moment until it was restored. Nothing of it looks at when a
thing happened: a span does.
"""

# ruff: noqa: S608 - made of constants of this room, never of input
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from credit_platform.pg import execute
from supervision.alerts.models import AlertRule
from supervision.alerts.queries.conditions import Condition, condition_of
from supervision.alerts.queries.conditions.declaring import FIRST_KNOWN, FOREVER, SHANGHAI

CLOCKS = timedelta(days=2)
"""The history is read at least so far back: the server's clock need not be ours."""
TABLES = ("alerts_known", "alerts_touched", "alerts_spans")
NAMED = re.compile(r"%\((\w+)\)s")
COLUMNS = "r.id AS record_id, r.subject_id, r.kind, r.title, r.decided_on, r.valid_until"

SPANS = """
CREATE TEMP TABLE alerts_spans (rule bigint NOT NULL, subject_id bigint NOT NULL, fact text NOT NULL, record_id bigint,
    weight bigint NOT NULL, starts date NOT NULL, ends date NOT NULL)
"""
TOUCHED = """
CREATE TEMP TABLE alerts_touched AS
SELECT r.*, h.id AS n FROM audit_history h CROSS JOIN LATERAL jsonb_populate_record(NULL::records_creditrecord, h.old) r
WHERE h.table_name = 'records_creditrecord' AND h.op = 'UPDATE' AND h.at >= %(since)s
"""
VERSIONS = f"""
INSERT INTO alerts_known
SELECT {COLUMNS}, CONTENT, CASE WHEN is_first THEN {FIRST_KNOWN} ELSE (r.updated_at {SHANGHAI})::date END,
       coalesce((next_at {SHANGHAI})::date, {FOREVER})
FROM (SELECT v.*, lag(n) OVER chain IS NULL AS is_first, lead(updated_at) OVER chain AS next_at
      FROM (SELECT * FROM alerts_touched UNION ALL
            SELECT r.*, 9223372036854775807 FROM records_creditrecord r WHERE r.id IN (SELECT id FROM alerts_touched)) v
      WINDOW chain AS (PARTITION BY id ORDER BY n)) r
WHERE r.status = 'active' AND (WANTED)
"""
# Before anything else is looked up: whoever weighs no more than the clear threshold, even with all spans at once, is as good as nobody; and no
# person gets an alert.
PRUNE = """
DELETE FROM alerts_spans s USING (SELECT subject_id FROM alerts_spans WHERE rule = %(rule)s GROUP BY 1
    HAVING sum(weight) <= %(floor)s) few WHERE s.rule = %(rule)s AND s.subject_id = few.subject_id
"""
PEOPLE = """
DELETE FROM alerts_spans s USING records_subject p WHERE s.rule = %(rule)s AND p.id = s.subject_id AND p.kind = 'person'
"""
# The public faces are asked one by one, by their index: their table is the largest of the house and is never read as a whole here.
MINOR = """
DELETE FROM alerts_spans s WHERE s.rule = %(rule)s
  AND (SELECT d.severity FROM disclosure_disclosure d WHERE d.record_id = s.record_id) = '轻微'
"""
HIDDEN = f"""
WITH asked AS MATERIALIZED (
    SELECT d.id, s.record_id, d.state, d.ended_at, d.updated_at
    FROM (SELECT DISTINCT record_id FROM alerts_spans WHERE rule = %(rule)s AND record_id IS NOT NULL) s
    CROSS JOIN LATERAL (
        SELECT d.id, d.state, d.ended_at, d.updated_at FROM disclosure_disclosure d WHERE d.record_id = s.record_id OFFSET 0) d),
hidden AS (
    SELECT record_id, (coalesce(ended_at, updated_at) {SHANGHAI})::date AS starts, {FOREVER} AS ends
    FROM asked WHERE state IN ('repaired', 'withdrawn')
    UNION ALL
    SELECT a.record_id, ((h.old ->> 'ended_at')::timestamptz {SHANGHAI})::date,
           (coalesce((after.old ->> 'updated_at')::timestamptz, a.updated_at) {SHANGHAI})::date
    FROM asked a CROSS JOIN LATERAL (
        SELECT h.id, h.old FROM audit_history h WHERE h.table_name = 'disclosure_disclosure' AND h.row_pk = a.id::text OFFSET 0) h
    LEFT JOIN LATERAL (SELECT n.old FROM audit_history n WHERE n.table_name = 'disclosure_disclosure' AND n.row_pk = a.id::text
                       AND n.id > h.id ORDER BY n.id LIMIT 1) after ON true
    WHERE h.old ->> 'state' IN ('repaired', 'withdrawn') AND h.old ->> 'ended_at' IS NOT NULL
      AND coalesce(after.old ->> 'state', a.state) NOT IN ('repaired', 'withdrawn')),
gone AS (SELECT record_id, range_agg(daterange(starts, ends)) AS days FROM hidden WHERE starts < ends GROUP BY 1),
taken AS (DELETE FROM alerts_spans s USING gone WHERE s.rule = %(rule)s AND s.record_id = gone.record_id RETURNING s.*)
INSERT INTO alerts_spans
SELECT t.rule, t.subject_id, t.fact, t.record_id, t.weight, lower(part), upper(part)
FROM taken t JOIN gone USING (record_id), unnest(datemultirange(daterange(t.starts, t.ends)) - gone.days) part
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule as the statements take it."""

    rule: int
    condition: Condition
    values: Mapping[str, Any]

    @classmethod
    def of(cls, rule: AlertRule) -> Asked:
        """What a version of a rule asks."""
        condition = condition_of(rule.condition)
        more = {"window": rule.window_days, "threshold": rule.threshold, "floor": rule.clear_threshold, "rule": rule.pk}
        return cls(rule.pk, condition, condition.values(rule.parameters) | more)


@contextmanager
def gathered(asked: Sequence[Asked], first: date, last: date) -> Iterator[None]:
    """Gather what was known from `first` to `last` for these rules; the tables go with the block. One at a time in a session."""
    _drop()
    try:
        ledger(asked, first, last)
        for each in asked:
            spans(each, first, last)
        yield
    finally:
        _drop()


def ledger(asked: Sequence[Asked], first: date, last: date) -> None:
    """The versions of the records that any of the rules wants: one reading of the table, and the history of what changed since."""
    back = max([0, *(int(each.values["window"]) for each in asked if each.condition.looks_back)])
    bounds = {"first": first, "last": last, "since": _since(first - timedelta(days=back))}
    wanted, values = _wanted(asked)
    fields = sorted({code for each in asked for code in each.condition.fields})
    picked = ", ".join(f"'{code}', r.content -> '{code}'" for code in fields)
    content = f"jsonb_strip_nulls(jsonb_build_object({picked}))"
    execute(
        f"CREATE TEMP TABLE alerts_known AS SELECT {COLUMNS}, {content} AS content, {FIRST_KNOWN} AS since, {FOREVER} AS until "  # noqa: S608
        f"FROM records_creditrecord r WHERE r.status = 'active' AND ({wanted})",
        values | bounds,
    )
    execute(TOUCHED, bounds)
    execute("DELETE FROM alerts_known k USING alerts_touched t WHERE t.id = k.record_id")
    execute(VERSIONS.replace("CONTENT", content).replace("WANTED", wanted), values | bounds)
    execute("DELETE FROM alerts_known WHERE since >= until")  # replaced on the day on which it was written
    execute("ANALYZE alerts_known")
    execute(SPANS)


def spans(each: Asked, first: date, last: date) -> None:
    """The spans of one rule: who cannot fire is left out, what was repaired or withdrawn is cut out."""
    values = dict(each.values) | {"first": first, "last": last, "since": _since(first)}
    for statement in each.condition.spans:
        named = "span (subject_id, fact, record_id, weight, starts, ends)"
        execute(
            f"INSERT INTO alerts_spans SELECT %(rule)s, span.* FROM ({statement}) {named} "  # noqa: S608
            "WHERE starts < ends AND starts <= %(last)s AND ends > %(first)s AND weight > 0",
            values,
        )
    execute("ANALYZE alerts_spans")
    execute(PRUNE, values)
    execute(PEOPLE, values)
    if values.get("without_minor"):
        execute(MINOR, values)
    execute(HIDDEN, values)


def _wanted(asked: Sequence[Asked]) -> tuple[str, dict[str, Any]]:
    """The rows that any of them wants; the parameters of each under names of its own, but for the days that all share."""
    texts, values = list[str](), dict[str, Any]()
    for number, each in enumerate(asked):
        if each.condition.wanted:
            texts.append(f"({NAMED.sub(partial(_own, number), each.condition.wanted)})")
            values |= {f"q{number}_{name}": value for name, value in each.values.items()}
    return " OR ".join(texts) or "false", values


def _own(number: int, found: re.Match[str]) -> str:
    return found[0] if found[1] in ("first", "last", "since") else f"%(q{number}_{found[1]})s"


def _since(first: date) -> datetime:
    begins = timezone.make_aware(datetime.combine(first, time.min))
    return min(begins, datetime.now(tz=begins.tzinfo) - CLOCKS)


def _drop() -> None:
    for table in TABLES:
        execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
