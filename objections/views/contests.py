"""Reconsiderations and lawsuits at the desk: entered by the notice of acceptance, ended by the decision."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts.desk import staff_of, within
from credit_platform.errors import at_field, refuse
from credit_platform.web.acting import act_on_form
from credit_platform.web.lists import ListPage, Sort
from disclosure.models import Disclosure
from objections import actions, forms
from objections.actions.contests import MANAGE
from objections.models import Contest

SORTS = {"newest": Sort("最近受理", ("-begun_on", "-pk"))}


@require_safe
@login_required
def contests(request: HttpRequest) -> HttpResponse:
    """What is under way, and what has ended."""
    user = staff_of(request, MANAGE)
    rows = within(Contest.objects.all(), user, through="disclosure__source_department")
    listing = ListPage(request, rows.select_related("disclosure"), None, sorts=SORTS)
    return render(request, "objections/contests.html", {"listing": listing})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """One is entered, for an item of one's own department."""
    user = staff_of(request, MANAGE)
    form = forms.ContestForm(request.POST or None, initial={"item": request.GET.get("item", "")[:12]})

    def run(data: dict[str, Any]) -> str:
        rows = within(Disclosure.objects.exclude(published_on=None), user, through="source_department")
        item = rows.filter(public_id=data["item"].strip().lower()).first()
        refuse([] if item else [at_field("contest.item", "item", "没有这个公示编号，或者不是本单位提供的信息。")])
        assert item is not None  # noqa: S101 - refused above
        given = {name: data[name] for name in ("kind", "body", "number", "begun_on")}
        actions.enter_contest(item, **given, by=user)
        return reverse("objection:contests")

    done = "已登记，公示页面已标注“复议、诉讼中”，公示不停止。"
    return act_on_form(request, "objections/contest.html", {"title": "登记复议、诉讼"}, form, action=run, message=done)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Its result."""
    user = staff_of(request, MANAGE)
    rows = within(Contest.objects.open(), user, through="disclosure__source_department")
    row = get_object_or_404(rows.select_related("disclosure"), pk=pk)
    form = forms.EndContestForm(request.POST or None, edited=row)

    def run(data: dict[str, Any]) -> str:
        version = data["version_seen"]
        actions.end_contest(row, result=data["result"], ended_on=data["ended_on"], by=user, version=version)
        return reverse("objection:contests")

    context = {"title": "登记结果", "row": row}
    return act_on_form(request, "objections/contest.html", context, form, action=run, message="结果已登记。")
