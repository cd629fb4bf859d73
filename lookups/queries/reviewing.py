"""What the review reads: the queries of a day as its rules take them, and what waits for an auditor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from credit_platform.workdays.queries import calendar
from lookups.models import Finding, HoldBack, Notable, Query
from lookups.rules.reviewing import Ground, Limits, Looked, ReviewState
from records.identifiers.names import mask_person_name
from records.models import SubjectKind

TOLD_DAYS = 30
"""Calendar days for which a warning stands on the desk of who was warned."""


def looked_on(day: date, limits: Limits) -> Iterator[tuple[Query, Looked]]:
    """The queries of people on a day in their order, each as the rules take it; so many statements, however many queries."""
    rows = (
        Query.objects.on_day(day).filter(actor_kind="staff").select_related("subject", "purpose").order_by("at", "pk")
    )
    units, notable = _units(day, limits.unit_days), _notable(day)
    workday, nth = calendar().is_workday(day), Counter[int | None]()
    for row in rows.iterator(chunk_size=2000):
        nth[row.actor_id] += 1
        subject = row.subject
        is_person = subject.kind == SubjectKind.PERSON if subject else row.number_asked_id is not None
        yield (
            row,
            Looked(
                actor=mask_person_name(row.actor_name),
                asked_for=mask_person_name(subject.name) if subject and is_person else "",
                is_person=is_person,
                has_case=bool(row.case_number),
                needs_case=row.purpose.needs_case if row.purpose else is_person,
                at=timezone.localtime(row.at).time(),
                workday=workday,
                nth=nth[row.actor_id],
                units=units.get(row.subject_id or 0, 0),
                notable=row.subject_id in notable,
            ),
        )


def _units(day: date, days: int) -> dict[int, int]:
    """Natural person → how many units asked for it in the days up to and with this one; persons of the day alone."""
    asked = Query.objects.on_day(day).filter(subject__kind=SubjectKind.PERSON).values("subject_id")
    rows = (
        Query.objects.filter(subject_id__in=asked, at__date__gt=day - timedelta(days=days), at__date__lte=day)
        .exclude(department__isnull=True)
        .values("subject_id")
        .annotate(units=Count("department_id", distinct=True))
        .order_by()
    )
    return {row["subject_id"]: row["units"] for row in rows}


def _notable(day: date) -> set[int]:
    return set(Notable.objects.in_force(day).values_list("subject_id", flat=True))


def work(user: User, on: date) -> list[WorkSection]:
    """What waits: for auditors the queue and an unusual volume, for the second person what was proposed, for who was warned the warning."""
    return [*_reviewer(user, on), *_second(user), *_holds(user), *_warned(user, on)]


def _reviewer(user: User, on: date) -> list[WorkSection]:
    if not policy.allows(user, "lookups.review"):
        return []
    rows = Finding.objects.open().for_reviewer(user)
    volume = rows.filter(ground=Ground.VOLUME.value)
    alarms = [
        WorkRow(f"{row.query.actor_name}　{row.query.day:%Y-%m-%d}", reverse("lookups:finding", args=[row.pk]))
        for row in volume.select_related("query")[:5]
    ]
    queue = reverse("lookups:findings")
    return [
        WorkSection(
            "查询量异常",
            alarms,
            capped_count(volume),
            f"{queue}?ground={Ground.VOLUME.value}",
            Severity.SERIOUS,
            "没有查询量异常。",
            7,
        ),
        WorkSection("待审查的查询", (), capped_count(rows), queue, Severity.WARN, "没有待审查的查询。", 8),
    ]


def _second(user: User) -> list[WorkSection]:
    if not policy.allows(user, "lookups.review.confirm"):
        return []
    rows = Finding.objects.proposed().exclude(decided_by=user)
    url = f"{reverse('lookups:findings')}?scope=proposed"
    return [WorkSection("查询审查待确认", (), capped_count(rows), url, Severity.WARN, "没有待确认的处理意见。", 9)]


def _holds(user: User) -> list[WorkSection]:
    if not policy.allows(user, "lookups.hold"):
        return []
    rows = HoldBack.objects.waiting().exclude(proposed_by=user)
    url = reverse("lookups:holds")
    return [WorkSection("推迟告知待确认", (), capped_count(rows), url, Severity.WARN, "没有待确认的推迟告知。", 60)]


def _warned(user: User, on: date) -> list[WorkSection]:
    since = on - timedelta(days=TOLD_DAYS)
    rows = Finding.objects.filter(
        state=ReviewState.WARNED.value,
        confirmed_at__date__gte=since,
        query__actor_kind=user.actor_kind,
        query__actor_id=user.pk,
    ).select_related("query")
    told = [WorkRow(f"查询 {row.query.number}　{row.ground_label}", "", note=row.text) for row in rows[:5]]
    return [WorkSection("查询审查提醒", told, len(told), severity=Severity.SERIOUS, order=4)] if told else []
