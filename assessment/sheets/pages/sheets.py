"""/desk/assessment/sheets/: the sheet of a department, the rows behind each number, and the contest of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessment.sheets.actions import contesting
from assessment.sheets.forms import ContestForm
from assessment.sheets.models import Number, Sheet
from assessment.sheets.queries.rows import rows_of
from assessment.sheets.queries.scores import scored, shown_numbers
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.indicators import INDICATORS
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form

SHOWN = 200
"""Rows of one kind on the page of a number; the file has them all."""


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet: every number with its share, what one more would bring, and what would raise it. An older version shows its numbers alone."""
    user = staff_of(request, rules.VIEW)
    rows = Sheet.objects.visible_to(user).select_related("month__scheme", "department", "contest__case")
    row = get_object_or_404(rows, pk=pk)
    line = scored(row.month, [row.department])[0]
    current = line.sheet.pk == row.pk
    context = {
        "sheet": row,
        "line": line if current else None,
        "numbers": shown_numbers(line) if current else [],
        "old_numbers": [] if current else row.numbers.order_by("pk"),
        "current": line.sheet,
        "versions": Sheet.objects.filter(month=row.month, department=row.department).order_by("-version"),
        "floor": row.month.scheme.floor,
        "on": timezone.localdate(),
    }
    return render(request, "assessment/sheet.html", context)


def _number(request: HttpRequest, pk: int) -> tuple[User, Number]:
    user = staff_of(request, rules.VIEW)
    sheets = Sheet.objects.visible_to(user)
    rows = Number.objects.filter(sheet__in=sheets).select_related("sheet__month", "sheet__department")
    return user, get_object_or_404(rows, pk=pk)


def may_contest(user: User, number: Number) -> bool:
    """Whether somebody is offered to contest a number today."""
    month, sheet_ = number.sheet.month, number.sheet
    return bool(
        number.missed
        and timezone.localdate() <= month.contest_until
        and policy.allows(user, rules.CONTEST, sheet_.department)
        and Sheet.objects.current().filter(pk=sheet_.pk).exists()
        and not month.is_issued
        and not number.contests.filter(is_open=True).exists()
    )


@login_required
@require_safe
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind a number: what was missed first, each with the page on which it can be read."""
    user, row = _number(request, pk)
    late = set(row.late)
    context = {
        "number": row,
        "sheet": row.sheet,
        "indicator": INDICATORS[row.indicator],
        "missed": [(each, each.ref in late) for each in rows_of(row.missed[:SHOWN])],
        "met": [(each, each.ref in late) for each in rows_of(row.met[:SHOWN])],
        "shown": SHOWN,
        "contests": row.contests.select_related("case").order_by("pk"),
        "may_contest": may_contest(user, row),
    }
    return render(request, "assessment/number.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    """A department contests a number."""
    user, row = _number(request, pk)
    policy.require(user, rules.CONTEST, row.sheet.department)
    form = ContestForm(request.POST or None, rows=rows_of(row.missed[:SHOWN]))

    def run(data: dict[str, Any]) -> str:
        case = contesting.lodge(row, refs=data["refs"], text=data["text"], by=user)
        return reverse("contest:case", args=[case.pk])

    context = {
        "title": f"申诉：{row.get_indicator_display()}",
        "lead": f"{row.sheet.department.name}，{row.sheet.month.label}。勾选认为应当计为完成的事项，写明事实和理由。",
        "submit_label": "提出申诉",
        "back_url": reverse("assessment:number", args=[row.pk]),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="申诉已提出，等待答复。")
