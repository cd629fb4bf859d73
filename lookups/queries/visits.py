"""The day of a window: who came, what may still be shown and printed, what is kept of each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.web.counter import Slip
from lookups.models import Query, ServiceWindow
from lookups.models.register import QueryQuerySet
from lookups.rules.questions import Authority, Outcome
from records.models import SubjectKind

LATEST = 12
COUNTED = ("asked", "answered", "refused", "persons", "authorised")
SHOWN_WITH = ("purpose", "subject", "number_asked", "department", "window", "authorisation")


def window_of(user: User) -> ServiceWindow | None:
    """The window that a member of staff sits at: that of the own department."""
    if user.department_id is None:
        return None
    return ServiceWindow.objects.filter(department_id=user.department_id).order_by("-is_municipal", "pk").first()


def visits(user: User, on: date) -> QueryQuerySet:
    """What was asked at a window on a day in the department of a member of staff, the latest first."""
    return (
        Query.objects.at_window()
        .on_day(on)
        .filter(department=user.department)
        .select_related(*SHOWN_WITH)
        .order_by("-pk")
    )


def open_query(number: str, user: User) -> Query | None:
    """The query with a number when its result may still be shown to this member of staff."""
    rows = Query.objects.open_to(user, timezone.now()).select_related(*SHOWN_WITH)
    return rows.filter(number=number, subject__isnull=False).first()


def slip_of(number: str, user: Any) -> Slip | None:
    """An answered query for who prints (`credit_platform.web.counter`)."""
    query = open_query(number, user) if isinstance(user, User) else None
    if query is None or query.subject is None or query.purpose is None:
        return None
    return Slip(
        number=query.number,
        subject_id=query.subject.pk,
        code=query.subject.code or "",
        is_person=query.subject.kind == SubjectKind.PERSON,
        purpose=query.purpose.code,
        opens=frozenset(query.purpose.opens),
        authorisation=query.authorisation.number if query.authorisation else "",
        is_own=query.authority == Authority.OWN,
    )


@dataclass(frozen=True, slots=True)
class Month:
    """What a window did in a month."""

    label: str
    asked: int
    answered: int
    refused: int
    persons: int
    authorised: int


def months(year: int, user: User | None = None) -> list[Month]:
    """Queries at windows by month of a year, of the whole city or of one's department."""
    rows = Query.objects.at_window().filter(at__year=year)
    if user is not None:
        rows = rows.filter(department=user.department)
    counted = (
        rows.annotate(month=ExtractMonth("at", tzinfo=timezone.get_current_timezone()))
        .values("month")
        .annotate(
            asked=Count("pk"),
            answered=Count("pk", filter=Q(outcome=Outcome.ANSWERED)),
            refused=Count("pk", filter=Q(outcome=Outcome.REFUSED)),
            persons=Count("pk", filter=Q(number_asked__isnull=False)),
            authorised=Count("pk", filter=Q(authority=Authority.AUTHORISED)),
        )
    )
    by_month = {month: numbers for month, *numbers in counted.values_list("month", *COUNTED)}
    return [Month(f"{month}月", *by_month.get(month, [0] * len(COUNTED))) for month in range(1, 13)]
