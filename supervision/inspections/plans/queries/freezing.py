"""The population of a task on a day: who is in it by tier, and who is left out and why. Read in a few sweeps, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Collate

from records.models import Subject
from supervision.grading.queries.tiers import tiers_of
from supervision.inspections.items.rules.lines import GENERAL
from supervision.inspections.libraries.queries import objects
from supervision.inspections.plans.models import FrequencyCap, InspectionTask, TaskItem, TaskObject
from supervision.inspections.plans.rules import caps
from supervision.inspections.plans.rules.caps import Left

CHUNK = 20_000
Pairs = list[tuple[str, int]]
"""Code and id of subjects."""


@dataclass(slots=True)
class Population:
    """What a freezing found: by tier who is in the list, by reason who is left out."""

    strata: dict[str, Pairs] = field(default_factory=lambda: defaultdict(list))
    left: dict[Left, Pairs] = field(default_factory=lambda: defaultdict(list))


def items_of(task: InspectionTask) -> list[TaskItem]:
    """The items of a task, the initiator's first."""
    rows = TaskItem.objects.filter(part__task=task).select_related("part__department", "item", "entry")
    return list(rows.order_by("-part__leads", "part", "pk"))


def population(task: InspectionTask, items: list[TaskItem], on: date) -> Population:
    """The subjects of a task: what all its items concern, narrowed by its criteria; apart from them who is gone from the register, at the
    caps, or inspected for the same item this year. `items` with their entries; tiers are those of `on`."""
    kinds = set.intersection(*(set(each.entry.kinds) for each in items if each.entry))
    rows = objects(task.criteria, on).filter(kind__in=kinds)
    out = _at_caps(task, items) | dict.fromkeys(_same_items(task, items), Left.SAME_ITEM)
    found, gone = Population(), cache(caps.left_out)
    eligible: Pairs = []
    for pk, code, status in _swept(rows):
        left = gone(status) or out.get(pk)
        (found.left[left] if left else eligible).append((code, pk))
    tier = tiers_of([pk for _, pk in eligible], _field(items), on)
    for pair in eligible:
        found.strata[tier[pair[1]]].append(pair)
    return found


def _swept(rows: QuerySet[Subject]) -> Any:
    """In the order of bytes of the codes, in which lists are written and their digests made."""
    return rows.order_by(Collate("code", "C")).values_list("pk", "code", "operating_status").iterator(chunk_size=CHUNK)


def _field(items: list[TaskItem]) -> str:
    """The field whose tiers count: that of the leading item, the general one where it names none."""
    entry = items[0].entry
    return (entry.field if entry else "") or GENERAL


def _same_items(task: InspectionTask, items: list[TaskItem]) -> set[int]:
    """Who is on the list of inspections of this year for one of the same items already."""
    rows = TaskObject.objects.counted(task.starts_on.year).exclude(task=task)
    wanted = [each.item_id for each in items]
    return set(rows.filter(items__item__in=wanted).values_list("subject_id", flat=True))


def _at_caps(task: InspectionTask, items: list[TaskItem]) -> dict[int, Left]:
    """Who may not be inspected once more this year: by the caps of the task's authorities, or of all together; a joint visit counts once."""
    rows = [each.cap for each in FrequencyCap.objects.on(task.starts_on)]
    authorities = {each.part.department_id: each.part.department for each in items}
    allowed = {pk: caps.of_authority(rows, pk, authority.level, _field(items)) for pk, authority in authorities.items()}
    year = task.starts_on.year
    visits: Any = TaskObject.objects.counted(year).exclude(task=task).order_by().values("subject_id")
    together = dict(visits.annotate(n=Count("pk")).values_list("subject_id", "n"))
    by_authority: dict[int, dict[int, int]] = defaultdict(dict)
    parts = visits.filter(task__parts__department__in=authorities).values("subject_id", "task__parts__department")
    for subject, authority, number in parts.annotate(n=Count("pk")).values_list(
        "subject_id", "task__parts__department", "n"
    ):
        by_authority[subject][authority] = number
    most = caps.over_all(rows)
    return {
        subject: Left.CAP
        for subject, number in together.items()
        if caps.reached(by_authority.get(subject, {}), allowed, number, most)
    }


def visits_of(subject: Subject, year: int) -> Mapping[str, int]:
    """How often a firm is inspected in a year, by authority and together (key ""): what it is told of its cap."""
    rows = TaskObject.objects.counted(year).filter(subject=subject)
    counted: dict[str, int] = {"": rows.count()}
    for name, number in rows.order_by().values_list("task__parts__department__name").annotate(n=Count("pk")):
        counted[name] = number
    return counted
