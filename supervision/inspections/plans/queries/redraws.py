"""Who drew more than once: a repeated draw is open to everybody, and more than one a year is told of by name of the authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from credit_platform.accounts.models import Department
from supervision.inspections.plans.models import InspectionTask

WITHOUT_REMARK = 1
"""Repeated draws of an authority and a year that pass without remark (parameter; basis “default” until the city fixes it)."""


@dataclass(frozen=True, slots=True)
class Redraws:
    """What an authority drew once more in a year: the former tasks, each with its reason, in the order of their numbers."""

    department: Department
    tasks: Sequence[InspectionTask]

    @property
    def is_too_often(self) -> bool:
        """Whether it is told of."""
        return len(self.tasks) > WITHOUT_REMARK


def redraws(year: int) -> list[Redraws]:
    """The authorities that drew something once more of the tasks of a year, the most often first."""
    rows = InspectionTask.objects.begun_anew().of_year(year).select_related("department").order_by("number")
    found: dict[Department, list[InspectionTask]] = {}
    for row in rows:
        found.setdefault(row.department, []).append(row)
    lines = [Redraws(department, tasks) for department, tasks in found.items()]
    return sorted(lines, key=lambda line: (-len(line.tasks), line.department.code))
