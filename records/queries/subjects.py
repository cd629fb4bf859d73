"""A subject's file: what is said about it, and for whom. What was known of it on a day: `records.queries.then`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from credit_platform.accounts.models import User
from records.models import CatalogueEntry, CreditRecord, Subject
from records.models.catalogue import VisibilityChoice
from records.queries.catalogue import standard_of
from records.queries.ledger import SHOWN_WITH, handled_by
from records.rules import RecordStatus
from records.standards import codetables
from records.standards.declaration import FieldType, Standard, Visibility

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
    """The records of a subject that somebody sees: the own department's (the credit office: all), and others' shared ones."""

    subject: Subject
    ours: Q
    open_to_all: Q

    @property
    def own(self) -> QuerySet[CreditRecord]:
        """Those that the user may handle, with what was taken back (`RecordFilter` leaves that out)."""
        return self._rows(self.ours)

    @property
    def shared(self) -> QuerySet[CreditRecord]:
        """Standing records of other departments that the catalogue opens to all."""
        return (
            self._rows(self.open_to_all).exclude(pk__in=self._rows(self.ours).values("pk"))
            if self.ours
            else self.own.none()
        )

    def seen(self, *, with_shared: bool) -> QuerySet[CreditRecord]:
        """Both as one list for a reader whose purpose is registered, else the own alone."""
        return self._rows(self.ours | self.open_to_all) if with_shared and self.ours else self.own

    def _rows(self, which: Q) -> QuerySet[CreditRecord]:
        return CreditRecord.objects.select_related(*SHOWN_WITH).filter(which, subject=self.subject)


def subject_timeline(subject: Subject, user: User) -> Timeline:
    """The records of a subject: those of the user's department (the credit office: all) and those that others share.

    What other departments hold is only what the catalogue marks 社会公开 or 政务共享; looking at it must be registered first.
    """
    return Timeline(subject, handled_by(user), Q(status=RecordStatus.ACTIVE, item_id__in=_open_items()))


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


def _open_items() -> set[int]:
    entries = CatalogueEntry.objects.in_force(timezone.localdate()).filter(visibility__in=OPEN_LEVELS)
    return set(entries.values_list("item_id", flat=True))


def _shown(value: Any, kind: FieldType, table: str) -> Any:
    if isinstance(value, dict):
        return value.get("masked", "")
    if kind is FieldType.CHOICE and table:
        return codetables.get(table).word(str(value))
    return value
