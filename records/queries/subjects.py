"""A subject's file: what is said about it, for whom, and what was known on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditHistory
from records import panels
from records.models import CatalogueEntry, CreditRecord, Subject
from records.models.catalogue import VisibilityChoice
from records.queries.catalogue import standard_of
from records.queries.ledger import records_of
from records.rules import RecordStatus
from records.standards import codetables
from records.standards.declaration import FieldType, Standard, Visibility

SHOWN_RECORDS = 200
OPEN_LEVELS = (VisibilityChoice.PUBLIC.value, VisibilityChoice.SHARED.value)


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a record as a page shows it."""

    code: str
    label: str
    value: Any
    type: str
    visibility: str
    visibility_label: str
    sealed: bool
    section: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The records of a subject that somebody sees, newest decision first: the own department's, and others' shared ones."""

    own: list[CreditRecord] = field(default_factory=list)
    shared: list[CreditRecord] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as it stood on a day."""

    pk: int
    title: str
    document_number: str
    decided_on: date
    status: str
    was_public: bool


@dataclass(frozen=True, slots=True)
class AsOf:
    """What the platform knew of a subject at the end of a day, and which of it was public on that day."""

    day: date
    name: str
    known: bool
    records: list[KnownRecord]


def subject_timeline(subject: Subject, user: User) -> Timeline:
    """The records of a subject: those of the user's department (the credit office: all) and those that others share.

    What other departments hold is only what the catalogue marks 社会公开 or 政务共享; looking at it must be registered first.
    """
    mine = _of(subject, records_of(user))
    own = list(mine[: SHOWN_RECORDS + 1])
    others = _of(subject, CreditRecord.objects.standing().filter(item_id__in=_open_items()))
    shared = list(others.exclude(pk__in=[row.pk for row in own])[: SHOWN_RECORDS + 1])
    more = len(own) > SHOWN_RECORDS or len(shared) > SHOWN_RECORDS
    return Timeline(own[:SHOWN_RECORDS], shared[:SHOWN_RECORDS], more)


def may_be_shared(record: CreditRecord) -> bool:
    """Whether other departments may see the record at all: its item is 社会公开 or 政务共享 today, and it stands."""
    return record.status == RecordStatus.ACTIVE and record.item_id in _open_items()


def fields_of(record: CreditRecord, *, own: bool) -> list[ShownField]:
    """The filled fields of a record in the order of its standard; another department sees only public and shared ones."""
    standard = standard_of(record.standard, record.item)
    return shown_fields(standard, record.content, own=own)


def shown_fields(standard: Standard, content: Mapping[str, Any], *, own: bool) -> list[ShownField]:
    """As `fields_of`, for a content."""
    levels = set(Visibility) if own else {Visibility.PUBLIC, Visibility.SHARED}
    return [
        ShownField(
            code=each.code,
            label=each.label,
            value=_shown(content[each.code], each.type, each.code_table),
            type=each.type.value,
            visibility=each.visibility.value,
            visibility_label=each.visibility.label,
            sealed=isinstance(content[each.code], dict),
            section=each.section,
        )
        for each in standard.fields
        if content.get(each.code) not in (None, "") and each.visibility in levels
    ]


def as_of(subject: Subject, day: date, user: User, *, with_shared: bool = False) -> AsOf:
    """What was known of a subject at the end of a day, among what the user may see of it today, and what was public then.

    `with_shared`: also what other departments share, for a reader whose purpose is registered.
    Rebuilt from the history that the database keeps; a record that came later is not there, one revoked later is.
    """
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    timeline = subject_timeline(subject, user)
    rows = [*timeline.own, *timeline.shared] if with_shared else timeline.own
    visible = {row.pk: row for row in rows if row.created_at < end}
    then = _rows_at("records_creditrecord", list(visible), end)
    public = panels.public_on(list(visible), day)
    records = []
    for pk, row in visible.items():
        old = then.get(pk, {})
        decided = date.fromisoformat(old["decided_on"]) if "decided_on" in old else row.decided_on
        number = old.get("document_number", row.document_number)
        records.append(
            KnownRecord(pk, old.get("title", row.title), number, decided, old.get("status", row.status), pk in public)
        )
    was = _rows_at("records_subject", [subject.pk], end).get(subject.pk, {})
    return AsOf(day, was.get("name", subject.name), subject.created_at < end, records)


def _rows_at(table: str, keys: list[int], moment: datetime) -> dict[int, dict[str, Any]]:
    """The rows as they were just before a moment: the oldest version that was replaced after it; none when unchanged since."""
    rows = AuditHistory.objects.filter(
        table_name=table, row_pk__in=[str(key) for key in keys], at__gte=moment, old__isnull=False
    ).order_by("id")
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(int(row.row_pk), row.old or {})
    return found


def _of(subject: Subject, rows: QuerySet[CreditRecord]) -> QuerySet[CreditRecord]:
    related = rows.filter(subject=subject).select_related("item", "authority", "source_department", "subject")
    return related.order_by("-decided_on", "-id")


def _open_items() -> set[int]:
    entries = CatalogueEntry.objects.in_force(timezone.localdate()).filter(visibility__in=OPEN_LEVELS)
    return set(entries.values_list("item_id", flat=True))


def _shown(value: Any, kind: FieldType, table: str) -> Any:
    if isinstance(value, dict):
        return value.get("masked", "")
    if kind is FieldType.CHOICE and table:
        return codetables.get(table).word(str(value))
    return value
