"""What the platform knew of a subject at the end of a day, and what of it the public could see on that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditHistory
from records import panels
from records.models import CreditRecord, Subject
from records.queries.subjects import subject_timeline
from records.rules import RECORD_STATUS_LABELS, RecordStatus

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """A record as it stood at the end of a day; `public` tells whether and what the public saw of it on that day."""

    pk: int
    title: str
    document_number: str
    item: str
    authority: str
    decided_on: date
    status: str
    public: panels.PublicThen | None = None

    @property
    def was_public(self) -> bool:
        """Whether the public could see it at any time of the day."""
        return self.public is not None

    @property
    def shown_as(self) -> str:
        """How a list says it: shown until the day ended, taken down in its course, or not shown."""
        if self.public is None:
            return "未公示"
        return "对外公示" if self.public.until_end else "当日停止公示"

    @property
    def status_label(self) -> str:
        """The status at the end of the day in words."""
        return RECORD_STATUS_LABELS.get(RecordStatus(self.status), "")


@dataclass(frozen=True, slots=True)
class AsOf:
    """A subject at the end of a day. `rows` are the present rows of what was known then; `described` tells how they were."""

    day: date
    name: str
    known: bool
    rows: QuerySet[CreditRecord] = field(compare=False)

    @property
    def records(self) -> list[KnownRecord]:
        """All of them as they were, the newest decision first."""
        return list(described(self.rows.order_by("-decided_on", "-pk"), self.day))


def as_of(subject: Subject, day: date, user: User, *, with_shared: bool = False) -> AsOf:
    """What was known of a subject at the end of a day, among what the user may see of it today, and what was public then.

    `with_shared`: also what other departments share, for a reader whose purpose is registered. Rebuilt from the history that the
    database keeps: a record that came later is not there, one revoked or taken back later is.
    """
    end = _end_of(day)
    rows = subject_timeline(subject, user).seen(with_shared=with_shared).filter(created_at__lt=end)
    gone = Q(status=RecordStatus.UNDONE, updated_at__lt=end)
    was = _rows_at("records_subject", [subject.pk], end).get(subject.pk, {})
    return AsOf(day, was.get("name", subject.name), subject.created_at < end, rows.exclude(gone))


def described(rows: Iterable[CreditRecord], day: date) -> Iterator[KnownRecord]:
    """Records as they were at the end of a day, in the order given; a fixed number of queries for five hundred."""
    for chunk in _chunks(rows):
        keys = [row.pk for row in chunk]
        then = _rows_at("records_creditrecord", keys, _end_of(day))
        public = panels.public_on(keys, day)
        for row in chunk:
            old = then.get(row.pk, {})
            yield KnownRecord(
                pk=row.pk,
                title=old.get("title", row.title),
                document_number=old.get("document_number", row.document_number),
                item=row.item.name,
                authority=old.get("authority_name", row.authority_name),
                decided_on=date.fromisoformat(old["decided_on"]) if "decided_on" in old else row.decided_on,
                status=old.get("status", row.status),
                public=public.get(row.pk),
            )


def _chunks(rows: Iterable[CreditRecord]) -> Iterator[Sequence[CreditRecord]]:
    chunk: list[CreditRecord] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _rows_at(table: str, keys: list[int], moment: datetime) -> dict[int, dict[str, Any]]:
    """The rows as they were just before a moment: the oldest version that was replaced after it; none when unchanged since."""
    rows = AuditHistory.objects.filter(
        table_name=table, row_pk__in=[str(key) for key in keys], at__gte=moment, old__isnull=False
    ).order_by("id")
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(int(row.row_pk), row.old or {})
    return found
