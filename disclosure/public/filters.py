"""The filters of the public lists: one declaration serves the page, its export and its feed."""

from __future__ import annotations

from datetime import date

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils import timezone

from credit_platform.accounts.models import Department
from credit_platform.web.lists import KitDateFilter, RowFilter
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.models.indexes import YearOf
from records.identifiers import docnumber, names
from records.identifiers.clean import clean_code
from records.identifiers.regions import HARBIN_DISTRICTS
from records.queries import search_subjects

FIRST_YEAR = 2015
MOST_SUBJECTS = 200
CODE_LENGTH = 18


def years_since(first: int) -> list[tuple[str, str]]:
    """The years from one on that can be chosen, newest first."""
    return [(str(year), f"{year}年") for year in range(timezone.localdate().year, first - 1, -1)]


def years() -> list[tuple[str, str]]:
    """The years of decisions that can be chosen."""
    return years_since(FIRST_YEAR)


def authorities(request: HttpRequest | None) -> QuerySet[Department]:
    """The authorities of the city, by their order in the register."""
    return Department.objects.filter(is_external=False).order_by("level", "code")


def two_characters(words: str) -> None:
    """A single character would match half of the city."""
    if len(names.normalise(words)) < 2:
        raise ValidationError("请至少输入两个字。")


class DisclosureFilter(django_filters.FilterSet):
    """Filters of a list of one kind."""

    q = django_filters.CharFilter(
        label="名称、代码或文书号", method="by_words", max_length=100, validators=[two_characters]
    )
    authority = RowFilter(label="决定机关", queryset=authorities, to_field_name="code", empty_label="全部机关")
    district = django_filters.ChoiceFilter(
        label="机关所在区县",
        choices=[(region.code, region.name) for region in HARBIN_DISTRICTS],
        empty_label="全部区县",
    )
    year = django_filters.ChoiceFilter(label="决定年份", choices=years, method="by_year", empty_label="全部年份")
    published_from = KitDateFilter(label="公示日期自", field_name="published_on", lookup_expr="gte")
    published_to = KitDateFilter(label="公示日期至", field_name="published_on", lookup_expr="lte")

    many_subjects = False
    """Whether more subjects than `MOST_SUBJECTS` have the words in their name, so that some are left out."""

    class Meta:
        model = Disclosure
        fields: tuple[str, ...] = ()

    def by_words(self, rows: DisclosureQuerySet, name: str, words: str) -> DisclosureQuerySet:
        """A code, a document number (any brackets), or a part of a subject's name."""
        code, key = clean_code(words), docnumber.key(words)
        if len(code) == CODE_LENGTH and code.isascii():
            return rows.filter(subject_code=code)
        if any(sign.isdigit() for sign in key) and rows.filter(document_key__startswith=key).exists():
            return rows.filter(document_key__startswith=key)
        found = search_subjects(words, limit=MOST_SUBJECTS, public=True)
        self.many_subjects = found.more
        return rows.filter(subject_id__in=[hit.subject.pk for hit in found.hits])

    def by_year(self, rows: DisclosureQuerySet, name: str, year: str) -> DisclosureQuerySet:
        """Decisions of one calendar year."""
        if (
            self.data and self.data.get("sort") == "decided"
        ):  # this order's own index is read from one end of the year to the other
            return rows.filter(decided_on__range=(date(int(year), 1, 1), date(int(year), 12, 31)))
        # As the index by year has it: the newest publications of an old year are found without reading all since.
        return rows.filter(Exact(YearOf("decided_on"), int(year)))
