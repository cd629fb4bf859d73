"""What the desk lists of reviews and missing papers, and what the page of one review shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import django_filters
from django.db.models import Q, QuerySet

from commitments.letters.models.letters import LetterQuerySet
from commitments.models import CommitmentLetter, Review
from commitments.reviews.models import ReviewQuerySet
from commitments.reviews.rules.days import NextReview, next_review
from commitments.rules.kinds import REVIEW_KIND_LABELS, Unit
from commitments.rules.states import ASSESSED, FULFILMENT_LABELS, Fulfilment, ReviewState
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.formats import cn_date_or_longterm
from credit_platform.web.lists import KitDateFilter
from credit_platform.workdays.queries import calendar
from records.queries.subjects import ShownField, fields_of
from records.standards.declaration import FieldType

SCOPES = {"open": "待复核", "late": "已逾期", "escalated": "已提请督办", "done": "已复核", "all": "全部"}
SHOWN = ("letter__subject", "letter__matter", "department")
DATES = (FieldType.DATE, FieldType.DATE_OR_LONGTERM)


def desk_reviews(user: User, scope: str, on: date) -> ReviewQuerySet:
    """The reviews that somebody may see, narrowed to a scope of the list; with what the rows show."""
    rows = within(Review.objects.all(), user, on)
    scopes: dict[str, Callable[[], ReviewQuerySet]] = {
        "open": rows.open,
        "late": lambda: rows.overdue(on),
        "escalated": lambda: rows.open().filter(escalated_on__isnull=False),
        "done": lambda: rows.filter(state=ReviewState.DONE),
        "all": lambda: rows,
    }
    return scopes[scope]().select_related(*SHOWN)


class ReviewFilter(django_filters.FilterSet):
    """Filters of the queue; they stay in the address."""

    q = django_filters.CharFilter(label="承诺编码、主体名称或信用代码", method="by_text")
    kind = django_filters.ChoiceFilter(label="复核种类", empty_label="全部", choices=choices(REVIEW_KIND_LABELS))
    outcome = django_filters.ChoiceFilter(
        label="复核结果", empty_label="全部", choices=[(key.value, FULFILMENT_LABELS[key]) for key in ASSESSED]
    )
    due_from = KitDateFilter(label="复核期限自", field_name="due_on", lookup_expr="gte")
    due_to = KitDateFilter(label="复核期限至", field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Review
        fields = ("q", "kind", "outcome", "due_from", "due_to")

    def by_text(self, rows: QuerySet[Review], name: str, value: str) -> QuerySet[Review]:
        """The code of a letter, the whole code of a subject, or a part of its name."""
        text = value.strip()
        wanted = Q(letter__code=text) | Q(letter__subject__code=text.upper()) | Q(letter__subject__name__contains=text)
        return rows.filter(wanted)


def desk_shortfalls(user: User, on: date) -> LetterQuerySet:
    """Letters whose missing papers have not come, of the departments that somebody may see."""
    rows = within(CommitmentLetter.objects.shortfall_open(), user, on)
    return rows.select_related("subject", "matter", "department")


class ShortfallFilter(django_filters.FilterSet):
    """Filters of the missing papers; they stay in the address."""

    q = django_filters.CharFilter(label="承诺编码、主体名称或信用代码", method="by_text")
    papers = django_filters.CharFilter(label="容缺材料", field_name="shortfall_papers", lookup_expr="contains")
    due_from = KitDateFilter(label="补正期限自", field_name="shortfall_due_on", lookup_expr="gte")
    due_to = KitDateFilter(label="补正期限至", field_name="shortfall_due_on", lookup_expr="lte")

    class Meta:
        model = CommitmentLetter
        fields = ("q", "papers", "due_from", "due_to")

    def by_text(self, rows: QuerySet[CommitmentLetter], name: str, value: str) -> QuerySet[CommitmentLetter]:
        """The code of a letter, the whole code of a subject, or a part of its name."""
        text = value.strip()
        return rows.filter(Q(code=text) | Q(subject__code=text.upper()) | Q(subject__name__contains=text))


def scope_for(scope: str, outcome: str) -> str:
    """The scope to list when an outcome is filtered as well: only a review that is done has one."""
    return "done" if outcome and scope in ("open", "late", "escalated") else scope


def earlier(review: Review) -> list[Review]:
    """The other reviews of the same letter, the newest first."""
    rows = Review.objects.filter(letter=review.letter_id).exclude(pk=review.pk).select_related("reviewer")
    return list(rows.order_by("-due_on", "-pk")[:20])


def following(review: Review, user: User, on: date) -> int | None:
    """The open review that falls due next, for "done, on to the next"; None when none is left."""
    rows = within(Review.objects.open(), user, on).exclude(pk=review.pk)
    return rows.order_by("due_on", "pk").values_list("pk", flat=True).first()


def promised(letter: CommitmentLetter) -> list[tuple[str, object]]:
    """What was promised: the filled fields of the letter's record in the order of its standard, personal numbers by their mask."""
    return [(field.label, _readable(field)) for field in fields_of(letter.record, own=True)]


def _readable(field: ShownField) -> object:
    return cn_date_or_longterm(field.value) if field.type in DATES else field.value


def next_days(letter: CommitmentLetter, on: date) -> list[tuple[str, NextReview]]:
    """What each outcome would mean for the next review, for the page: the outcome's word, and the day with its explanation."""
    entry = letter.entry
    return [
        (
            FULFILMENT_LABELS[outcome],
            next_review(
                outcome,
                on=on,
                every=entry.every if entry else None,
                unit=Unit(entry.every_unit) if entry else Unit.MONTH,
                calendar=calendar(),
                valid_until=letter.valid_until,
            ),
        )
        for outcome in (Fulfilment.PERFORMING, Fulfilment.PARTLY, Fulfilment.UNVERIFIABLE)
    ]
