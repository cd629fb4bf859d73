"""What the desk asks of visits: the draft of a notice, what a page shows, drawn objects that nobody has begun."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from supervision.inspections.items.models import Item, ItemEntry
from supervision.inspections.plans.models import FrequencyCap, TaskObject, TaskPart
from supervision.inspections.plans.rules import caps
from supervision.inspections.plans.rules.caps import EXEMPT_LABELS, Exempt
from supervision.inspections.plans.rules.states import ObjectState, TaskState
from supervision.inspections.visits.models import FollowUp, RecusalRequest, VisitCase, VisitItem
from supervision.inspections.visits.queries.teams import offered
from supervision.inspections.visits.rules import procedure as rules
from supervision.inspections.visits.rules.follow_ups import FOLLOWS

RUNNING = [TaskState.DRAWN.value, TaskState.RUNNING.value]


def waiting(departments: list[int]) -> QuerySet[TaskPart]:
    """Parts of running tasks that some department still has to begin visits for."""
    return TaskPart.objects.filter(department__in=departments, task__state__in=RUNNING).select_related(
        "task", "department"
    )


def unbegun(part: TaskPart) -> QuerySet[TaskObject]:
    """The objects of a part, in the order of the draw, whose visit its authority has not begun."""
    begun = VisitCase.objects.filter(object=OuterRef("pk"), part=part)
    rows = TaskObject.objects.filter(task=part.task, items__part=part).exclude(state=ObjectState.SKIPPED.value)
    return rows.filter(~Exists(begun)).select_related("subject").distinct().order_by("stratum", "place")


def listed_items(department: Department, on: date) -> QuerySet[Item]:
    """What an authority may inspect on a day."""
    entries = ItemEntry.objects.in_force(on).of_department(department)
    return Item.objects.filter(pk__in=entries.values("item")).order_by("code")


def draft_notice(case: Case, on: date) -> dict[str, Any]:
    """What the form of a notice holds at first."""
    row: VisitCase = case.own
    text = rules.notice_text(
        subject=row.subject.name,
        items=[each.item.name for each in row.items.select_related("item")],
        team=[each.name for each in offered(row)] if row.object_id else [],
        exempt=EXEMPT_LABELS[Exempt(row.exempt)] if row.exempt else "",
        cap=cap_of(case.department, on),
        visits=visits_of(row, on),
    )
    return {
        "notice": text,
        "planned_on": row.object.task.starts_on if row.object and row.object.task.starts_on > on else on,
    }


def cap_of(department: Department, on: date) -> int:
    """How often a year an authority may inspect one firm, whatever the field."""
    rows = [each.cap for each in FrequencyCap.objects.on(on)]
    return caps.of_authority(rows, department.pk, department.level, "")


def visits_of(row: VisitCase, on: date) -> int:
    """How many visits within the caps an authority has announced to a firm in the year, this one not counted."""
    before = VisitCase.objects.filter(case__subject=row.subject, case__department=row.case.department, exempt="")
    return (
        before.filter(notified_on__year=on.year)
        .exclude(case__state=ObjectState.SKIPPED.value)
        .exclude(pk=row.pk)
        .count()
    )


def open_requests(case: Case, on: date) -> list[RecusalRequest]:
    """Requests for recusal that wait."""
    rows = RecusalRequest.objects.filter(visit=case.own, ruling=rules.Ruling.OPEN.value)
    return list(rows.select_related("inspector"))


def open_follow_ups(case: Case, on: date) -> list[FollowUp]:
    """Follow-ups without an end, the earliest first."""
    rows = FollowUp.objects.filter(visit=case.own, ended_on=None).select_related("item__item")
    return list(rows.order_by("due_on", "pk"))


def item_rows(case: Case, on: date) -> list[VisitItem]:
    """The rows of the items, for the form of the results."""
    return list(case.own.items.select_related("item"))


def more(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a visit adds: items, who comes, requests, what follows."""
    row: VisitCase = case.own
    handles = policy.allows(user, rules.HANDLE, case.department)
    came = [each for each in (row.first_inspector, row.second_inspector) if each]
    return {
        "items": item_rows(case, on),
        "team": [*came, *row.others.all()] if came else list(offered(row)) if row.object_id else [],
        "requests": list(row.recusal_requests.select_related("inspector", "ruled_by")),
        "follow_ups": list(row.follow_ups.select_related("item__item")),
        "follows": any(each.result and each.as_result in FOLLOWS for each in row.items.all()),
        "phone": handles and case.state == ObjectState.INSPECTING,
        "today": timezone.localdate(),
    }
