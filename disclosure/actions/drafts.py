"""Drafts that go with the batch that brought them: a hundred thousand at a time, without loading one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from disclosure.actions import tallies
from disclosure.models import Disclosure, Lowering, Reminder

CHUNK = 5000
_LOCKED = """
SELECT d.id, d.source_department_id, d.kind, d.decided_on, d.arrived_on, d.arrival_late, coalesce(d.published_on > d.due_on, false),
    CASE WHEN r.first_compliant_at > r.first_arrived_at THEN (r.first_arrived_at AT TIME ZONE %s)::date END
FROM disclosure_disclosure d JOIN records_creditrecord r ON r.id = d.record_id
WHERE d.record_id = ANY(%s) AND NOT d.on_entry ORDER BY d.id FOR UPDATE OF d
"""


def forget(record_ids: Sequence[int], counts: tallies.Increments, *, by: Actor) -> list[int]:
    """Delete the disclosures of records that run under the seven days, and take them out of the counts; their ids.

    Who: whoever may have the records followed ("disclosure.prepare" for every source department). The history keeps the rows.
    """
    ids = sorted(set(record_ids))
    members: list[int] = []
    allowed: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(_LOCKED, [settings.TIME_ZONE, ids[start : start + CHUNK]])
            found = cursor.fetchall()
        for department in {row[1] for row in found} - allowed:
            policy.require(by, "disclosure.prepare", department)
            allowed.add(department)
        for (*keys, late, published_late, refused), count in Counter(row[1:] for row in found).items():
            timed = tallies.Timed(*keys)
            counts.arrived(timed, late=late, refused=refused, sign=-count)
            counts.published(timed, late=published_late, sign=-count)
        members += _delete([row[0] for row in found])
    return members


def _delete(ids: list[int]) -> list[int]:
    """In SQL: the ORM would load every row to look for what hangs on it, and of a draft only reminders and what was said of it can."""
    hanging = [(each._meta.db_table, "disclosure_id") for each in (Reminder, Lowering)]
    with connection.cursor() as cursor:
        for table, column in (*hanging, (Disclosure._meta.db_table, "id")):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [ids])  # noqa: S608 - names of our own tables
    return ids
