"""What an auditor may ask for. Every question is served by an index of `audit_entry`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from credit_platform.accounts.queries import actors_called
from credit_platform.audit import members
from credit_platform.audit.models import Alteration, AuditEntry, Kind
from credit_platform.audit.verbs import LABELS
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import KitForm


class DayFilter(django_filters.DateFilter):
    field_class = ChineseDateField


class AuditEntryFilter(django_filters.FilterSet):
    """Who, what, about whom, when."""

    who = django_filters.CharFilter(label="操作人", method="by_who", max_length=60)
    verb = django_filters.CharFilter(label="动作（如“登录”）", method="by_verb", max_length=80)
    object = django_filters.CharFilter(label="对象（编号、名称或文书号开头）", method="by_object", max_length=200)
    kind = django_filters.ChoiceFilter(label="类别", choices=Kind.choices, empty_label="全部")
    since = DayFilter(label="起始日期", method="by_since")
    until = DayFilter(label="截止日期", method="by_until")

    class Meta:
        model = AuditEntry
        fields: list[str] = []
        form = KitForm

    def by_who(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        place = Q(pk__in=[])
        for kind, ids in actors_called(value).items():
            place |= Q(actor_kind=kind, actor_id__in=ids)
        if value.strip() == "系统":
            place |= Q(actor_kind="system")
        return queryset.filter(place)

    def by_verb(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the words of a verb, or by the beginning of its code."""
        named = [verb for verb, label in LABELS.items() if value.strip() in label]
        return queryset.filter(Q(verb__in=named) | Q(verb__startswith=value.strip()))

    def by_object(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By key or beginning of the name; by the number of a document also what was done to it together with others."""
        text = value.strip()
        return members.with_few(queryset).filter(
            Q(object_id=text) | Q(object_label__startswith=text) | members.about(text)
        )

    def by_since(self, queryset: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        return queryset.filter(at__gte=_beginning(value))

    def by_until(self, queryset: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        return queryset.filter(at__lt=_beginning(value + timedelta(days=1)))


class AlterationFilter(django_filters.FilterSet):
    """Which table, which re-reading, which row."""

    table = django_filters.AllValuesFilter(label="表", field_name="table_name")
    run = django_filters.NumberFilter(label="第几次核对", field_name="rereading_id", max_value=2**62)
    row = django_filters.NumberFilter(label="编号", field_name="row_pk", max_value=2**62)

    class Meta:
        model = Alteration
        fields: list[str] = []
        form = KitForm


def _beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
