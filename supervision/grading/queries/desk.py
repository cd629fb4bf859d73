"""What the desk lists: grades of our own and grades as received, with their filters; whoever supervises sees them all."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from credit_platform.web.lists import KitDateFilter, RowFilter
from records.identifiers.regions import HARBIN_DISTRICTS
from records.models import SubjectKind
from records.queries.ledger import about_subject
from supervision.grading.models import Grade, GradeScheme, GradingModel, ReceivedGrade
from supervision.grading.queries.models import in_use
from supervision.grading.rules.schemes import Source

DISTRICTS = {each.code: each.name for each in HARBIN_DISTRICTS}


def grades() -> QuerySet[Grade]:
    """Present grades with what their rows show."""
    return Grade.objects.select_related("subject", "model")


def received() -> QuerySet[ReceivedGrade]:
    """The last word of each record that stands, with what its row shows."""
    return ReceivedGrade.objects.active().select_related("subject", "scheme")


def versions() -> QuerySet[GradingModel]:
    """Versions of our own model, the newest first."""
    return GradingModel.objects.select_related("scheme", "drawn_by", "proposed_by", "adopted_by")


def _scale() -> list[tuple[str, str]]:
    row = in_use()
    return [(grade, grade) for grade in row.scheme.scale] if row else []


class SubjectSearch(django_filters.FilterSet):
    """The field that finds a subject."""

    q = django_filters.CharFilter(label="主体名称或信用代码", method="by_subject", max_length=100)

    def by_subject(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Any two characters of a name, or the beginning of a code."""
        return rows.filter(about_subject(value))


class GradeFilter(SubjectSearch):
    """Filters of present grades."""

    grade = django_filters.ChoiceFilter(label="等级", choices=_scale, empty_label="全部")
    before = django_filters.ChoiceFilter(label="上一等级", choices=_scale, empty_label="全部")
    kind = django_filters.ChoiceFilter(
        label="主体类别", field_name="subject_kind", empty_label="全部",
        choices=[each for each in SubjectKind.choices if each[0] != SubjectKind.PERSON],
    )  # fmt: skip
    district = django_filters.ChoiceFilter(
        label="登记地", field_name="subject__district", choices=list(DISTRICTS.items()), empty_label="全部"
    )
    since = KitDateFilter(label="等级起始不早于", field_name="since", lookup_expr="gte")

    class Meta:
        model = Grade
        fields: tuple[str, ...] = ()


def _schemes(request: object) -> QuerySet[GradeScheme]:
    return GradeScheme.objects.exclude(source=Source.OWN.value)


class ReceivedFilter(SubjectSearch):
    """Filters of grades as received."""

    scheme = RowFilter(label="评价方案", queryset=_schemes, empty_label="全部")
    grade = django_filters.CharFilter(label="等级", max_length=20)
    since = KitDateFilter(label="评价日期自", field_name="as_of", lookup_expr="gte")
    until = KitDateFilter(label="有效期不晚于", field_name="valid_until", lookup_expr="lte")

    class Meta:
        model = ReceivedGrade
        fields: tuple[str, ...] = ()
