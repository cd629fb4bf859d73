"""Objections at a window: for a visitor whose identity is seen, and for who lodged one without an account and comes with the papers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import disputes
from casework.models import Case
from casework.pages.window import WindowPages
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from objections import actions, forms
from objections.rules.procedure import CONFIRM, FILE, OBJECTION, State

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
PAGES = WindowPages(OBJECTION, "objections", FILE, "登记异议")


@get_or_post
@login_required
def new(request: HttpRequest, place: str, number: str) -> HttpResponse:
    """An objection for a visitor, whose number and code are told once, on the next page."""
    user = staff_of(request, FILE)
    disputed = disputes.find(place, number, timezone.localdate())
    if disputed is None:
        raise Http404
    form = forms.VisitorForm(request.POST or None, request.FILES or None, disputed=disputed, begun=request.GET.dict())

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("about", "field", "claimed", "grounds", "evidence")}
        case = actions.file(disputed, **given, by=user)
        return PAGES.give(request, case)

    context = {"disputed": disputed, "item": disputed.item}
    return act_on_form(request, "objections/new.html", context, form, action=run)


@require_safe
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """What waits for the papers of who lodged it, by the number of its receipt."""
    staff_of(request, CONFIRM)
    form = forms.FindForm(request.GET or None)
    number = form.cleaned_data["number"].strip() if form.is_valid() else ""
    case = _waiting().filter(number=number).first() if number else None
    if case is not None:
        return redirect("objection:confirm", case.pk)
    return render(request, "objections/find.html", {"form": form, "unknown": bool(number)})


@get_or_post
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Who lodged it, and the papers to be seen; with the last tick it is filed."""
    user = staff_of(request, CONFIRM)
    case = get_object_or_404(_waiting(), pk=pk)
    form = forms.ConfirmForm(request.POST or None, edited=case)

    def run(data: dict[str, Any]) -> str:
        actions.confirm(case, papers=data["papers"], on=data["on"], by=user, version=data["version_seen"])
        return reverse("objection:find")

    context = {"case": case, "row": case.own, "who": case.own.objector}
    done = f"{case.number}：身份已确认，已标注“异议处理中”。"
    return act_on_form(request, "objections/confirm.html", context, form, action=run, message=done)


def _waiting() -> Any:
    rows = Case.objects.of(OBJECTION).filter(state=State.LODGED)
    return rows.select_related("subject", "department", "objection__disclosure", "objection__objector")
