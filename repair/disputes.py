"""The result of a repair as what may be disputed (国办发〔2025〕22号): refused, rejected, granted, or undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.disputes import Disputed
from casework.models import Case, CaseQuerySet
from casework.rules.disputes import About
from credit_platform.web.formats import cn_date
from records.models import Subject
from repair.rules.procedure import REPAIR, State

PLACE = "repair"
RESULTS = (State.REFUSED, State.REJECTED, State.GRANTED, State.UNDONE)


def find(number: str, on: date) -> Disputed | None:
    """The result of the repair of a case number; None while there is none."""
    case = _cases().filter(number=number).first()
    return _disputed(case) if case else None


def own(subject: Subject, on: date) -> Iterator[Disputed]:
    """The results of a subject's repairs, the latest first."""
    for case in _cases().shown_to(subject).order_by("-moved_on", "-pk"):
        yield _disputed(case)


def _cases() -> CaseQuerySet:
    rows = Case.objects.of(REPAIR).filter(state__in=RESULTS)
    return rows.select_related("repaircase__disclosure__subject", "repaircase__disclosure__source_department")


def _disputed(case: Case) -> Disputed:
    item = case.own.disclosure
    why = f"：{case.closed_why}" if case.closed_why else ""
    return Disputed(
        place=PLACE,
        number=case.number,
        item=item,
        title=f"{item.title}的信用修复 {case.number}",
        abouts=(About.REPAIR,),
        result=f"{case.get_state_display()}（{cn_date(case.moved_on)}）{why}",
    )
