"""What who objected sees of an objection and can do with it: the same by an account and by number and code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from casework.models import Case
from casework.queries import course
from credit_platform.web.forms import ActionForm
from objections import actions, forms
from objections.queries.items import dates_shown, pauses_of
from objections.queries.outcomes import reached
from objections.rules.outcomes import REMEDY
from objections.rules.procedure import OBJECTION

OWN: dict[str, tuple[str, type[ActionForm], Callable[..., Any]]] = {
    "supply": ("补正材料", forms.OwnSupplyForm, actions.supply),
    "add": ("补充证据", forms.OwnAddForm, actions.add),
    "appeal": ("申请复核", forms.OwnAppealForm, actions.appeal),
    "retract": ("撤回异议", forms.OwnRetractForm, actions.retract),
}


def may(case: Case, verb: str, on: date) -> bool:
    """Whether who objected can take one of its steps now: an appeal through its last day, more evidence where no papers were asked for."""
    if verb == "appeal" and (case.own.appeal_until is None or on > case.own.appeal_until):
        return False
    return (case.state, verb) in OBJECTION.moves and not (verb == "add" and (case.state, "supply") in OBJECTION.moves)


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
        "verbs": [(verb, label) for verb, (label, *_) in OWN.items() if may(case, verb, on)],
        "remedy": REMEDY,
        "reached": reached(case.own) if case.own.outcome else None,
    }
