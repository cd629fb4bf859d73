"""Which records count under a model on a day: one statement for one subject, for some and for all, so that set-wise and single cannot differ.

What counts is what two people have seen: of items that are published what the public can read on the day (`disclosure.models.visible`), as
it reads it, of items that are never shown what stands in the ledger. `known_then` asks the same of a former day: only what had arrived,
was shown and not yet revoked then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from credit_platform.pg import query
from credit_platform.workdays.rules import add_months
from supervision.grading.rules.compute import Fact
from supervision.grading.rules.model import Model, Selection

_NOW = "r.status = 'active' AND (d.id IS NULL OR d.state IN ('exempt', 'published'))"
_THEN = """r.created_at < %(midnight)s AND (r.status = 'active' OR (r.status = 'revoked' AND r.revoked_on > %(on)s))
    AND (d.id IS NULL OR d.state IN ('exempt', 'published') OR d.ended_at >= %(midnight)s)"""
# The lines stand in a table of their own, a row for each kind, so that the ledger is read once, whatever the number of lines.
_COUNTED = """
SELECT r.subject_id, l.code, r.id, r.decided_on, l.months, CASE WHEN l.in_force THEN r.valid_until END AS valid_until, d.ends_on,
    d.waits_for_performance
FROM records_creditrecord r
JOIN unnest(%(codes)s::text[], %(kinds)s::text[], %(months)s::int[], %(in_force)s::bool[], %(severities)s::text[], %(fields)s::text[],
    %(values)s::text[]) AS l(code, kind, months, in_force, severities, field, value) ON l.kind = r.kind
LEFT JOIN disclosure_disclosure d ON d.record_id = r.id
WHERE {standing} AND r.decided_on <= %(on)s {only}
    AND (l.months IS NULL OR (r.decided_on + make_interval(months => l.months))::date >= %(on)s)
    AND (NOT l.in_force OR r.valid_until IS NULL OR r.valid_until >= %(on)s)
    AND (d.id IS NULL OR d.state = 'exempt' OR (d.published_on <= %(on)s
        AND (d.ends_on IS NULL OR d.ends_on >= %(on)s OR d.waits_for_performance)))
    AND (l.severities = '' OR d.severity = ANY(string_to_array(l.severities, chr(31))))
    AND (l.field = '' OR CASE WHEN d.id IS NULL OR d.state = 'exempt' THEN r.content ELSE d.shown END ->> l.field
        = ANY(string_to_array(l.value, chr(31))))
"""
_BETWEEN = chr(31)
"""Stands between the words of a list inside one text: arrays of arrays must be of one length."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The statement and its parameters; its columns are subject_id, code, id, decided_on, months, valid_until, ends_on, waits_for_performance."""

    sql: str
    params: Mapping[str, Any]


def counted(model: Model, on: date, *, subject_ids: Collection[int] | None = None, known_then: bool = False) -> Counted:
    """The records that count under each line of a model on a day, of some subjects or of all (None)."""
    lines = [(line.code, kind, line.selection) for line in model.lines for kind in line.selection.kinds]
    midnight = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    params: dict[str, Any] = {"on": on, "midnight": midnight, **_columns(lines)}
    only = ""
    if subject_ids is not None:
        only, params["subjects"] = "AND r.subject_id = ANY(%(subjects)s)", list(subject_ids)
    return Counted(_COUNTED.format(standing=_THEN if known_then else _NOW, only=only), params)


def facts_of(subject_id: int, model: Model, on: date) -> list[Fact]:
    """What counts of one subject on a day, each with the last day on which it does."""
    asked = counted(model, on, subject_ids=[subject_id])
    return [_fact(*row) for row in query(f"{asked.sql} ORDER BY r.id, l.code", asked.params)]


def _columns(lines: Sequence[tuple[str, str, Selection]]) -> dict[str, list[Any]]:
    return {
        "codes": [code for code, _, _ in lines],
        "kinds": [kind for _, kind, _ in lines],
        "months": [selection.months for _, _, selection in lines],
        "in_force": [selection.in_force for _, _, selection in lines],
        "severities": [_BETWEEN.join(selection.severities) for _, _, selection in lines],
        "fields": [selection.field for _, _, selection in lines],
        "values": [_BETWEEN.join(selection.values) for _, _, selection in lines],
    }


def _fact(
    subject: Any, code: Any, record: Any, decided_on: Any, months: Any, valid_until: Any, ends_on: Any, waits: Any
) -> Fact:
    window = add_months(decided_on, months) if months else None
    days = [day for day in (window, valid_until, None if waits else ends_on) if day is not None]
    return Fact(code, record, min(days, default=None))
