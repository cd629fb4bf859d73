"""The grade of every subject under a model, in one statement: the same records as for one (`queries.counted`), the same sum as the rule.

Numbers of PostgreSQL are exact; a test holds this statement and `rules.compute` together.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from credit_platform.pg import execute
from supervision.grading.queries.counted import counted
from supervision.grading.rules.model import Indicator, Model, Rounding

_ROUND = {Rounding.HALF_UP: "round", Rounding.DOWN: "trunc"}
# A line of the sum has the place -1; one of a direct rule has no points, and the place of its grade.
_GRADES = """
WITH counted AS ({counted}),
lines AS (
    SELECT * FROM unnest(%(line_codes)s::text[], %(points)s::numeric[], %(weights)s::numeric[], %(caps)s::numeric[], %(line_places)s::int[])
        AS l(code, points, weight, cap, place)),
grouped AS (SELECT subject_id, code, count(*) AS n, array_agg(id ORDER BY id) AS ids FROM counted GROUP BY subject_id, code),
parts AS (
    SELECT g.subject_id, g.code, g.n, g.ids, l.place, l.weight
        * CASE WHEN l.cap IS NULL THEN l.points * g.n ELSE greatest(-l.cap, least(l.cap, l.points * g.n)) END AS points
    FROM grouped g JOIN lines l USING (code)),
sums AS (
    SELECT subject_id, sum(points) AS points, max(place) AS place,
        jsonb_agg(jsonb_build_array(code, n, trim_scale(points)::text, to_jsonb(ids)) ORDER BY code COLLATE "C") AS parts,
        jsonb_object_agg(code, place) FILTER (WHERE place >= 0) AS direct
    FROM parts GROUP BY subject_id),
scored AS (
    SELECT b.id AS subject_id, b.kind AS subject_kind, coalesce(s.parts, '[]') AS parts, coalesce(s.place, -1) + 1 AS worst, s.direct,
        {rounding}(greatest(%(least)s::numeric, least(%(most)s::numeric, %(base)s::numeric + coalesce(s.points, 0))), %(places)s) AS score
    FROM records_subject b LEFT JOIN sums s ON s.subject_id = b.id
    WHERE b.kind <> 'person' AND b.merged_into_id IS NULL {only}),
bands AS (
    SELECT * FROM unnest(%(grades)s::text[], %(lowest)s::numeric[], %(highest)s::numeric[]) WITH ORDINALITY
        AS b(grade, lowest, highest, nth))
SELECT c.subject_id, c.subject_kind, (%(grades)s::text[])[greatest(b.nth::int, c.worst)] AS grade, c.score, c.parts,
    CASE WHEN c.worst <= b.nth THEN '[]' ELSE
        (SELECT jsonb_agg(e.key ORDER BY e.key COLLATE "C") FROM jsonb_each_text(c.direct) e WHERE e.value::int + 1 = c.worst) END AS direct
FROM scored c JOIN bands b ON c.score BETWEEN b.lowest AND b.highest
"""


def compute_into(
    table: str, model: Model, on: date, *, subject_ids: Collection[int] | None = None, known_then: bool = False
) -> int:
    """Fill the temporary table `table` (subject_id, subject_kind, grade, score, parts, direct), which is gone with the transaction; how many.

    All organisations and sole traders, or those of `subject_ids`; never a natural person. `on` is the day of the records, `known_then` as in
    `counted`. The name of the table is a constant of the caller.
    """
    asked = counted(model, on, subject_ids=subject_ids, known_then=known_then)
    only = "" if subject_ids is None else "AND b.id = ANY(%(subjects)s)"
    grades = _GRADES.format(counted=asked.sql, rounding=_ROUND[model.rounding], only=only)
    execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    execute(f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {grades}", {**asked.params, **_sum_of(model)})
    execute(f"CREATE UNIQUE INDEX ON {table} (subject_id)")
    execute(f"ANALYZE {table}")
    return execute(f"SELECT 1 FROM {table}")  # noqa: S608


def _sum_of(model: Model) -> dict[str, Any]:
    order = [band.grade for band in model.bands]
    lines = model.lines
    sums = [line if isinstance(line, Indicator) else None for line in lines]
    return {
        "line_codes": [line.code for line in lines],
        "points": [line.points if line else 0 for line in sums],
        "weights": [line.weight if line else 1 for line in sums],
        "caps": [line.cap if line else None for line in sums],
        "line_places": [-1 if isinstance(line, Indicator) else order.index(line.grade) for line in lines],
        "grades": order,
        "lowest": [band.lowest for band in model.bands],
        "highest": [band.highest for band in model.bands],
        "base": model.base,
        "least": model.least,
        "most": model.most,
        "places": model.places,
    }
