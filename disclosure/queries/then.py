"""What was public on a day that is over, set-wise: from the rows and their old versions, whatever became of them since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from credit_platform.audit.models import AuditHistory
from disclosure.models import Disclosure
from disclosure.queries.catalogue import standard_of
from disclosure.queries.public import Line, lines
from disclosure.rules.showing import Seen, Version, seen_on

NOW = 0
"""The key of a version that is the row itself."""
TABLE = Disclosure._meta.db_table
_COLUMNS = ("version", "state", "published_on", "ends_on", "waits_for_performance", "updated_at")


@dataclass(frozen=True, slots=True)
class ShownThen:
    """That the public saw a record on a day: until its end or for a part of it, and the lines that it read."""

    until_end: bool
    face: list[Line]


def public_then(record_ids: Collection[int], day: date) -> dict[int, ShownThen]:
    """The records that the public could see on a day (Asia/Shanghai), with what it read, by the id of the record.

    Three queries whatever their number: rows, old versions by the index of the history, and the faces of those that were shown.
    """
    rows = {row.pk: row for row in _rows(record_ids)}
    begins = timezone.make_aware(datetime.combine(day, time.min))
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    versions = _versions(rows)
    seen = {pk: found for pk in rows if (found := seen_on(versions[pk], day, begins=begins, ends=ends)) is not None}
    faces = _faces(rows, seen)
    return {rows[pk].record_id: ShownThen(found.until_end, faces[pk]) for pk, found in seen.items()}


def _rows(record_ids: Collection[int]) -> Any:
    return Disclosure.objects.filter(record_id__in=list(record_ids)).select_related("record__item")


def _versions(rows: dict[int, Disclosure]) -> dict[int, list[Version]]:
    """All versions of each row, the oldest first; of the old ones only the columns that decide."""
    found: dict[int, list[Version]] = {pk: [] for pk in rows}
    # The columns under names of their own: values() may not shadow a field of the history.
    columns: Any = {f"old_{name}": KT(f"old__{name}") for name in _COLUMNS}
    old = AuditHistory.objects.filter(table_name=TABLE, row_pk__in=[str(pk) for pk in rows], old__isnull=False)
    for row in old.annotate(**columns, key=F("id")).order_by("id").values("key", "row_pk", "at", *columns):
        found[int(row["row_pk"])].append(_old(row))
    for pk, present in rows.items():
        found[pk].append(
            Version(
                key=NOW,
                number=present.version,
                state=present.state,
                published_on=present.published_on,
                ends_on=present.ends_on,
                waits=present.waits_for_performance,
                written=present.updated_at,
            )
        )
    return found


def _old(row: dict[str, Any]) -> Version:
    written = parse_datetime(row["old_updated_at"] or "") or row["at"]
    return Version(
        key=row["key"],
        number=int(row["old_version"] or 0),
        state=row["old_state"] or "",
        published_on=parse_date(row["old_published_on"] or ""),
        ends_on=parse_date(row["old_ends_on"] or ""),
        waits=row["old_waits_for_performance"] == "true",
        written=written,
        replaced=row["at"],
    )


def _faces(rows: dict[int, Disclosure], seen: dict[int, Seen]) -> dict[int, list[Line]]:
    """What each row read in the version that was seen, with the labels of its standard."""
    keys = [each.version.key for each in seen.values() if each.version.key != NOW]
    old = dict(AuditHistory.objects.filter(pk__in=keys).values_list("pk", "old__shown"))
    faces = {}
    for pk, each in seen.items():
        shown = rows[pk].shown if each.version.key == NOW else old.get(each.version.key)
        faces[pk] = _read(rows[pk], shown or {})
    return faces


def _read(row: Disclosure, shown: dict[str, Any]) -> list[Line]:
    try:
        return lines(standard_of(row.record, row.decided_on), shown)
    except LookupError:  # an item of the city's own that no edition describes any more
        return [Line(code, code, str(value)) for code, value in shown.items() if isinstance(value, str) and value]
