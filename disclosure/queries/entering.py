"""Records that enter the ledger, read for their verdict: a hundred thousand as plain rows, with no more of the content than decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from disclosure.rules.facts import codes_read
from records.models import CreditRecord, Subject
from records.standards.declaration import Standard

_GROUPS = """
SELECT r.standard, r.item_id, r.kind, array_agg(r.id), array_agg(DISTINCT r.source_department_id)
FROM records_creditrecord r LEFT JOIN disclosure_disclosure d ON d.record_id = r.id
WHERE r.id = ANY(%s) AND r.status = 'active' AND d.id IS NULL GROUP BY 1, 2, 3 ORDER BY 2, 1
"""
# What differs from row to row stands in front; behind it what decides, the same for many.
_ROWS = """
SELECT r.id, r.title, b.name, b.legal_representative, b.kind,
    r.source_department_id, r.decided_on, (coalesce(r.first_compliant_at, r.first_arrived_at) AT TIME ZONE %(zone)s)::date,
    CASE WHEN r.first_compliant_at > r.first_arrived_at THEN (r.first_arrived_at AT TIME ZONE %(zone)s)::date END,
    b.kind, r.valid_until{content}
FROM records_creditrecord r JOIN records_subject b ON b.id = r.subject_id
WHERE r.id = ANY(%(ids)s) ORDER BY r.id
"""
OWN = 5
"""How many columns of a row are its own: record, title, name of the subject, operator, kind of subject."""

_DAYS = 6
"""How many values stand before those of the content: department, three days, kind of subject, end of validity."""


@dataclass(frozen=True, slots=True)
class Group:
    """Standing records without a disclosure, of one item and one standard, with the departments that sent them."""

    standard: str
    item_id: int
    kind: str
    ids: list[int]
    departments: list[int]


def groups(record_ids: Sequence[int]) -> list[Group]:
    """Those of the records that stand in the ledger and have no disclosure yet, by what they are judged under."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [list(record_ids)])
        return [Group(*row) for row in cursor.fetchall()]


def read(group: Group, codes: Iterable[str]) -> list[tuple[Any, ...]]:
    """The records of a group as rows: OWN columns in front, then what `Decides` takes."""
    params: dict[str, Any] = {"ids": group.ids, "zone": settings.TIME_ZONE}
    named = {f"c{number}": code for number, code in enumerate(codes)}
    content = "".join(f", r.content ->> %({name})s" for name in named)
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(content=content), params | named)
        return list(cursor.fetchall())


def codes_of(standard: Standard) -> tuple[str, ...]:
    """The fields of a standard's content that decide about publication."""
    return codes_read(standard.roles, [field.code for field in standard.fields])


def place_of(code: str, codes: Sequence[str]) -> int:
    """Where the text of a field stands among what decides; 0 when it is not one of `codes`."""
    return _DAYS + codes.index(code) if code in codes else 0


class Decides:
    """What of a row decides about it: who sent it, its days, the kind of subject, and the texts of `codes` in its content."""

    def __init__(self, group: Group, values: Sequence[Any], codes: Sequence[str]) -> None:
        self.department: int = values[0]
        self.decided_on: date = values[1]
        self.arrived_on: date = values[2]
        self.refused_on: date | None = values[3]
        kind, valid_until = values[4:_DAYS]
        said = values[_DAYS:]
        # A record, not of the ledger, that says the same: the rules are asked about it as about any other.
        self.record = CreditRecord(
            item_id=group.item_id,
            standard=group.standard,
            kind=group.kind,
            decided_on=self.decided_on,
            valid_until=valid_until,
            content={code: text for code, text in zip(codes, said, strict=True) if text is not None},
            subject=Subject(kind=kind),
        )
