"""What rules should have warned of: decided acts and listings of the kinds that a rule names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from credit_platform.pg import query
from supervision.alerts.rules.folding import Outcome

GRAVITY = ("penalty", "commitment-breach", "list-entry")
"""Kinds by weight, the gravest last; any other kind weighs less than these."""
OUTCOMES = """
SELECT r.subject_id, r.decided_on, r.kind, r.title, r.document_number FROM records_creditrecord r
JOIN records_subject s ON s.id = r.subject_id
WHERE r.kind = ANY(%(kinds)s::text[]) AND r.decided_on BETWEEN %(first)s AND %(last)s AND r.status <> 'undone' AND s.kind <> 'person'
ORDER BY r.subject_id, r.decided_on, r.id
"""


def outcomes(kinds: Sequence[str], first: date, last: date) -> list[Outcome]:
    """Decided from a day to a day, of subjects that are no natural persons; what was revoked or repaired since has happened all the same."""
    rows = query(OUTCOMES, {"kinds": list(kinds), "first": first, "last": last})
    return [_outcome(*row) for row in rows]


def _outcome(subject: object, day: object, kind: object, title: object, number: object) -> Outcome:
    assert isinstance(day, date)  # noqa: S101 - the column is a date
    gravity = GRAVITY.index(str(kind)) + 1 if kind in GRAVITY else 0
    return Outcome(int(str(subject)), day, gravity, f"{title}（{number}）"[:300] if number else str(title)[:300])
