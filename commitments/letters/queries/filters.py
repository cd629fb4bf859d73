"""The filters of the lists of letters: one declaration serves the public page, the desk's page and their exports."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from commitments.letters.queries.letters import has_public_breach
from commitments.models import CommitmentLetter
from commitments.reviews.rules.days import SUGGESTS_BREACH
from commitments.rules.kinds import CHANNEL_LABELS, TYPE_LABELS
from commitments.rules.states import ASSESSED, FULFILMENT_LABELS, Fulfilment
from credit_platform.labels import choices
from credit_platform.web.lists import KitDateFilter, RowFilter
from credit_platform.workdays.rules import add_months
from disclosure.public.filters import MOST_SUBJECTS, authorities, two_characters, years_since
from records.identifiers.clean import clean_code
from records.identifiers.regions import HARBIN_DISTRICTS
from records.queries import search_subjects

MONTHS = 60
FIRST_YEAR = 2020


def months() -> list[tuple[str, str]]:
    """The months that can be chosen, newest first."""
    first = timezone.localdate().replace(day=1)
    each = [add_months(first, -back) for back in range(MONTHS)]
    return [(f"{month:%Y-%m}", f"{month.year}年{month.month}月") for month in each]


def years() -> list[tuple[str, str]]:
    """The years that can be chosen, newest first; the first list of matters is of 2020."""
    return years_since(FIRST_YEAR)


def month_range(month: str) -> tuple[date, date]:
    """The first day of a month written 2026-11, and the first of the next."""
    first = date(int(month[:4]), int(month[5:7]), 1)
    return first, add_months(first, 1)


class LetterFilter(django_filters.FilterSet):
    """Filters of the public list."""

    q = django_filters.CharFilter(
        label="主体名称、信用代码或承诺编码", method="by_words", max_length=128, validators=[two_characters]
    )
    type = django_filters.ChoiceFilter(
        label="承诺类型",
        field_name="commitment_type",
        choices=choices(TYPE_LABELS),
        empty_label="全部类型",
    )
    department = RowFilter(label="受理单位", queryset=authorities, to_field_name="code", empty_label="全部单位")
    district = django_filters.ChoiceFilter(
        label="区县", choices=[(region.code, region.name) for region in HARBIN_DISTRICTS], empty_label="全部区县"
    )
    month = django_filters.ChoiceFilter(label="承诺月份", choices=months, method="by_month", empty_label="全部月份")
    year = django_filters.ChoiceFilter(label="承诺年份", choices=years, method="by_year", empty_label="全部年份")
    fulfilment = django_filters.ChoiceFilter(
        label="履约状态",
        choices=[(key.value, FULFILMENT_LABELS[key]) for key in ASSESSED],
        method="by_fulfilment",
        empty_label="全部状态",
    )
    matter = django_filters.CharFilter(label="事项编码", field_name="matter__code", max_length=40)

    class Meta:
        model = CommitmentLetter
        fields: tuple[str, ...] = ()

    def by_words(self, rows: QuerySet[CommitmentLetter], name: str, words: str) -> QuerySet[CommitmentLetter]:
        """A credit code, the whole number of a letter, or a part of a subject's name."""
        code = clean_code(words)
        if rows.filter(code=words.strip()).exists():
            return rows.filter(code=words.strip())
        if len(code) == 18 and code.isascii():
            return rows.filter(subject__code=code)
        found = search_subjects(words, limit=MOST_SUBJECTS, public=True)
        return rows.filter(subject_id__in=[hit.subject.pk for hit in found.hits])

    def by_fulfilment(self, rows: QuerySet[CommitmentLetter], name: str, state: str) -> QuerySet[CommitmentLetter]:
        """Letters of a state; what is adverse only while a decided breach is public, as the list itself tells it."""
        found = rows.filter(fulfilment=state)
        return found.filter(has_public_breach(timezone.localdate())) if Fulfilment(state) in SUGGESTS_BREACH else found

    def by_month(self, rows: QuerySet[CommitmentLetter], name: str, month: str) -> QuerySet[CommitmentLetter]:
        """Letters made in one month."""
        first, following = month_range(month)
        return rows.filter(made_on__gte=first, made_on__lt=following)

    def by_year(self, rows: QuerySet[CommitmentLetter], name: str, year: str) -> QuerySet[CommitmentLetter]:
        """Letters made in one calendar year."""
        return rows.filter(made_on__gte=date(int(year), 1, 1), made_on__lt=date(int(year) + 1, 1, 1))


class DeskLetterFilter(LetterFilter):
    """The desk also asks for the way in and for what was taken back."""

    channel = django_filters.ChoiceFilter(label="归集方式", choices=choices(CHANNEL_LABELS), empty_label="全部")
    fulfilment = django_filters.ChoiceFilter(
        label="履约状态",
        choices=choices(FULFILMENT_LABELS),
        empty_label="全部状态",
    )
    made_from = KitDateFilter(label="承诺日期自", field_name="made_on", lookup_expr="gte")
    made_to = KitDateFilter(label="承诺日期至", field_name="made_on", lookup_expr="lte")
