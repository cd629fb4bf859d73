"""Every deadline that a case ever had, kept or missed: a case itself forgets the deadline of a state when it leaves it, its history does not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

# Of the versions in which a case stood in one state, the last tells the deadline that counted (extensions are in it, a paused one has none);
# the next version tells the day of the step that ended the state. The row itself is the newest version.
DEADLINES = """
WITH version AS (
    SELECT (old->>'id')::bigint AS id, (old->>'department_id')::bigint AS department, old->>'procedure' AS procedure, old->>'state' AS state,
           (old->>'due_on')::date AS due_on, (old->>'paused')::boolean AS paused, (old->>'moved_on')::date AS moved_on, id AS place
    FROM audit_history WHERE table_name = 'casework_case' AND op = 'UPDATE' AND old->>'procedure' = ANY(%(procedures)s)
    UNION ALL
    SELECT id, department_id, procedure, state, due_on, paused, moved_on, 9223372036854775807
    FROM casework_case WHERE procedure = ANY(%(procedures)s)
), stage AS (
    SELECT version.*, lead(state) OVER following AS next_state, lead(moved_on) OVER following AS left_on
    FROM version WINDOW following AS (PARTITION BY id ORDER BY place)
)
SELECT id, department, procedure, state, due_on, left_on FROM stage
WHERE due_on BETWEEN %(since)s AND %(until)s AND NOT paused AND next_state IS DISTINCT FROM state
ORDER BY id, place
"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day of a case in one state, and the day of the step that ended the state (None: it stands there still)."""

    case: int
    department: int
    procedure: str
    state: str
    due_on: date
    left_on: date | None

    @property
    def in_time(self) -> bool:
        """Whether the step was taken by the last day, that day included."""
        return self.left_on is not None and self.left_on <= self.due_on


def deadlines(states: Mapping[str, Collection[str]], since: date, until: date) -> list[Deadline]:
    """The deadlines that fell from `since` through `until` in cases of these procedures (slug → the states that count). Once read for all
    departments; a paused deadline is none."""
    with connection.cursor() as cursor:
        cursor.execute(DEADLINES, {"procedures": list(states), "since": since, "until": until})
        rows = [Deadline(*row) for row in cursor.fetchall()]
    return [row for row in rows if row.state in states[row.procedure]]
