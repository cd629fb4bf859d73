"""Points are taken or added: entered by one with the document that they rest on, confirmed by another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from assessment.sheets.models import Month
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.procedures import ADJUSTMENT
from casework.actions import At, open_case, step
from casework.actions.hearing import close as end_case
from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, refuse


def enter(
    month: Month,
    department: Department,
    *,
    ground: str,
    points: Decimal,
    text: str,
    document: str,
    by: User,
    on: date | None = None,
) -> Case:
    """Enter points of a department's month (at most 10), with the facts and the document that they rest on. The credit office. Refused without any of
    these; Conflict once the circular of the month was issued."""
    with acting(by):
        policy.require(by, rules.ADJUST, department)
        _not_issued(month)
        refuse([*rules.against_adjustment(ground, points, text, document), *scanned(text=text)])
        own = {"month": month, "ground": ground, "points": points, "text": text.strip(), "document": document.strip()}
        return open_case(ADJUSTMENT, subject=None, department=department, by=by, on=on or timezone.localdate(), own=own)


def confirm(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The points count. The credit office, never who entered them. From ENTERED. Conflict once the circular of the month was issued."""
    with step(ADJUSTMENT, case, "confirm", by=by, on=on, version=version) as at:
        _not_issued(at.own.month)
        _decided(at, by)
    return at.case


def reject(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The points do not count, with the reason. Who: as `confirm`. From ENTERED."""
    with step(ADJUSTMENT, case, "reject", by=by, on=on, version=version) as at:
        end_case(at, reason=reason)
        _decided(at, by)
    return at.case


def _decided(at: At, by: User) -> None:
    at.case.decided_by, at.case.decided_on = by, at.on


def _not_issued(month: Month) -> None:
    if Month.objects.select_for_update().get(pk=month.pk).is_issued:
        raise Conflict(
            "adjustment.issued", "该月的通报已经印发，不能再加减分。", mend="确有必要的，请另发更正通报说明。"
        )
