"""Example texts at the desk: written, published by another, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from supervision.campaigns import actions, forms, rules
from supervision.campaigns.models import Example
from supervision.campaigns.pages.campaigns import PAGES


@login_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A new example of a campaign."""
    case, user = PAGES.case_of(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, case.department)
    back = PAGES.url("case", case.pk)

    def run(data: dict[str, Any]) -> str:
        actions.write(case, title=data["title"], text=data["text"], by=user)
        return back

    context = {
        "title": "撰写治理案例",
        "lead": "由另一名审核员审核后公开。",
        "submit_label": "提交审核",
        "back_url": back,
    }
    form = forms.ExampleForm(request.POST or None)
    return act_on_form(
        request, "kit/form_page.html", context, form, action=run, message="已提交，请由另一名审核员审核。"
    )


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int, example: int) -> HttpResponse:
    """A second person reads the text and shows it."""
    return _act(request, pk, example, "publish")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int, example: int) -> HttpResponse:
    """An example leaves the public page."""
    return _act(request, pk, example, "withdraw")


def _act(request: HttpRequest, pk: int, example: int, verb: str) -> HttpResponse:
    case, user = PAGES.case_of(request, pk), staff_of(request)
    policy.require(user, rules.APPROVE if verb == "publish" else rules.WITHDRAW, case.department)
    row = get_object_or_404(Example.objects.filter(campaign=case.own), pk=example)
    back = PAGES.url("case", case.pk)
    if verb == "publish":
        form: Any = forms.PublishForm(request.POST or None, edited=row)
    else:
        form = forms.WithdrawForm(request.POST or None, edited=row)

    def run(data: dict[str, Any]) -> str:
        if verb == "publish":
            actions.publish(row, by=user, version=data["version_seen"])
        else:
            actions.withdraw(row, reason=data["reason"], by=user, version=data["version_seen"])
        return back

    label = "审核公开" if verb == "publish" else "撤下"
    context = {"case": case, "example": row, "label": label, "serious": verb == "withdraw", "back_url": back}
    return act_on_form(
        request, "campaigns/example.html", context, form, action=run, message=f"已{label.removeprefix('审核')}。"
    )
