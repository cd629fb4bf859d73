"""What a subject reads of its own grades: those that the public reads, from their public face and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosure.models import Disclosure
from records.models import Subject
from records.queries.search import merged_with
from supervision.grading.rules.schemes import RECEIVED


@dataclass(frozen=True, slots=True)
class PublicGrade:
    """A grade as the public reads it."""

    row: Disclosure
    scheme: str
    grade: str


def public_grades(subject: Subject, on: date) -> list[PublicGrade]:
    """The evaluations of a subject that the public can read on a day, the newest first."""
    rows = Disclosure.objects.visible_on(on).filter(subject_id__in=merged_with(subject), kind=RECEIVED)
    return [
        PublicGrade(row, str(row.shown.get("PJ_FAMC", row.title)), str(row.shown.get("PJ_DJ", "")))
        for row in rows.order_by("-decided_on", "-pk")
    ]
