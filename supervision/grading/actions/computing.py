"""Grades of the model in use: every night for all, and at once for whom something has changed. Written is only what differs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import execute, query
from supervision.grading.models import Grade
from supervision.grading.queries.computed import compute_into
from supervision.grading.queries.models import in_use, model_of
from supervision.grading.rules.permissions import COMPUTE

FRESH = "grading_fresh"
CHUNK = 20_000
"""Subjects that one transaction of the night holds: whoever repairs something of one of them waits no longer than it takes."""
_DIFFERS = "(o.model_id, o.grade, o.score, o.parts, o.direct) IS DISTINCT FROM (%(model)s, f.grade, f.score, f.parts, f.direct)"
_INSERT = """
INSERT INTO grading_grade AS g (subject_id, subject_kind, model_id, grade, score, parts, direct, before, since, computed_on, computed_at)
SELECT f.subject_id, f.subject_kind, %(model)s, f.grade, f.score, f.parts, f.direct, '', %(on)s, %(on)s, %(now)s
"""
_NEW = f"{_INSERT} FROM {FRESH} f WHERE NOT EXISTS (SELECT 1 FROM grading_grade o WHERE o.subject_id = f.subject_id) ON CONFLICT DO NOTHING"  # noqa: S608
_STALE = f"""
SELECT o.subject_id FROM grading_grade o LEFT JOIN {FRESH} f USING (subject_id)
WHERE f.subject_id IS NULL OR {_DIFFERS} ORDER BY o.subject_id
"""  # noqa: S608
_HELD = "SELECT 1 FROM grading_grade WHERE subject_id = ANY(%s) ORDER BY subject_id FOR UPDATE"
_GONE = f"""
DELETE FROM grading_grade g
WHERE g.subject_id = ANY(%(subjects)s) AND NOT EXISTS (SELECT 1 FROM {FRESH} f WHERE f.subject_id = g.subject_id)
"""  # noqa: S608
_WRITE = f"""{_INSERT} FROM {FRESH} f LEFT JOIN grading_grade o USING (subject_id) WHERE o.subject_id IS NULL OR {_DIFFERS}
ON CONFLICT (subject_id) DO UPDATE SET model_id = excluded.model_id, grade = excluded.grade, score = excluded.score, parts = excluded.parts,
    direct = excluded.direct, computed_on = excluded.computed_on, computed_at = excluded.computed_at,
    before = CASE WHEN g.grade = excluded.grade THEN g.before ELSE g.grade END,
    since = CASE WHEN g.grade = excluded.grade THEN g.since ELSE excluded.since END
"""


def compute_all(*, on: date | None = None, by: Actor = SYSTEM) -> int:
    """The grades of all organisations and sole traders as of a day (today); how many changed. The clock. Nothing before a model is adopted.

    One statement finds whose grade is new or another one and holds nobody up; those are then computed under their locks, in pieces that are
    transactions of their own. A killed run leaves what it has done; the next one finds the rest.
    """
    policy.require(by, COMPUTE)
    row, day = in_use(), on or timezone.localdate()
    if row is None:
        return 0
    with acting(by):
        compute_into(FRESH, model_of(row), day)
        params = {"model": row.pk, "on": day, "now": timezone.now()}
        changed = execute(_NEW, params)
        stale = [int(str(pk)) for (pk,) in query(_STALE, params)]
    for start in range(0, len(stale), CHUNK):
        changed += recompute(stale[start : start + CHUNK], on=day, by=by)
    with acting(by):
        audit.record("grading.compute", row, by=by, after={"on": day, "changed": changed})
    return changed


def compute_due() -> int:
    """Compute all grades when the version in use is not the one that they were computed under: after an adoption. How many changed."""
    row = in_use()
    stale = row is not None and (Grade.objects.exclude(model=row).exists() or not Grade.objects.exists())
    return compute_all() if stale else 0


def recompute(subject_ids: Collection[int], *, on: date, by: Actor) -> int:
    """The same for some subjects, in the transaction of what has changed them (令第36号: the same day); how many changed.

    Asks no permission of its own: it follows from a step that was allowed. What two steps change of one subject is computed one after the
    other: the second waits at the subject's row and then sees what the first has done.
    """
    row = in_use()
    if row is None or not subject_ids:
        return 0
    ids = sorted(set(subject_ids))
    with acting(by):
        execute(_HELD, [ids])
        compute_into(FRESH, model_of(row), on, subject_ids=ids)
        params = {"model": row.pk, "on": on, "now": timezone.now(), "subjects": ids}
        return execute(_GONE, params) + execute(_WRITE, params)
