"""/desk/audit/notable/ and /desk/queries/holds/: whose queries are looked at one by one, and what the subject is told later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from lookups.actions.authorising import sought
from lookups.actions.notables import end_notable, mark_notable
from lookups.actions.reviewing import REVIEW
from lookups.actions.telling import HOLD, confirm_hold, decline_hold, hold_back
from lookups.forms import HoldForm, NotableForm
from lookups.models import HoldBack, Notable, Query

DECISIONS = {"confirm": (confirm_hold, "已确认推迟告知。"), "decline": (decline_hold, "已不予推迟告知。")}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters("q")
def notables(request: HttpRequest) -> HttpResponse:
    """Whose queries are looked at one by one, and the form that adds one."""
    user = staff_of(request, REVIEW)
    form = NotableForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        mark_notable(sought(given["q"], purpose="登记重点关注对象", by=user), reason=given["reason"], by=user)
        return reverse("lookups:notables")

    rows = Notable.objects.filter(valid_until__isnull=True).select_related("subject")
    return act_on_form(request, "lookups/notables.html", {"rows": rows}, form, action=action, message="已登记。")


@require_POST
@login_required
def notable_end(request: HttpRequest, pk: int) -> HttpResponse:
    """One is taken off."""
    user = staff_of(request, REVIEW)
    end_notable(get_object_or_404(Notable, pk=pk), by=user)
    messages.success(request, "已移出。")
    return redirect("lookups:notables")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def holds(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what is in force, and the form that proposes one."""
    user = staff_of(request, HOLD)
    form = HoldForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        hold_back(_query(given["number"]), until=given["until"], reason=given["reason"], by=user)
        return reverse("lookups:holds")

    rows = HoldBack.objects.select_related("query", "proposed_by", "confirmed_by").order_by("-pk")[:100]
    context = {"rows": [(row, _may(row, user)) for row in rows]}
    done = "已提出，由另一人确认后生效。"
    return act_on_form(request, "lookups/holds.html", context, form, action=action, message=done)


def _query(number: str) -> Query:
    row = Query.objects.filter(number=number.strip().upper()).first()
    if row is None:
        raise Refused("lookups.number", "没有这个查询编号。", mend="请核对查询结果上的编号。")
    return row


def _may(row: HoldBack, user: User) -> bool:
    return row.confirmed_by_id is None and row.declined_at is None and row.proposed_by_id != user.pk


@require_POST
@login_required
def hold_decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A second person confirms or declines."""
    user = staff_of(request, HOLD)
    decide, told = DECISIONS[verb]
    decide(get_object_or_404(HoldBack, pk=pk), by=user)
    messages.success(request, told)
    return redirect("lookups:holds")
