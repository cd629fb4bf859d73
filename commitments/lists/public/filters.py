"""The filters of the public list of matters; page and export share them."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from commitments.models import MatterEntry
from commitments.rules.kinds import MATTER_KIND_LABELS, TYPE_LABELS
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.lists import RowFilter


def departments(request: HttpRequest | None) -> QuerySet[Department]:
    """Those that take letters for a matter of the list in force."""
    taking = MatterEntry.objects.in_force(timezone.localdate()).values("department_id")
    return Department.objects.filter(pk__in=taking).order_by("level", "code")


class MatterFilter(django_filters.FilterSet):
    """Filters of the list of matters."""

    q = django_filters.CharFilter(label="事项名称、编码或告知内容", method="by_words", max_length=100)
    department = RowFilter(label="受理单位", queryset=departments, to_field_name="code", empty_label="全部单位")
    type = django_filters.ChoiceFilter(
        label="承诺类型",
        field_name="commitment_type",
        choices=choices(TYPE_LABELS),
        empty_label="全部类型",
    )
    kind = django_filters.ChoiceFilter(
        label="事项类别",
        choices=choices(MATTER_KIND_LABELS),
        empty_label="全部类别",
    )
    online = django_filters.ChoiceFilter(
        label="办理方式",
        method="by_online",
        choices=[("yes", "可在线签署"), ("no", "在办理窗口提交")],
        empty_label="全部方式",
    )

    class Meta:
        model = MatterEntry
        fields: tuple[str, ...] = ()

    def by_words(self, rows: QuerySet[MatterEntry], name: str, words: str) -> QuerySet[MatterEntry]:
        """Every word has to stand somewhere: in the name, the code, the power code or what has to be known."""
        for word in words.split()[:5]:
            rows = rows.filter(
                Q(matter__name__icontains=word)
                | Q(matter__code__icontains=word)
                | Q(power_code__icontains=word)
                | Q(notice__icontains=word)
            )
        return rows

    def by_online(self, rows: QuerySet[MatterEntry], name: str, answer: str) -> QuerySet[MatterEntry]:
        return rows.filter(online=answer == "yes")
