"""A month is frozen: what was due, what was met, and the very rows. Nothing of it is changed afterwards."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from assessment.sheets.models import Month, Number, SchemeCase, Sheet
from assessment.sheets.queries.figures import Counted, Figures, figures_of
from assessment.sheets.rules.months import against_freezing, next_month
from assessment.sheets.rules.procedures import ARTICLE, FREEZE
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused, refuse
from credit_platform.workdays.queries import calendar

LOCK = "SELECT pg_advisory_xact_lock(hashtext('assessment.month'))"
CHUNK = 500


def freeze_month(first: date, *, by: Actor, on: date | None = None) -> Month:
    """Freeze the figures of the month that begins on `first`: a sheet for every department for which anything fell due.

    The credit office and the clock. Refused before its day, out of order and without a scheme in force; Conflict when it is frozen already.
    Departments may contest a number for as many working days as the scheme says, the day after counted first (组织实施第4项).
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, FREEZE)
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        if Month.objects.filter(first=first).exists():
            raise Conflict("month.frozen", "该月的考核数字已经冻结。", mend="请刷新页面查看。")
        scheme = SchemeCase.objects.in_force(first)
        if scheme is None:
            raise Refused("month.scheme", "该月没有施行中的考核方案。", mend="请先审定考核方案。", article=ARTICLE)
        before = Month.objects.order_by("-first").first()
        refuse(against_freezing(first, on=on, days=scheme.freeze_days, newest=before.first if before else None))
        figures = figures_of(first, scheme, frozen_on=on, before=before)
        month = Month.objects.create(
            first=first,
            scheme=scheme,
            frozen_on=on,
            frozen_at=timezone.now(),
            frozen_by=by if isinstance(by, User) else None,
            contest_until=calendar().due_on(on, scheme.contest_days),
        )
        sheets = _keep(month, scheme, figures)
        audit.record("assessment.freeze", month, by=by, after={"first": first, "sheets": len(sheets)})
    return month


def _keep(month: Month, scheme: SchemeCase, figures: Figures) -> list[Sheet]:
    by_department: dict[int, dict[str, Counted]] = defaultdict(dict)
    for (department, code), counted in figures.items():
        by_department[department][code] = counted
    departments = Department.objects.filter(pk__in=by_department).order_by("code")
    sheets = Sheet.objects.bulk_create([Sheet(month=month, department=each) for each in departments])
    nothing = Counted()
    numbers = [
        number_of(sheet, line.indicator, line.points, by_department[sheet.department_id].get(line.indicator, nothing))
        for sheet in sheets
        for line in scheme.lines.all()
    ]
    Number.objects.bulk_create(numbers, batch_size=CHUNK)
    return sheets


def number_of(sheet: Sheet, indicator: str, points: Decimal, counted: Counted) -> Number:
    """A number, not saved: its rows in their order, so that two computations write the same."""
    rows = {"met": sorted(counted.met), "missed": sorted(counted.missed), "late": sorted(counted.late)}
    return Number(sheet=sheet, indicator=indicator, points=points, **rows)


def freeze_due(on: date | None = None) -> list[Month]:
    """Freeze every month that is over and not frozen yet, in their order, from the first month of the first scheme. Safe to run twice."""
    on = on or timezone.localdate()
    frozen: list[Month] = []
    while (first := _next_due(on)) is not None:
        frozen.append(freeze_month(first, by=SYSTEM, on=on))
    return frozen


def _next_due(on: date) -> date | None:
    newest = Month.objects.order_by("-first").first()
    begun = SchemeCase.objects.adopted().order_by("valid_from").first()
    if begun is None:
        return None
    first = next_month(newest.first) if newest else begun.valid_from
    scheme = SchemeCase.objects.in_force(first)
    if scheme is None or list(against_freezing(first, on=on, days=scheme.freeze_days, newest=None)):
        return None
    return first
