"""Who goes on a visit, and how each of them stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from supervision.inspections.libraries.models import Inspector, InspectorQuerySet, Recusal
from supervision.inspections.libraries.rules import Duty
from supervision.inspections.plans.models import Assignment
from supervision.inspections.visits.models import VisitCase
from supervision.inspections.visits.rules.procedure import Carded


def offered(row: VisitCase) -> InspectorQuerySet:
    """Whom a visit may be made by: who was drawn for this authority's part, or outside the draw the authority's inspectors on duty."""
    if row.object_id is not None:
        current = Assignment.objects.current().filter(object=row.object_id, part=row.part)
        return Inspector.objects.filter(pk__in=current.values("inspector")).order_by("card_number")
    return Inspector.objects.filter(department=row.case.department).on_duty().order_by("card_number")


def carded(inspectors: Iterable[Inspector], row: VisitCase, on: date) -> list[Carded]:
    """Inspectors as the rules see them on a day."""
    people = list(inspectors)
    away = set(
        Recusal.objects.on(on).filter(subject=row.subject, inspector__in=people).values_list("inspector_id", flat=True)
    )
    return [
        Carded(
            id=each.pk,
            card_from=each.card_from,
            card_until=each.card_until,
            on_duty=each.duty == Duty.ON,
            recused=each.pk in away,
        )
        for each in people
    ]
