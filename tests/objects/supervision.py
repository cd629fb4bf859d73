"""What the bureau draws, visits and runs campaigns about."""

from __future__ import annotations

from typing import Any

from credit_platform.accounts.models import User
from supervision.campaigns.tests import factories as campaigns
from supervision.inspections.models import InspectionPlan, InspectionTask, Recusal, TaskPart
from supervision.inspections.visits.queries.desk import unbegun
from supervision.inspections.visits.tests import factories as visits


def of_campaigns(clerk: User) -> dict[str, Any]:
    """A campaign that runs, with what was entered about a target and two examples, and one whose list waits."""
    case = campaigns.case_in("running", department=clerk.department)
    target = campaigns.target_of(case)
    handling = campaigns.notified(target)
    return {
        "<campaign>": case.pk,
        "<frozen campaign>": campaigns.case_in("frozen", department=clerk.department).pk,
        "<target>": target.pk,
        "<handling>": handling.pk,
        "<campaign paper>": handling.paper_id,
        "<example>": campaigns.example(case).pk,
        "<public example>": campaigns.example(case, "public").pk,
    }


def of_inspections(clerk: User) -> dict[str, Any]:
    """What the bureau of the demonstration draws: a task that was drawn, one begun, its plan, who inspects."""
    tasks = InspectionTask.objects.filter(department=clerk.department)
    drawn, begun = tasks.filter(state__in=("drawn", "running")).latest("pk"), tasks.filter(state="draft").latest("pk")
    recusal = Recusal.objects.filter(inspector__department=clerk.department).latest("pk")
    return {
        "<drawn task>": drawn.pk,
        "<drawn task number>": drawn.number,
        "<task begun>": begun.pk,
        "<drawn subject>": drawn.objects_drawn.filter(state="assigned").latest("pk").pk,
        "<inspection plan>": InspectionPlan.objects.filter(department=clerk.department).latest("pk").pk,
        "<inspector>": recusal.inspector_id,
        "<recusal>": recusal.pk,
    }


def of_visits(clerk: User) -> dict[str, Any]:
    """Visits of the bureau: one that is being made, one whose results wait for review with its photo, and a drawn firm that nobody has visited."""
    entered = visits.case_in("entered", department=clerk.department)
    part = TaskPart.objects.filter(department=clerk.department, task__state__in=("drawn", "running")).latest("pk")
    return {
        "<visit>": visits.case_in("inspecting", department=clerk.department).pk,
        "<entered visit>": entered.pk,
        "<visit photo>": entered.attachments.get().pk,
        "<drawn part>": part.pk,
        "<unbegun object>": unbegun(part)[0].pk,
    }
