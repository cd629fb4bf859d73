"""Re-inspections for tests, brought to a state by their real steps."""

from __future__ import annotations

from django.utils import timezone

from casework.models import Case
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import CreditOfficeFactory
from credit_platform.audit.context import acting
from reinspections import actions
from reinspections.rules import QUESTIONS, Answer, Result
from repair.tests import factories as repairs

TODAY = repairs.TODAY
SOUND = dict.fromkeys(QUESTIONS, Answer.YES.value)
WAYS = {"drawn": (), "inspected": ("inspect",), "settled": ("inspect", "confirm")}


def looked_again(repair: Case | None = None) -> Case:
    """A granted repair that is to be looked at again."""
    repair = repair or repairs.case_in("granted")
    with acting(SYSTEM):
        (case,) = actions.begin(None, [str(repair.pk)], SYSTEM, timezone.localdate())
    return case


def found(result: Result = Result.SOUND, *no: str, **more) -> dict:
    """What an inspector says: a result with a “no” to these questions."""
    given = {"answers": SOUND | dict.fromkeys(no, Answer.NO.value), "result": result, "remarks": "已逐项核对案卷。"}
    return given | more


def take(case: Case, verb: str, by=None, **more) -> Case:
    """One real step, by somebody new."""
    case = Case.objects.get(pk=case.pk)
    given = {
        "inspect": found(),
        "confirm": {"opinion": "同意复核结果。"},
        "deny": {"reason": "请核对履行证明原件。"},
    }[verb] | more
    return getattr(actions, verb)(case, by=by or CreditOfficeFactory(), **given)


def case_in(state: str = "drawn") -> Case:
    """A re-inspection in a state."""
    case = looked_again()
    for verb in WAYS[state]:
        case = take(case, verb)
    return Case.objects.get(pk=case.pk)
