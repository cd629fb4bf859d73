"""What a re-inspection is drawn from, and the figures of a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from casework.models import Case, Draw
from casework.rules.drawing import at_least
from casework.rules.draws import Stratum
from credit_platform.accounts.models import Department
from credit_platform.web.figures import rate
from credit_platform.workdays.rules.months import add_months
from reinspections.models import ReinspectionCase
from reinspections.rules import ANSWER_LABELS, MONTHS, QUESTIONS, SHARE, Answer, Result
from repair.models import RepairCase
from repair.rules.procedure import State

SLUG = "reinspections"
GROUND = "抽查范围是近十二个月内准予修复、不予修复和不予受理，且没有复核过的信用修复（哈政办规〔2020〕12号第32项）。"
STRATA = {
    "granted": ("准予修复", (State.GRANTED,)),
    "refused": ("不予修复、不予受理", (State.REJECTED, State.REFUSED)),
}


def population(department: Department, on: date) -> list[Stratum]:
    """Repairs of the whole city that ended within twelve months and nobody has looked at again: granted ones, and refused ones. The credit office
    draws for all departments, so `department` narrows nothing."""
    since = add_months(on, -MONTHS)
    ended = RepairCase.objects.filter(case__closed_on__gte=since, case__closed_on__lte=on)
    fresh = ended.exclude(pk__in=ReinspectionCase.objects.values("repair"))
    found = []
    for code, (label, states) in STRATA.items():
        ids = [str(pk) for pk in fresh.filter(case__state__in=states).order_by("pk").values_list("pk", flat=True)]
        if ids:
            ground = f"该层的 {SHARE.normalize():f}%，向上取整。"
            found.append(Stratum(code, label, ids, at_least(len(ids), SHARE), ground))
    return found


def gone(ids: Iterable[str]) -> list[str]:
    """Repairs that stand otherwise since the list was frozen (undone, applied for anew), or are looked at already."""
    asked = {int(each) for each in ids}
    states = [state for _, of in STRATA.values() for state in of]
    there = RepairCase.objects.filter(pk__in=asked, case__state__in=states).exclude(pk__in=looked_at())
    return [str(each) for each in sorted(asked - set(there.values_list("pk", flat=True)))]


def looked_at() -> QuerySet[ReinspectionCase, int]:
    """The repairs that somebody looks at now."""
    return ReinspectionCase.objects.filter(is_open=True).values_list("repair_id", flat=True)


def objects_of(draw: Draw, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """For the desk: each repair that was drawn, whose it is, and its re-inspection."""
    repairs = RepairCase.objects.select_related("case__subject").in_bulk([int(each) for each in ids])
    begun = dict(draw.reinspections.values_list("repair_id", "pk"))
    return [
        (
            str(row.pk),
            f"{row.case.number} {row.case.subject.name if row.case.subject else ''}",
            reverse("reinspection:case", args=[begun[row.pk]]) if row.pk in begun else "",
        )
        for row in (repairs[int(each)] for each in ids)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """The re-inspections of one department's repairs in a year."""

    department: Department
    total: int
    sound: int
    wrong: int
    missed: int

    @property
    def faults(self) -> int:
        return self.wrong + self.missed

    @property
    def rate(self) -> str:
        """Share of faults, in percent; “—” of nothing."""
        return rate(self.faults, self.total)


def figures(year: int) -> list[Line]:
    """By the department whose item it is, the most faults first."""
    rows: Any = ReinspectionCase.objects.of_year(year).order_by().values("case__department")
    counted = {
        row["case__department"]: row
        for row in rows.annotate(
            total=Count("pk"), **{each.value: Count("pk", filter=Q(result=each.value)) for each in Result}
        )
    }
    departments = Department.objects.in_bulk(list(counted))
    lines = [
        Line(departments[pk], row["total"], row["sound"], row["wrong"], row["missed"]) for pk, row in counted.items()
    ]
    return sorted(lines, key=lambda line: (-line.faults, line.department.code))


def total(lines: Sequence[Line]) -> tuple[int, int, int]:
    """Looked at, wrong, missed."""
    return sum(x.total for x in lines), sum(x.wrong for x in lines), sum(x.missed for x in lines)


def item_of(case: Case) -> dict[str, Any]:
    """What the page of a case adds: the repair, its item, the questions with their answers."""
    answers = case.own.answers
    asked = [(text, ANSWER_LABELS[Answer(answers[code])]) for code, text in QUESTIONS.items() if code in answers]
    return {"repair": case.own.repair, "item": case.own.repair.disclosure, "asked": asked}
