"""Grades of the model in use: every night for all, and at once for whom something has changed. Written is only what differs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import execute
from supervision.grading.models import Grade, GradingModel
from supervision.grading.queries.computed import compute_into
from supervision.grading.queries.models import in_use, model_of
from supervision.grading.rules.permissions import COMPUTE

FRESH = "grading_fresh"
_GONE = f"""
DELETE FROM grading_grade g WHERE NOT EXISTS (SELECT 1 FROM {FRESH} f WHERE f.subject_id = g.subject_id) {{only}}
"""  # noqa: S608
# Only what differs is touched: of a million subjects a night changes few.
_WRITE = f"""
INSERT INTO grading_grade AS g (subject_id, subject_kind, model_id, grade, score, parts, direct, before, since, computed_on, computed_at)
SELECT f.subject_id, f.subject_kind, %(model)s, f.grade, f.score, f.parts, f.direct, '', %(on)s, %(on)s, %(now)s
FROM {FRESH} f LEFT JOIN grading_grade o USING (subject_id)
WHERE o.subject_id IS NULL
    OR (o.model_id, o.grade, o.score, o.parts, o.direct) IS DISTINCT FROM (%(model)s, f.grade, f.score, f.parts, f.direct)
ON CONFLICT (subject_id) DO UPDATE SET model_id = excluded.model_id, grade = excluded.grade, score = excluded.score, parts = excluded.parts,
    direct = excluded.direct, computed_on = excluded.computed_on, computed_at = excluded.computed_at,
    before = CASE WHEN g.grade = excluded.grade THEN g.before ELSE g.grade END,
    since = CASE WHEN g.grade = excluded.grade THEN g.since ELSE excluded.since END
"""  # noqa: S608
_ALL_WAIT = "LOCK TABLE grading_grade IN SHARE ROW EXCLUSIVE MODE"
_THEY_WAIT = "SELECT 1 FROM grading_grade WHERE subject_id = ANY(%s) ORDER BY subject_id FOR UPDATE"


def compute_all(*, on: date | None = None, by: Actor = SYSTEM) -> int:
    """The grades of all organisations and sole traders as of a day (today); how many changed. The clock, and the adoption of a model.

    Nothing before a model is adopted. One transaction: whoever reads meanwhile reads the grades before, whoever publishes or repairs waits.
    """
    policy.require(by, COMPUTE)
    return _written(None, on or timezone.localdate(), by=by)


def compute_due() -> int:
    """Compute all grades when the version in use is not the one that they were computed under: after an adoption. How many changed."""
    row = in_use()
    stale = row is not None and (Grade.objects.exclude(model=row).exists() or not Grade.objects.exists())
    return compute_all() if stale else 0


def recompute(subject_ids: Collection[int], *, on: date, by: Actor) -> int:
    """The same for some subjects, in the transaction of what has changed them (令第36号: the same day); how many changed.

    Asks no permission of its own: it follows from a step that was allowed.
    """
    return _written(sorted(set(subject_ids)), on, by=by) if subject_ids else 0


def _written(subject_ids: list[int] | None, on: date, *, by: Actor) -> int:
    row = in_use()
    if row is None:
        return 0
    with acting(by):
        # What two steps change of one subject is computed one after the other: the second sees what the first has done.
        if subject_ids is None:
            execute(_ALL_WAIT)
        else:
            execute(_THEY_WAIT, [subject_ids])
        changed = _write(row, subject_ids, on)
        if subject_ids is None:
            audit.record("grading.compute", row, by=by, after={"on": on, "changed": changed})
    return changed


def _write(row: GradingModel, subject_ids: list[int] | None, on: date) -> int:
    compute_into(FRESH, model_of(row), on, subject_ids=subject_ids)
    params: dict[str, Any] = {"model": row.pk, "on": on, "now": timezone.now(), "subjects": subject_ids}
    only = "" if subject_ids is None else "AND g.subject_id = ANY(%(subjects)s)"
    gone = execute(_GONE.format(only=only), params)
    return gone + execute(_WRITE, params)
