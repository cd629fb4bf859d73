"""Questions about sessions of training: whom a query invites, how far a session reached, what a company was invited to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from disclosure.models import Disclosure
from education.models.courses import Course
from education.rules.courses import Audience
from education.trainings import rules
from education.trainings.models import Invitation, Training
from records.models import Subject


def repair_courses() -> QuerySet[Course]:
    """Courses that a session may teach: those for repair that are published."""
    return Course.objects.filter(audience=Audience.REPAIR, versions__state="published").order_by("title")


def subjects_with_items(kinds: Sequence[str], on: date, *, department: int | None = None) -> QuerySet[Subject]:
    """Organisations and sole traders with a public item of one of the kinds on a day, of one department or of all; natural persons are left out."""
    items = Disclosure.objects.visible_on(on).filter(kind__in=kinds)
    if department is not None:
        items = items.filter(record__source_department_id=department)
    return Subject.objects.with_public_page().filter(pk__in=items.order_by().values("subject_id")).order_by("pk")


def at_the_desk(user: User) -> QuerySet[Training]:
    """Sessions of one's department, of all for the credit office."""
    rows = Training.objects.select_related("department", "course", "planned_by", "entered_by", "confirmed_by")
    invited = Count("invitations", distinct=True)
    present = Count("seats", distinct=True, filter=Q(seats__struck_at__isnull=True))
    return within(rows, user).annotate(invited=invited, present=present).order_by("-on", "-pk")


def reached(training: Training) -> rules.Coverage:
    """How far a session reached, with the states of registration as they are now."""
    invited = dict(training.invitations.values_list("subject_id", "subject__operating_status"))
    seats = training.seats.counted()
    present = [(seat.subject_id, seat.minutes) for seat in seats]
    return rules.coverage(invited, present, least=training.least_minutes)


def invitations_of(account: CompanyAccount) -> QuerySet[Invitation]:
    """What the account's subject was invited to, the latest first."""
    ids = {account.subject_id, canonical_subject(account).pk}
    rows = Invitation.objects.filter(subject_id__in=ids, training__state__in=rules.SHOWN)
    return rows.select_related("training__department", "training__course").order_by("-training__on", "-pk")


def seats_taken(training: Training) -> int:
    """Seats that were asked for."""
    return sum(training.invitations.filter(seats__isnull=False).values_list("seats", flat=True))  # type: ignore[arg-type]  # filtered
