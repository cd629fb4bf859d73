"""What somebody must do today about commitments: the sections of the desk's home."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from casework.rules.clocks import late_since
from commitments.models import CommitmentLetter, Review
from commitments.reviews.rules.days import SOON, TO_HEAD_AFTER
from commitments.rules.kinds import REVIEW_KIND_LABELS, ReviewKind
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Role, User
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from credit_platform.workdays.queries import calendar

ROWS = 6


def work(user: User, on: date) -> list[WorkSection]:
    """The sections for clerks, reviewers and the credit office; nothing for anybody else."""
    if not isinstance(user, User) or not policy.allows(user, "commitments.view"):
        return []
    days = calendar()
    found = [*_reviews(user, on, days.due_on(on, SOON))]
    if Role.REVIEWER in user.roles:
        late = within(Review.objects.open(), user, on).filter(due_on__lte=late_since(days, on, TO_HEAD_AFTER))
        found.append(_of_reviews("履约复核逾期，请负责人督促", late, "scope=late", Severity.SERIOUS, 14))
    if Role.CREDIT_OFFICE in user.roles:
        escalated = Review.objects.open().filter(escalated_on__isnull=False)
        url = reverse("commitments:reviews-escalated")
        found.append(_of_reviews("履约复核提请督办", escalated, "", Severity.SERIOUS, 16, url=url))
    if policy.allows(user, "commitments.review"):
        found.append(_papers(user, on, days.due_on(on, SOON)))
    return found


def _reviews(user: User, on: date, soon: date) -> list[WorkSection]:
    if not policy.allows(user, "commitments.review"):
        return []
    mine = within(Review.objects.open(), user, on)
    return [
        _of_reviews("履约复核已逾期", mine.filter(due_on__lt=on), "scope=late", Severity.SERIOUS, 12),
        _of_reviews(
            "履约复核即将到期",
            mine.filter(due_on__gte=on, due_on__lte=soon),
            f"due_from={on}&due_to={soon}",
            Severity.WARN,
            28,
        ),
    ]


def _of_reviews(
    title: str, rows: QuerySet[Review], query: str, severity: Severity, order: int, *, url: str = ""
) -> WorkSection:
    first = rows.select_related("letter__subject").order_by("due_on", "pk")[:ROWS]
    return WorkSection(
        title=title,
        rows=[
            WorkRow(
                title=f"{row.letter.subject.name}　{row.letter.code}",
                url=reverse("commitments:review", args=[row.pk]),
                due=row.due_on,
                note=REVIEW_KIND_LABELS[ReviewKind(row.kind)],
            )
            for row in first
        ],
        count=capped_count(rows),
        url=url or f"{reverse('commitments:reviews')}?{query}",
        severity=severity,
        order=order,
    )


def _papers(user: User, on: date, soon: date) -> WorkSection:
    rows = within(CommitmentLetter.objects.shortfall_open(), user, on).filter(shortfall_due_on__lte=soon)
    first = rows.select_related("subject").order_by("shortfall_due_on", "pk")[:ROWS]
    return WorkSection(
        title="容缺材料待补正",
        rows=[
            WorkRow(
                title=f"{row.subject.name}　{row.code}",
                url=reverse("commitments:settle", args=[row.pk]),
                due=row.shortfall_due_on,
                note=row.shortfall_papers[:60],
            )
            for row in first
        ],
        count=capped_count(rows),
        url=reverse("commitments:shortfalls"),
        severity=Severity.WARN,
        order=34,
    )
