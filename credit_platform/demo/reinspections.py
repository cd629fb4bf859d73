"""Repairs of the demonstration city looked at again: one that is settled, or one that nobody has begun where only one has ended."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.demo import clock
from reinspections import actions
from reinspections.rules import QUESTIONS, Answer, Result
from repair.models import RepairCase
from repair.rules.procedure import State

ENDED = (State.GRANTED, State.REJECTED)
INSPECTOR, CONFIRMER = "xyb3", "xyb4"
"""Two of the credit office who have no part in the repairs themselves."""


def load_reinspections(today: date) -> int:
    """Begin a re-inspection of each repair that has ended, and settle the first; how many."""
    ended = RepairCase.objects.filter(case__state__in=ENDED).order_by("pk")
    with clock.at(today, 9), acting(SYSTEM):
        cases = actions.begin(None, [str(pk) for pk in ended.values_list("pk", flat=True)], SYSTEM, today)
    for case in cases[:1]:
        _settled(case, today)
    return len(cases)


def _settled(case: Case, today: date) -> None:
    inspector, confirmer = (User.objects.get(username=name) for name in (INSPECTOR, CONFIRMER))
    answers = dict.fromkeys(QUESTIONS, Answer.YES.value)
    remarks = "已逐项核对案卷，条件、材料和期限均符合规定。"
    with clock.at(today, 10):
        case = actions.inspect(case, answers=answers, result=Result.SOUND, remarks=remarks, by=inspector)
    with clock.at(today, 15):
        actions.confirm(case, opinion="同意复核结果。", by=confirmer)
