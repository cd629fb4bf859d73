"""What the demonstration city's year of assessments holds of the bureau."""

from __future__ import annotations

from typing import Any

from assessment.models import (
    AdjustmentCase,
    ArticleCase,
    CircularCase,
    ContestCase,
    Document,
    EvidenceCase,
    Month,
    SchemeCase,
    Sheet,
    SpotCheckCase,
)
from credit_platform.accounts.models import User


def of_assessment(clerk: User) -> dict[str, Any]:
    """The last month with the bureau's sheet, and one of everything that can be done about it."""
    own = {"case__department": clerk.department}
    sheet = Sheet.objects.current().filter(department=clerk.department).latest("month__first")
    evidence = EvidenceCase.objects.get(case__state="submitted", **own)
    return {
        "<assignment>": evidence.assignment_id,
        "<evidence>": evidence.pk,
        "<evidence paper>": evidence.case.attachments.get().pk,
        "<spot check>": SpotCheckCase.objects.filter(case__state="drawn", **own).latest("pk").pk,
        "<document>": Document.objects.get(department=clerk.department, state="planned").pk,
        "<assessed month>": Month.objects.latest("first").pk,
        "<sheet>": sheet.pk,
        "<number>": sheet.numbers.get(indicator="timeliness").pk,
        "<verdict contested>": ContestCase.objects.get(case__state="lodged", **own).pk,
        "<adjustment>": AdjustmentCase.objects.get(case__state="entered", **own).pk,
        "<circular>": CircularCase.objects.get(case__state="drafted").pk,
        "<issued circular>": CircularCase.objects.get(case__state="issued").pk,
        "<scheme>": SchemeCase.objects.get(case__state="drafted").pk,
        "<article>": ArticleCase.objects.public()[0].pk,
        "<draft article>": ArticleCase.objects.get(case__state="drafted", **own).pk,
        "<proposed article>": ArticleCase.objects.get(case__state="proposed").pk,
    }
