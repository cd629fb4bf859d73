"""What a merge of two subjects would do, before anybody decides it."""

from __future__ import annotations

from dataclasses import dataclass

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from records.identifiers import uscc
from records.models import (
    CodeExemption,
    CreditRecord,
    MergeCase,
    Subject,
    SubjectIdentifier,
    SubjectKind,
    SubjectName,
)
from records.queries.catalogue import standard_of
from records.rules import MergeState, RecordStatus

SCOPES = {"waiting": "待复核", "done": "已办结", "all": "全部"}


@dataclass(frozen=True, slots=True)
class Preview:
    """`moving` goes over; `conflicts` are active records that the kept subject has too; `staying` no longer stand and have a twin."""

    moving: QuerySet[CreditRecord]
    conflicts: list[CreditRecord]
    staying: list[CreditRecord]
    names: list[SubjectName]
    identifiers: list[SubjectIdentifier]
    branches: list[Subject]


def preview(case: MergeCase) -> Preview:
    """Which records, names, numbers and branches of the dropped subject would go over, and which records are there twice.

    Twice means: equal natural keys (item, authority, document number, day of decision).
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


def two_valid_numbers(one: Subject, other: Subject) -> bool:
    """Whether each of two subjects has a number of its own that is right, and they differ: credit codes (codes registered as exceptions
    are right), or for natural persons numbers of the same kind of document."""
    if one.kind == other.kind == SubjectKind.PERSON:
        return bool(one.id_hash and other.id_hash and one.id_type == other.id_type and one.id_hash != other.id_hash)
    codes = {one.code, other.code} - {None, ""}
    if len(codes) < 2:
        return False
    exempt = frozenset(CodeExemption.objects.filter(code__in=codes).values_list("code", flat=True))
    return all(uscc.check(code, exempt=exempt).is_valid for code in codes)


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


def desk_cases(scope: str) -> QuerySet[MergeCase]:
    """The cases of a tab of the list; with what the rows show."""
    rows = open_cases()
    if scope == "all":
        return rows
    return rows.filter(state=MergeState.PROPOSED) if scope == "waiting" else rows.exclude(state=MergeState.PROPOSED)


class MergeFilter(django_filters.FilterSet):
    """Filters of the list; they stay in the address."""

    q = django_filters.CharFilter(label="主体名称或信用代码", method="by_text")
    proposer = django_filters.CharFilter(
        label="提出人", field_name="proposed_by__full_name", lookup_expr="contains", max_length=40
    )

    class Meta:
        model = MergeCase
        fields = ("q", "proposer")

    def by_text(self, rows: QuerySet[MergeCase], name: str, value: str) -> QuerySet[MergeCase]:
        """The whole code or a part of the name of either subject."""
        text = value.strip()
        code, part = text.upper(), text
        wanted = Q(keep__code=code) | Q(drop__code=code) | Q(keep__name__contains=part) | Q(drop__name__contains=part)
        return rows.filter(wanted)
