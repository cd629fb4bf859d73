"""/my/objections/: a company objects to what is public of it, follows it, completes it, takes it back, goes on with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Case
from casework.queries import course
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import ActionForm
from credit_platform.web.keyset import KeysetPage
from disclosure.models import Disclosure
from objections import actions, forms
from objections.actions.answering import REMEDY
from objections.queries.items import cases_of, choices_of, dates_shown
from objections.rules.procedure import OBJECTION
from records.queries.search import merged_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
OWN: dict[str, tuple[str, type[ActionForm], Callable[..., Any]]] = {
    "supply": ("补正材料", forms.OwnSupplyForm, actions.supply),
    "retract": ("撤回异议", forms.OwnRetractForm, actions.retract),
    "appeal": ("申请复核", forms.OwnAppealForm, actions.appeal),
}


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The company's objections."""
    rows = cases_of(require_company(request))
    page = KeysetPage(rows, ("-drafted_on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "objections/my_list.html", {"page": page, "on": timezone.localdate()})


@get_or_post
@company_page
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """An objection to one item of the company's own; 404 for any other."""
    account = require_company(request)
    own = Disclosure.objects.filter(subject_id__in=merged_with(canonical_subject(account)))
    item = get_object_or_404(own.exclude(published_on=None), public_id=public_id)
    form = forms.FileForm(request.POST or None, request.FILES or None, fields=choices_of(item))

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("about", "field", "claimed", "grounds", "evidence")}
        return _page(actions.file(item, by=account, **given))

    done = "异议已提交，公示页面当日标注“异议处理中”。"
    return act_on_form(request, "objections/my_new.html", {"item": item}, form, action=run, message=done)


@require_safe
@company_page
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an objection stands, every last day of it, what was answered, and what can be done now."""
    case = _own(request, pk)
    context = {
        "case": case,
        "row": case.own,
        "on": timezone.localdate(),
        "stepper": course.stepper(case),
        "dates": dates_shown(case.own),
        "notices": case.notices.filter(subject__isnull=False).order_by("on", "pk"),
        "verbs": [(verb, label) for verb, (label, *_) in OWN.items() if _may(case, verb)],
        "remedy": REMEDY,
    }
    return render(request, "objections/my_one.html", context)


@get_or_post
@company_page
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One of the three steps that the company itself takes; 404 while it is not there to take."""
    case = _own(request, pk)
    if verb not in OWN or (request.method != "POST" and not _may(case, verb)):
        raise Http404
    label, form_class, action = OWN[verb]
    form = form_class(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        given = {name: value for name, value in data.items() if name != "form_token"}
        action(case, by=require_company(request), **given)
        return _page(case)

    context = {"case": case, "row": case.own, "label": label, "verb": verb}
    return act_on_form(request, "objections/my_act.html", context, form, action=run, message="已提交。")


def _may(case: Case, verb: str) -> bool:
    late = verb == "appeal" and (case.own.appeal_until is None or timezone.localdate() > case.own.appeal_until)
    return (case.state, verb) in OBJECTION.moves and not late


def _own(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(cases_of(require_company(request)), pk=pk)


def _page(case: Case) -> str:
    return reverse("objection:my-objection", args=[case.pk])
