"""The desk's pages of removals."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from sanctions.lists.queries.days import days_of
from sanctions.lists.queries.desk import entries_of
from sanctions.removals import actions, forms, rules
from sanctions.removals.actions import Asked
from sanctions.removals.rules import CHOICES, REMOVAL


def more(case: Case, user: User, on: Any) -> dict[str, Any]:
    """What the page of a case adds: the entry and its days."""
    return {"entry": case.own.entry, "list": case.own.entry.credit_list, "days": days_of(case.own.entry)}


PAGES = CasePages(
    REMOVAL,
    address="sanctions/removals",
    templates="sanctions/removals",
    filters=case_filter(
        REMOVAL,
        way=django_filters.ChoiceFilter(
            label="移出方式", empty_label="全部", field_name="removalcase__way", choices=CHOICES
        ),
    ),
    joined=("entry__credit_list",),
    lead="提前移出、决定撤销和错误列入，由一人提出、另一人确认；期满的自动移出，不在这里办理。",
    more=more,
    columns=(
        *COLUMNS[:3],
        Column("名单", lambda case: case.removalcase.entry.credit_list.name, 26),
        Column("移出方式", lambda case: case.removalcase.get_way_display()),
        *COLUMNS[3:],
    ),
    forms={
        "confirm": StepPage(forms.ConfirmForm, actions.confirm),
        "refuse": StepPage(forms.RefuseForm, actions.refuse_removal),
    },
)


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest, entry: int) -> HttpResponse:
    """Ask that an entry leaves its list."""
    user, on = staff_of(request, "sanctions.view"), timezone.localdate()
    row = get_object_or_404(entries_of(user, on), pk=entry)
    policy.require(user, rules.ASK, row.record.source_department)
    form = forms.AskForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        names = ("way", "document", "why", "performed_on", "public_note")
        made = actions.ask(row, Asked(**{name: data[name] for name in names}), proof=data["proof"], by=user, on=on)
        return PAGES.url("case", made.pk)

    context = {"row": row, "list": row.credit_list, "days": days_of(row)}
    done = "已提出，请由另一名审核员确认。"
    return act_on_form(request, "sanctions/removals/ask.html", context, form, action=run, message=done)
