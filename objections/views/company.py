"""/my/objections/: a company objects to what is public of it, follows it, completes it, takes it back, goes on with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import disputes
from casework.models import Case
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from objections import actions, forms
from objections.queries.items import cases_of
from objections.queries.targets import items_of
from objections.views.own import OWN, page_of
from records.queries import canonical

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The company's objections."""
    rows = cases_of(require_company(request))
    page = KeysetPage(rows, ("-drafted_on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "objections/my_list.html", {"page": page, "on": timezone.localdate()})


@require_safe
@company_page
def choose(request: HttpRequest) -> HttpResponse:
    """What of the company may be disputed: its public items, and what stands on no public page."""
    account, on = require_company(request), timezone.localdate()
    rows = items_of(account, on)
    page = KeysetPage(rows, ("-decided_on", "-id"), cursor=request.GET.get("cursor", ""), size=50)
    others = disputes.own_of(canonical_subject(account), on)
    return render(request, "objections/my_choose.html", {"page": page, "others": others})


@get_or_post
@company_page
def new(request: HttpRequest, place: str, number: str) -> HttpResponse:
    """An objection to something of the company's own; 404 for anything else."""
    account = require_company(request)
    disputed = disputes.find(place, number, timezone.localdate())
    if disputed is None or canonical(disputed.item.subject).pk != canonical_subject(account).pk:
        raise Http404
    form = forms.FileForm(request.POST or None, request.FILES or None, disputed=disputed, begun=request.GET.dict())

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("about", "field", "claimed", "grounds", "evidence")}
        return _page(actions.file(disputed, **given, by=account))

    done = "异议已提交，公示页面当日标注“异议处理中”。同一事实正在处理的，新证据已并入该件。"
    return act_on_form(request, "objections/my_new.html", {"disputed": disputed}, form, action=run, message=done)


@require_safe
@company_page
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an objection stands, and what can be done now."""
    return render(request, "objections/my_one.html", page_of(_own(request, pk), timezone.localdate()))


@get_or_post
@company_page
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One of the steps that the company itself takes; 404 while it is not there to take."""
    case, by = _own(request, pk), require_company(request)
    return OWN.page(request, case, verb, by=by, back_url=_page(case), template="objections/my_act.html")


def _own(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(cases_of(require_company(request)), pk=pk)


def _page(case: Case) -> str:
    return reverse("objection:my-objection", args=[case.pk])
