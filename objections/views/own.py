"""What who objected sees of an objection and can do with it: the same by an account and by number and code."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.models import Case
from casework.pages.own import OwnSteps, is_a_move
from casework.queries import course
from objections import actions, forms
from objections.queries.items import dates_shown, pauses_of
from objections.queries.outcomes import reached
from objections.rules.outcomes import REMEDY


def may(case: Case, verb: str, on: date) -> bool:
    """Whether who objected can take one of its steps now: an appeal through its last day, more evidence where no papers were asked for."""
    if verb == "appeal" and (case.own.appeal_until is None or on > case.own.appeal_until):
        return False
    return is_a_move(case, verb, on) and not (verb == "add" and is_a_move(case, "supply", on))


OWN = OwnSteps(
    {
        "supply": ("补正材料", forms.OwnSupplyForm, actions.supply),
        "add": ("补充证据", forms.OwnAddForm, actions.add),
        "appeal": ("申请复核", forms.OwnAppealForm, actions.appeal),
        "retract": ("撤回异议", forms.OwnRetractForm, actions.retract),
    },
    may,
)


def page_of(case: Case, on: date) -> dict[str, Any]:
    """What the page of an objection tells: where it stands, every last day of it and every pause, what was said and what can be done now."""
    return {
        "case": case,
        "row": case.own,
        "on": on,
        "stepper": course.stepper(case),
        "explained": course.explained(case),
        "dates": dates_shown(case.own),
        "pauses": pauses_of(case),
        "notices": case.notices.filter(subject__isnull=False).order_by("on", "pk"),
        "verbs": OWN.offered(case, on),
        "remedy": REMEDY,
        "reached": reached(case.own) if case.own.outcome else None,
    }
