"""What an auditor may ask of the register and of the queue; every question is served by an index."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import Q, QuerySet

from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import actors_called
from credit_platform.labels import choices
from credit_platform.web.forms import KitForm
from credit_platform.web.lists import KitDateFilter
from lookups.models import Finding, Purpose, Query
from lookups.rules.questions import OUTCOME_LABELS
from lookups.rules.reviewing import GROUND_LABELS
from records.identifiers.clean import clean_code

WAYS = [("window", "窗口查询"), ("desk", "业务系统查看")]


class QueryFilter(django_filters.FilterSet):
    """Who, whose, why, when, with which result."""

    who = django_filters.CharFilter(label="查询人", method="by_who", max_length=60)
    q = django_filters.CharFilter(label="代码、查询编号或办件编号", method="by_text", max_length=100)
    department = django_filters.ModelChoiceFilter(
        label="查询单位", queryset=Department.objects.of_the_city().order_by("name"), empty_label="全部"
    )
    way = django_filters.ChoiceFilter(label="方式", method="by_way", choices=WAYS, empty_label="全部")
    purpose = django_filters.ModelChoiceFilter(label="查询目的", queryset=Purpose.objects.all(), empty_label="全部")
    outcome = django_filters.ChoiceFilter(label="结果", choices=choices(OUTCOME_LABELS), empty_label="全部")
    since = KitDateFilter(label="日期自", method="by_since")
    until = KitDateFilter(label="日期至", method="by_until")

    class Meta:
        model = Query
        fields: tuple[str, ...] = ()
        form = KitForm

    def by_who(self, rows: QuerySet[Query], name: str, value: str) -> QuerySet[Query]:
        place = Q(pk__in=[])
        for kind, ids in actors_called(value).items():
            place |= Q(actor_kind=kind, actor_id__in=ids)
        return rows.filter(place)

    def by_text(self, rows: QuerySet[Query], name: str, value: str) -> QuerySet[Query]:
        """A number of a person is not typed into an address; its register is reached by the page of one of its queries."""
        code = clean_code(value)
        return rows.filter(
            Q(number=code) | Q(subject__code=code) | Q(subject_ref=value.strip()) | Q(case_number=value.strip())
        )

    def by_way(self, rows: QuerySet[Query], name: str, value: str) -> QuerySet[Query]:
        return rows.filter(purpose__isnull=value != "window")

    def by_since(self, rows: QuerySet[Query], name: str, value: date) -> QuerySet[Query]:
        return rows.filter(at__date__gte=value)

    def by_until(self, rows: QuerySet[Query], name: str, value: date) -> QuerySet[Query]:
        return rows.filter(at__date__lte=value)


class FindingFilter(django_filters.FilterSet):
    """Why a query stands in the queue, and of which unit it is."""

    ground = django_filters.ChoiceFilter(label="审查原因", choices=choices(GROUND_LABELS), empty_label="全部")
    department = django_filters.ModelChoiceFilter(
        label="查询单位",
        field_name="query__department",
        queryset=Department.objects.of_the_city().order_by("name"),
        empty_label="全部",
    )

    class Meta:
        model = Finding
        fields = ("ground", "department")
        form = KitForm
