"""Where each indicator is read: one question for all departments, answered in facts. Nothing of it is ever typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q

from assessment.plan.queries import due_in
from assessment.sheets.rules.months import Fact
from casework.queries.deadlines import deadlines
from checks.models import DecidedCase
from commitments.reviews.models import Review
from credit_platform.workdays.queries import calendar
from disclosure import kinds
from disclosure.models import Disclosure
from disclosure.models.disclosures import DisclosureQuerySet
from disclosure.rules.states import State
from records.models import RefusedRow
from supervision.inspections.plans.models import TaskObject
from supervision.inspections.plans.rules.states import ObjectState, TaskState
from supervision.inspections.visits.models import VisitCase

Source = Callable[[date, date], Iterator[Fact]]
INSPECTION, LETTER = "act-inspection", "commitment"
COLLECT_DAYS = 7
"""Working days from signing to collection of a commitment letter (parameter of the platform; the plan says “及时”)."""
LONGEST = 40
"""Calendar days that COLLECT_DAYS working days can take at most."""
JOINT = {"joint-task": ("sent", "accepted", "reported"), "joint-lifting": ("asked",)}
REPAIR = {"repair": ("accepted", "verified", "reviewed")}
OBJECTIONS = {"objection": ("forwarded",)}
"""The states in which the department, and nobody else, has to act."""


def _decisions(since: date, until: date) -> Iterator[tuple[int, int, date, date | None, date]]:
    """(id, department, due, published, arrived) of decisions whose seven working days end in these days; inspections are counted apart."""
    rows = Disclosure.objects.filter(kind__in=set(kinds.TIMED) - {INSPECTION}, due_on__range=(since, until))
    asked = ("pk", "source_department_id", "due_on", "published_on", "arrived_on")
    yield from _shown(rows).values_list(*asked).order_by("pk").iterator()


def _shown(rows: DisclosureQuerySet) -> DisclosureQuerySet:
    """Without those that the law keeps from the public, and those that were withdrawn before anybody saw them."""
    return rows.exclude(Q(state=State.EXEMPT) | Q(state=State.WITHDRAWN, published_on__isnull=True))


def reporting(since: date, until: date) -> Iterator[Fact]:
    """双公示上报率: reported without mistakes by the last day."""
    for pk, department, due, _, arrived in _decisions(since, until):
        yield Fact(department, f"disclosure:{pk}", arrived <= due, arrived)


def timeliness(since: date, until: date) -> Iterator[Fact]:
    """双公示及时率: published by the last day."""
    for pk, department, due, published, arrived in _decisions(since, until):
        yield Fact(department, f"disclosure:{pk}", published is not None and published <= due, arrived)


def compliance(since: date, until: date) -> Iterator[Fact]:
    """双公示合规率: what arrived in these days and became a record, against what was refused and nobody has mended."""
    timed = set(kinds.TIMED)
    rows = Disclosure.objects.filter(kind__in=timed, arrived_on__range=(since, until)).order_by("pk")
    for pk, department in rows.values_list("pk", "source_department_id").iterator():
        yield Fact(department, f"disclosure:{pk}", True)
    refused = RefusedRow.objects.filter(kind__in=timed, first_at__date__range=(since, until)).order_by("pk")
    for pk, department in refused.values_list("pk", "department_id").iterator():
        yield Fact(department, f"refused:{pk}", False)


def letters(since: date, until: date) -> Iterator[Fact]:
    """承诺归集率: collected within COLLECT_DAYS working days after signing."""
    due = lru_cache(maxsize=None)(lambda day: calendar().due_on(day, COLLECT_DAYS))
    rows = Disclosure.objects.filter(kind=LETTER, decided_on__range=(since - timedelta(days=LONGEST), until))
    asked = ("pk", "source_department_id", "decided_on", "arrived_on")
    for pk, department, signed, arrived in rows.order_by("pk").values_list(*asked).iterator():
        if since <= due(signed) <= until:
            yield Fact(department, f"disclosure:{pk}", arrived <= due(signed), arrived)


def reviews(since: date, until: date) -> Iterator[Fact]:
    """承诺复核按期率: the look at a letter was done by its day."""
    rows = Review.objects.filter(due_on__range=(since, until)).exclude(state="void").order_by("pk")
    for pk, department, due, done in rows.values_list("pk", "department_id", "due_on", "done_on").iterator():
        yield Fact(department, f"review:{pk}", done is not None and done <= due)


def checks(since: date, until: date) -> Iterator[Fact]:
    """应查必查: decided with a check that held."""
    rows = DecidedCase.objects.filter(matter__required=True, decided_on__range=(since, until))
    unchecked = set(rows.unchecked().values_list("pk", flat=True))
    for pk, department in rows.order_by("pk").values_list("pk", "department_id").iterator():
        yield Fact(department, f"decided:{pk}", pk not in unchecked)


def joint(since: date, until: date) -> Iterator[Fact]:
    """联合奖惩反馈率: tasks and liftings answered by their days."""
    return _stages(JOINT, since, until)


def repair(since: date, until: date) -> Iterator[Fact]:
    """信用修复按期率: verified, reviewed and decided by their days."""
    return _stages(REPAIR, since, until)


def objections(since: date, until: date) -> Iterator[Fact]:
    """异议处理按期率: the source verified by its day."""
    return _stages(OBJECTIONS, since, until)


def _stages(states: Mapping[str, Collection[str]], since: date, until: date) -> Iterator[Fact]:
    for each in deadlines(states, since, until):
        yield Fact(each.department, f"case:{each.case}/{each.state}", each.in_time)


def inspections(since: date, until: date) -> Iterator[Fact]:
    """双随机完成率: what was drawn was inspected by the last day of its task. Skipped ones are accounted for and counted nowhere."""
    rows = TaskObject.objects.filter(task__ends_on__range=(since, until)).exclude(task__state=TaskState.REDRAWN.value)
    parts = rows.exclude(state=ObjectState.SKIPPED.value).order_by("pk", "items__part__department")
    asked = ("pk", "items__part__department_id", "task__ends_on")
    drawn = list(parts.filter(items__part__isnull=False).values_list(*asked).distinct())
    visits = VisitCase.objects.filter(object__in={pk for pk, _, _ in drawn})
    days = visits.values_list("object_id", "case__department_id", "ended_on")
    ended = {(pk, department): day for pk, department, day in days}
    for pk, department, last in drawn:
        day = ended.get((pk, department))
        yield Fact(department, f"object:{pk}", day is not None and day <= last)


def results(since: date, until: date) -> Iterator[Fact]:
    """检查结果公示及时率: published by the last day."""
    rows = _shown(Disclosure.objects.filter(kind=INSPECTION, due_on__range=(since, until)))
    asked = ("pk", "source_department_id", "due_on", "published_on", "arrived_on")
    for pk, department, due, published, arrived in rows.order_by("pk").values_list(*asked).iterator():
        yield Fact(department, f"disclosure:{pk}", published is not None and published <= due, arrived)


def tasks(since: date, until: date) -> Iterator[Fact]:
    """任务落实率: what an assignment owed in these days has accepted evidence, and was done by its day."""
    for assignment, day, done in due_in(since, until):
        yield Fact(assignment.department_id, f"assignment:{assignment.pk}/{day.isoformat()}", done)


SOURCES: dict[str, Source] = {
    "reporting": reporting,
    "timeliness": timeliness,
    "compliance": compliance,
    "letters": letters,
    "reviews": reviews,
    "checks": checks,
    "joint": joint,
    "repair": repair,
    "objections": objections,
    "inspections": inspections,
    "results": results,
    "tasks": tasks,
}
"""By indicator; a test holds that each has one."""
VOLATILE = frozenset({"refused"})
"""Kinds of rows that go when they are mended: a recomputation takes them as they were kept."""
