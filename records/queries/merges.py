"""What a merge of two subjects would do, before anybody decides it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from records.models import CreditRecord, MergeCase, Subject, SubjectIdentifier, SubjectName
from records.queries.catalogue import standard_of
from records.rules import RecordStatus


@dataclass(frozen=True, slots=True)
class Preview:
    """`moving` goes over; `conflicts` are standing records that the kept subject has too; `staying` no longer stand and have a twin."""

    moving: QuerySet[CreditRecord]
    conflicts: list[CreditRecord]
    staying: list[CreditRecord]
    names: list[SubjectName]
    identifiers: list[SubjectIdentifier]
    branches: list[Subject]


def preview(case: MergeCase) -> Preview:
    """Which records, names, numbers and branches of the dropped subject would go over, and which records are there twice.

    Twice means: equal natural keys (item, organ, document number, day of decision).
    """
    drop, keep = case.drop, case.keep
    rows = CreditRecord.objects.filter(subject=drop).select_related("item", "authority")
    twin = CreditRecord.objects.filter(
        subject=keep,
        item=OuterRef("item"),
        authority=OuterRef("authority"),
        document_key=OuterRef("document_key"),
        decided_on=OuterRef("decided_on"),
    )
    double = list(rows.filter(Exists(twin)).order_by("-decided_on", "-id"))
    there = set(keep.identifiers.values_list("kind", "value"))
    return Preview(
        moving=rows.filter(~Exists(twin)).order_by("-decided_on", "-id"),
        conflicts=[row for row in double if row.status == RecordStatus.ACTIVE],
        staying=[row for row in double if row.status != RecordStatus.ACTIVE],
        names=list(drop.names.exclude(name__in=keep.names.values("name"))),
        identifiers=[row for row in drop.identifiers.all() if (row.kind, row.value) not in there],
        branches=list(drop.branches.exclude(pk=keep.pk)),
    )


def brought_later(case: MergeCase) -> list[int]:
    """Records that came to the kept subject after the merge and name the dropped one's code: theirs when it is taken back."""
    code = case.drop.code
    if not code or case.decided_at is None:
        return []
    rows = CreditRecord.objects.filter(subject=case.keep, created_at__gte=case.decided_at).select_related("item")
    found = []
    for row in rows:
        field = standard_of(row.standard, row.item).roles.get("uscc", "")
        if row.content.get(field) == code:
            found.append(row.pk)
    return found


def open_cases() -> QuerySet[MergeCase]:
    """Cases that wait for the second person first, then the newest."""
    return MergeCase.objects.select_related("keep", "drop", "proposed_by", "decided_by").order_by(
        F("decided_at").desc(nulls_first=True), "-id"
    )
