"""/window/companies/: one column, large type, keyboard: find an application, see who it is, confirm or refuse."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from companies import actions
from companies.forms import ConfirmForm, FindForm, ReasonForm
from companies.queries import accounts, found_at_window, register_unit
from companies.rules import AccountState
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.counter import Slip


def window_for(slip: Slip) -> str:
    """Where the applications of a firm that was looked up are confirmed (`credit_platform.web.counter`)."""
    return f"{reverse('companies:window')}?{urlencode({'q': slip.code})}" if slip.code else ""


@require_safe
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """The one field; a single hit opens at once."""
    _confirming(request)
    form = FindForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = found_at_window(text) if text else []
    if len(rows) == 1:
        return redirect("companies:window-account", receipt=rows[0].receipt)
    return render(request, "companies/window_find.html", {"form": form, "rows": rows, "text": text})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest, receipt: str) -> HttpResponse:
    """Who applies; all papers are ticked and the account is opened, or it is refused with a reason."""
    user = _confirming(request)
    row = get_object_or_404(accounts(), receipt=receipt)
    refusing = request.POST.get("verb") == "refuse"
    confirm_form = ConfirmForm(None if refusing else request.POST or None)
    refuse_form = ReasonForm(request.POST if refusing else None, prefix="refuse")

    def action(given: dict[str, Any]) -> str:
        if refusing:
            actions.refuse(row, by=user, reason=given["reason"])
        else:
            actions.confirm(row, by=user, papers=given["papers"])
        return reverse("companies:window")

    context = {
        "row": row,
        "waits": row.state == AccountState.APPLIED,
        "confirm_form": confirm_form,
        "refuse_form": refuse_form,
    }
    done = f"{row.subject.name}：{'申请未通过' if refusing else '账户已开通'}。"
    form = refuse_form if refusing else confirm_form
    return act_on_form(request, "companies/window_account.html", context, form, action=action, message=done)


def _confirming(request: HttpRequest) -> User:
    """Who confirms applications: windows, and clerks of the registering authority."""
    user = staff_of(request)
    policy.require(user, "companies.confirm", register_unit())
    return user
