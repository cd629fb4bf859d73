"""The filter of findings, and what the answer to an alarm says."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet

from casework.forms import LONG, StepForm
from credit_platform.web.dates import ChineseDateField
from patrols import readers
from patrols.models import PatrolFinding


def _parts() -> list[tuple[str, str]]:
    return [(each.slug, each.label) for each in readers.known()]


class FindingFilter(django_filters.FilterSet):
    """Open or settled, which part, which item."""

    q = django_filters.CharFilter(label="公示编号", field_name="public_id", lookup_expr="exact")
    reader = django_filters.ChoiceFilter(label="部分", empty_label="全部", choices=_parts)
    settled = django_filters.ChoiceFilter(
        label="情况", empty_label="全部", choices=[("no", "未消除"), ("yes", "已消除")], method="by_settled"
    )

    class Meta:
        model = PatrolFinding
        fields: ClassVar[tuple[str, ...]] = ()

    def by_settled(self, rows: QuerySet[PatrolFinding], name: str, value: str) -> QuerySet[PatrolFinding]:
        """Whether a later patrol found it no more."""
        return rows.filter(settled_on__isnull=value == "no")


class CloseForm(StepForm):
    """The answer."""

    cause = forms.CharField(label="原因", max_length=500, widget=LONG)
    responsible = forms.CharField(label="责任单位", max_length=200)
    reason = forms.CharField(label="处置情况", max_length=500, widget=LONG)
    on = ChineseDateField(label="日期")
