"""The object library as a query over the register, and the inspectors of a department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from credit_platform.accounts.models import Department
from records.models import Subject
from records.models.subjects import SubjectQuerySet
from supervision.inspections.libraries.models import Inspector, InspectorQuerySet, Recusal, TaggedSubject
from supervision.inspections.libraries.workbook import CARD, INSPECTORS


def objects(criteria: Mapping[str, Any], on: date) -> SubjectQuerySet:
    """The subjects of the register that can be inspected: organisations and sole traders with a code, narrowed by what `criteria` names.

    `kinds`, `districts` (six figures), `tag` (code of a special library), `registered_from`, `registered_until` (ISO days): what is
    missing narrows nothing.
    """
    rows = Subject.objects.with_public_page()
    if kinds := criteria.get("kinds"):
        rows = rows.filter(kind__in=kinds)
    if districts := criteria.get("districts"):
        rows = rows.filter(district__in=districts)
    if tag := criteria.get("tag"):
        rows = rows.filter(Exists(TaggedSubject.objects.on(on).filter(subject=OuterRef("pk"), tag__code=tag)))
    if since := criteria.get("registered_from"):
        rows = rows.filter(registered_on__gte=since)
    if until := criteria.get("registered_until"):
        rows = rows.filter(registered_on__lte=until)
    return rows


def able(department: Department | int, items: Sequence[int], since: date, until: date) -> InspectorQuerySet:
    """Who of a department may inspect all these items and holds a valid card on each day from `since` to `until`."""
    rows = Inspector.objects.on_duty().filter(department=department)
    return rows.carded(since, until).for_items(list(items)).order_by("card_number")


def avoided(subjects: Sequence[int], inspectors: Sequence[int], on: date) -> dict[int, set[int]]:
    """Subject → ids of the inspectors who stay away from it on a day."""
    found: dict[int, set[int]] = {}
    rows = Recusal.objects.on(on).filter(inspector__in=inspectors)
    wanted = None if len(subjects) > 1000 else subjects
    rows = rows if wanted is None else rows.filter(subject__in=wanted)
    for subject, inspector in rows.values_list("subject_id", "inspector_id"):
        found.setdefault(subject, set()).add(inspector)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What a row of a file does to the library: `kind` new, changed, same, or foreign (somebody else's card)."""

    kind: str
    name: str
    number: str
    differences: str = ""


def compared(department: Department, rows: Sequence[Mapping[str, Any]]) -> list[Change]:
    """What each row of a list of inspectors would change of a department's library. Who is not in the file stays as they are."""
    known = {row.card_number: row for row in Inspector.objects.filter(card_number__in=[each[CARD] for each in rows])}
    return [_compared(department, known.get(each[CARD]), each) for each in rows]


def _compared(department: Department, row: Inspector | None, given: Mapping[str, Any]) -> Change:
    if row is None:
        return Change("new", given["name"], given[CARD])
    if row.department_id != department.pk:
        return Change("foreign", given["name"], given[CARD])
    changed = [
        f"{column.label}：{column.show(getattr(row, column.name))} → {column.show(given[column.name])}"
        for column in INSPECTORS
        if column.name in given and getattr(row, column.name) != given[column.name]
    ]
    return Change("changed" if changed else "same", row.name, row.card_number, "；".join(changed))


def counts_by_department() -> list[tuple[str, int]]:
    """How many inspectors each department has on duty: all that the public sees of them."""
    rows = Inspector.objects.on_duty().order_by().values_list("department__name").annotate(n=Count("pk"))
    return sorted(rows, key=lambda row: row[0])
