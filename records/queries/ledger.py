"""The work list of a department, and the versions of one record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from credit_platform.accounts.models import Role, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.audit.queries import versions_of
from credit_platform.labels import choices
from credit_platform.web.lists import KitDateFilter
from records.identifiers import docnumber, names
from records.identifiers.clean import clean_code
from records.models import CreditRecord, SubjectName
from records.queries.catalogue import standard_of
from records.queries.search import MIN_CODE_PREFIX
from records.rules import RECORD_STATUS_LABELS, RecordStatus
from records.standards import registry

SHOWN_WITH = ("subject", "item", "authority", "source_department")
"""What the rows of a list of records show beside their own columns."""
NOT_UNDONE = "全部（不含已撤回导入）"
MOST_NAMED = 200
"""How many subjects a name in the work list may stand for; more is answered as a mistake of the filter."""


def records_of(user: User) -> QuerySet[CreditRecord]:
    """What somebody may handle: the own department's and its predecessors' records; the city credit office everybody's."""
    return CreditRecord.objects.select_related(*SHOWN_WITH).filter(handled_by(user))


def handled_by(user: User) -> Q:
    """The condition of `records_of`, for lists that join it with others'."""
    if Role.CREDIT_OFFICE in user.roles:
        return Q()
    if not user.department_id:
        return Q(pk__in=())
    return Q(source_department_id__in=own_department_ids(user.department_id, timezone.localdate()))


def kinds() -> list[tuple[str, str]]:
    """The kinds of records that standards make, with their names."""
    found: dict[str, str] = {}
    for standard in registry.all():
        found.setdefault(standard.kind, standard.name)
    return [*found.items(), ("local", "本市补充事项")]


class RecordFilter(django_filters.FilterSet):
    """The filters of the work list. What was taken back with its batch is listed only for who asks for that status."""

    kind = django_filters.ChoiceFilter(label="信息种类", choices=kinds, empty_label="全部")
    status = django_filters.ChoiceFilter(label="状态", choices=choices(RECORD_STATUS_LABELS), empty_label=NOT_UNDONE)
    since = KitDateFilter(label="决定日期自", field_name="decided_on", lookup_expr="gte")
    until = KitDateFilter(label="决定日期至", field_name="decided_on", lookup_expr="lte")
    q = django_filters.CharFilter(label="文书号、名称或代码", method="search", max_length=100)

    class Meta:
        model = CreditRecord
        fields = ("q", "kind", "status", "since", "until")

    def filter_queryset(self, queryset: QuerySet[CreditRecord]) -> QuerySet[CreditRecord]:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("status") else rows.exclude(status=RecordStatus.UNDONE)

    def search(self, rows: QuerySet[CreditRecord], name: str, value: str) -> QuerySet[CreditRecord]:
        return rows.filter(matching(value))


class SubjectFilter(RecordFilter):
    """The filters of a subject's records: as in the work list, without the search for a subject."""

    q = None  # type: ignore[assignment]  # so the library takes a filter away

    class Meta:
        model = CreditRecord
        fields = ("kind", "status", "since", "until")


class AsOfFilter(django_filters.FilterSet):
    """The filters of what was known on a day; the day itself is `DayForm`'s."""

    on = KitDateFilter(label="日期", method="stays")
    kind = django_filters.ChoiceFilter(label="信息种类", choices=kinds, empty_label="全部")

    class Meta:
        model = CreditRecord
        fields = ("on", "kind")

    def stays(self, rows: QuerySet[CreditRecord], name: str, value: object) -> QuerySet[CreditRecord]:
        """The day chose the rows already."""
        return rows


def matching(value: str) -> Q:
    """Records by the beginning of the document number, the code of the subject, or any two characters of its name."""
    return Q(document_key__startswith=docnumber.key(value)) | about_subject(value)


def about_subject(value: str) -> Q:
    """Rows with a `subject` by the beginning of its code or any two characters of one of its names; none when the value is neither."""
    code, normal = clean_code(value), names.normalise(value)
    wanted = Q(pk__in=())
    if len(code) >= MIN_CODE_PREFIX and code.isascii():
        wanted |= Q(subject__code__startswith=code)
    if len(normal) >= 2:
        named = SubjectName.objects.filter(bigrams__contains=names.bigrams(normal), normal__contains=normal)
        wanted |= Q(subject_id__in=list(named.values_list("subject_id", flat=True)[:MOST_NAMED]))
    return wanted


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs between two states of a record, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a record: when it came to be, who made it, what it changed."""

    number: int
    at: datetime
    who: str
    changes: list[FieldChange]


def versions(record: CreditRecord) -> list[Version]:
    """The states of a record, newest first, each with what differs from the one before; personal numbers by their mask."""
    old = versions_of("records_creditrecord", record.pk)
    states = [_state(record), *(row.old or {} for row in old)]
    found = []
    for index, row in enumerate(old):
        changes = _changes(record, states[index + 1], states[index])
        if changes:
            found.append(
                Version(int(states[index].get("version") or 0), row.at, row.actor_name or "（系统外变更）", changes)
            )
    first = record.entered_by.actor_name if record.entered_by else "批量导入或接口报送"
    return [*found, Version(1, record.created_at, first, [])]


def _state(record: CreditRecord) -> dict[str, Any]:
    names_ = ("version", "status", "content", "document_number", "authority_name", "revoked_reason", "subject_id")
    return {name: getattr(record, name) for name in names_}


def _changes(record: CreditRecord, before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    labels = _labels(record)
    old, new = before.get("content") or {}, after.get("content") or {}
    found = [
        FieldChange(labels.get(code, code), _plain(old.get(code)), _plain(new.get(code)))
        for code in [*labels, *sorted((old.keys() | new.keys()) - labels.keys())]
        if _plain(old.get(code)) != _plain(new.get(code))
    ]
    if before.get("status") != after.get("status"):
        words = [_status(state.get("status")) for state in (before, after)]
        found.append(FieldChange("状态", *words))
    if before.get("subject_id") != after.get("subject_id"):
        found.append(FieldChange("信用主体", f"档案 {before.get('subject_id')}", f"档案 {after.get('subject_id')}"))
    return found


def _labels(record: CreditRecord) -> dict[str, str]:
    return {each.code: each.label for each in standard_of(record.standard, record.item).fields}


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("masked", ""))
    return "" if value is None else str(value)


def _status(value: object) -> str:
    return {str(status): label for status, label in RECORD_STATUS_LABELS.items()}.get(str(value), "")
