"""Pilots for tests, brought to a state by their real steps; everything made up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from industry.pilots import actions

PDF = AttachedFile("统计表.pdf", b"%PDF-1.4\n%%EOF\n")
LINES = "平均办理时间,日,10,5\n满意率，%，80，95"
WAYS = {
    "proposed": (),
    "running": ("agree",),
    "denied": ("deny",),
    "measured": ("agree", "measure"),
    "summarised": ("agree", "measure", "summarise"),
    "spread": ("agree", "measure", "summarise", "spread"),
    "terminated": ("agree", "terminate"),
}
OFFICE = ("agree", "deny", "spread", "terminate")


def proposed(department: Department | None = None, **changed) -> Case:
    """A pilot that a clerk proposed."""
    department = department or DepartmentFactory()
    today = timezone.localdate()
    given = {
        "title": "告知承诺试点",
        "theme": "commitment",
        "plan": "当场作出决定，三十日内核查。",
        "indicators": LINES,
        "starts_on": today,
        "ends_on": today + timedelta(days=300),
        "by": ClerkFactory(department=department),
    }
    return actions.propose(department=department, **given | changed)


def take(case: Case, verb: str, *, by=None, on: date | None = None, **more) -> Case:
    """One real step, by somebody new."""
    case = Case.objects.select_related("department", "pilotcase").get(pk=case.pk)
    new = CreditOfficeFactory if verb in OFFICE else ClerkFactory
    given = {"by": by or new(department=case.department), "on": on or case.moved_on}
    if verb in ("deny", "terminate"):
        given["reason"] = "方案需要调整。"
    elif verb == "measure":
        given |= {"indicator": case.own.indicators.first(), "value": Decimal("7.5"), "evidence": [PDF]}
    elif verb == "summarise":
        given["lesson"] = "当场办结，履约率提高。"
    elif verb == "spread":
        given["spreading"] = "在各区县推广。"
    return getattr(actions, verb)(case, **given | more)


def pilot_in(state: str, department: Department | None = None) -> Case:
    """A pilot in a state."""
    case = proposed(department)
    for verb in WAYS[state]:
        case = take(case, verb)
    return case
