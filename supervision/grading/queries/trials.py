"""What a dry run computes: who moves where, by size, trade and district as far as the register holds them, and what inspections found.

Each works on temporary tables of grades that `queries.computed` has filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from credit_platform.pg import query
from supervision.grading.rules.trials import CLEAN, HitRate

NONE = ""
"""Stands for having had no grade."""
INSPECTION, RESULT = "act-inspection", "JC_JG_LX"
_MOVES = """
SELECT coalesce(g.grade, ''), f.grade, count(*) FROM {table} f LEFT JOIN grading_grade g USING (subject_id) GROUP BY 1, 2
"""
_BY_KIND = "SELECT f.subject_kind, f.grade, count(*) FROM {table} f GROUP BY 1, 2"
_BY_DISTRICT = """
SELECT b.district, f.grade, count(*) FROM {table} f JOIN records_subject b ON b.id = f.subject_id GROUP BY 1, 2
"""
# The register knows the form of an enterprise; of its trade it has only the scope in words. The newest registration of each counts.
_BY_FORM = """
SELECT coalesce(r.form, ''), f.grade, count(*) FROM {table} f LEFT JOIN (
    SELECT DISTINCT ON (subject_id) subject_id, content ->> 'QYLX' AS form FROM records_creditrecord
    WHERE kind = 'registration' AND status = 'active' ORDER BY subject_id, decided_on DESC, id DESC) r USING (subject_id)
GROUP BY 1, 2
"""
# A visit is one subject, one authority and one day: several results of it are one inspection, and it found a problem when one of them is one.
_HITS = """
SELECT f.grade, count(*), count(*) FILTER (WHERE v.hit) FROM (
    SELECT r.subject_id, bool_or(NOT (r.content ->> %(result)s = ANY(%(clean)s))) AS hit FROM records_creditrecord r
    WHERE r.kind = %(kind)s AND r.status = 'active' AND r.decided_on > %(since)s AND r.decided_on <= %(until)s
        AND r.content ->> %(result)s IS NOT NULL
    GROUP BY r.subject_id, r.authority_id, r.decided_on) v
JOIN {table} f USING (subject_id) GROUP BY 1
"""
Row = tuple[str, str, int]


def moves(table: str) -> list[Row]:
    """Present grade (NONE for none), grade of the trial, how many."""
    return _rows(_MOVES, table)


def by_kind(table: str) -> list[Row]:
    """Kind of subject, grade, how many: organisations beside sole traders."""
    return _rows(_BY_KIND, table)


def by_form(table: str) -> list[Row]:
    """Form of enterprise as registered (NONE where the register says nothing), grade, how many."""
    return _rows(_BY_FORM, table)


def by_district(table: str) -> list[Row]:
    """District of registration by its code, grade, how many."""
    return _rows(_BY_DISTRICT, table)


def hit_rates(table: str, order: Sequence[str], *, since: date, until: date) -> list[HitRate]:
    """The inspections after `since`, until `until` included, by the class that the inspected had in the table; classes in the order given."""
    params = {"result": RESULT, "clean": list(CLEAN), "kind": INSPECTION, "since": since, "until": until}
    found = {str(grade): (int(str(n)), int(str(hits))) for grade, n, hits in query(_HITS.format(table=table), params)}
    return [HitRate(grade, *found.get(grade, (0, 0))) for grade in order]


def _rows(sql: str, table: str) -> list[Row]:
    return sorted((str(group), str(grade), int(str(count))) for group, grade, count in query(sql.format(table=table)))
