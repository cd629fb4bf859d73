"""Completion and hit rate of a year, by authority: drawn, inspected, skipped, open; problems found, by result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from credit_platform.accounts.models import Department
from credit_platform.web.figures import rate
from supervision.inspections.plans.models import TaskObject
from supervision.inspections.plans.queries.redraws import redraws
from supervision.inspections.plans.rules.states import OBJECT_ENDED, ObjectState, TaskState
from supervision.inspections.visits.models import VisitCase
from supervision.inspections.visits.rules.results import PROBLEMS, RESULT_LABELS, Result

ENDED = [state.value for state in OBJECT_ENDED]


@dataclass(slots=True)
class AuthorityFigures:
    """One authority in one year. `drawn` counts its parts of drawn objects; skipped objects are accounted for and counted apart.

    So 97 drawn are 78 + 10 + 3 + 6 by result when all is done. `redrawn`: tasks that were drawn once more."""

    department: Department
    drawn: int = 0
    skipped: int = 0
    open: int = 0
    outside: int = 0
    redrawn: int = 0
    results: Counter[Result] = field(default_factory=Counter)

    @property
    def inspected(self) -> int:
        """Visits whose result was reviewed, drawn and outside the draw."""
        return sum(self.results.values())

    @property
    def problems(self) -> int:
        """Of them those that found a problem."""
        return sum(self.results[each] for each in PROBLEMS)

    @property
    def completion(self) -> str:
        """(drawn − open) / drawn."""
        return rate(self.drawn - self.open, self.drawn)

    @property
    def hit_rate(self) -> str:
        """Problems of what was inspected."""
        return rate(self.problems, self.inspected)

    @property
    def by_result(self) -> list[tuple[str, int]]:
        """The results that were found, in words, with how many visits each."""
        return [(RESULT_LABELS[each], self.results[each]) for each in Result if self.results[each]]


def of_year(year: int, departments: Sequence[Department]) -> list[AuthorityFigures]:
    """The figures of authorities that had anything to inspect in a year: drawn by the first day of the task, visited by the day of the visit."""
    lines = {each.pk: AuthorityFigures(each) for each in departments}
    span = (date(year, 1, 1), date(year, 12, 31))
    rows = TaskObject.objects.filter(task__starts_on__range=span).exclude(task__state=TaskState.REDRAWN.value)
    begun = dict(_states(year))
    pairs = (
        rows.filter(items__part__department__in=lines).order_by().values_list("pk", "items__part__department", "state")
    )
    for pk, department, state in pairs.distinct():
        line, stands = lines[department], begun.get((pk, department), state)
        line.drawn += 1
        line.skipped += stands == ObjectState.SKIPPED
        line.open += stands not in ENDED
    visits = VisitCase.objects.of_year(year).filter(reviewed_by__isnull=False, case__department__in=lines)
    for department, result, exempt in visits.values_list("case__department", "result", "exempt"):
        lines[department].results[Result(result)] += 1
        lines[department].outside += bool(exempt)
    for again in redraws(year):
        if (own := lines.get(again.department.pk)) is not None:
            own.redrawn = len(again.tasks)
    return [line for line in lines.values() if line.drawn or line.inspected or line.redrawn]


def _states(year: int) -> list[tuple[tuple[int, int], str]]:
    """(object, authority) → where that authority's visit stands."""
    rows = VisitCase.objects.filter(object__isnull=False, object__task__starts_on__year=year)
    return [
        ((pk, department), state)
        for pk, department, state in rows.values_list("object", "case__department", "case__state")
    ]
