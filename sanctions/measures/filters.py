"""The filters of the public list of measures; page and export share them."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from credit_platform.labels import choices
from sanctions.measures import queries, rules
from sanctions.measures.models import MeasureEntry


def _lists(request: Any = None) -> list[tuple[str, str]]:
    return list(queries.list_names().items())


def _fields(request: Any = None) -> list[tuple[str, str]]:
    return [(code, name) for code, name in queries.field_names().items() if code != rules.EVERY_MATTER]


class MeasureFilter(django_filters.FilterSet):
    """Filters of the list of measures."""

    q = django_filters.CharFilter(label="措施名称、编码、依据或条文", method="by_words", max_length=100)
    kind = django_filters.ChoiceFilter(
        label="措施类别",
        choices=choices(rules.KIND_LABELS),
        empty_label="全部类别",
    )
    force = django_filters.ChoiceFilter(label="约束力", choices=choices(rules.FORCE_LABELS), empty_label="全部")
    list = django_filters.ChoiceFilter(label="触发名单", method="by_list", choices=_lists, empty_label="全部名单")
    matter = django_filters.ChoiceFilter(label="适用事项", method="by_matter", choices=_fields, empty_label="全部事项")

    class Meta:
        model = MeasureEntry
        fields: tuple[str, ...] = ()

    def by_words(self, rows: QuerySet[MeasureEntry], name: str, words: str) -> QuerySet[MeasureEntry]:
        """Every word has to stand somewhere: in the name, the code, the basis or the text of the law."""
        for word in words.split()[:5]:
            found = Q(measure__name__icontains=word) | Q(measure__code__icontains=word)
            rows = rows.filter(found | Q(basis__icontains=word) | Q(legal_text__icontains=word))
        return rows

    def by_list(self, rows: Any, name: str, code: str) -> QuerySet[MeasureEntry]:
        """What an entry on a list brings about, by its code or its nature."""
        found: QuerySet[MeasureEntry] = rows.on_lists(queries.names_of(code, timezone.localdate()))
        return found

    def by_matter(self, rows: Any, name: str, code: str) -> QuerySet[MeasureEntry]:
        """What answers in a field of matters, and what answers in every one."""
        found: QuerySet[MeasureEntry] = rows.in_matters([code])
        return found
