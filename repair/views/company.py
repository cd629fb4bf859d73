"""/my/repairs/: what a company can have repaired, its application in two pages, where it stands, and what it has to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from casework.actions.opening import tracking_code
from casework.models import Case
from casework.pages.own import OwnSteps
from casework.pages.subject import SubjectPages
from casework.queries import course
from commitments.letters.actions.signing import draft
from companies.lockout import sign_on_form
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.errors import DomainError, refuse
from credit_platform.web.acting import sent_before
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.keyset import KeysetPage
from disclosure.models import Disclosure
from records.queries.search import merged_with
from repair import actions, forms
from repair.actions import Letter
from repair.queries.clocks import dates_shown
from repair.queries.eligibility import answers, asked
from repair.queries.letters import letter_for
from repair.queries.own import cases_of, own_items
from repair.rules.procedure import REPAIR, WAY_LABELS, Way

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
OWN = OwnSteps(
    {
        "supply": ("补正材料", forms.OwnSupplyForm, actions.supply),
        "retract": ("撤回申请", forms.OwnRetractForm, actions.retract),
    }
)
MINE = SubjectPages(
    REPAIR,
    address="repairs/undoing",
    respond=actions.respond,
    templates="repair/undoing",
    pairs=lambda case: [("拟撤销的事由", case.own.get_ground_display())] if case.own.ground else [],
)
"""What the company is told before its repair is undone, and its answer."""
ANSWERS = "signing:repair"
"""Begins so that a fresh log-in before signing keeps it."""
CODE = "repair:code"


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The company's applications, and what is public of it that can be repaired, with its days."""
    account, on = require_company(request), timezone.localdate()
    page = KeysetPage(cases_of(account), ("-drafted_on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    items = answers(own_items(canonical_subject(account), on), on)
    return render(request, "repair/my_list.html", {"page": page, "items": items, "on": on})


@get_or_post
@company_page
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The first page: what the platform does not hold. What stands against the application is told here already."""
    row, on = _item(request, public_id), timezone.localdate()
    kept = request.session.get(ANSWERS, {}).get(public_id)
    form = forms.AnswersForm(request.POST or None, initial=kept or {})
    context = {"row": row, "asked": asked(row, on)}
    if request.method != "POST" or not form.is_valid():
        return form_response(request, "repair/my_new.html", context, form)
    try:
        refuse(actions.against(row, forms.application_of(form.cleaned_data), on=on))
    except DomainError as refused:
        apply_errors(form, refused)
        return form_response(request, "repair/my_new.html", context, form, error=refused)
    request.session[ANSWERS] = {public_id: _plain(form.cleaned_data)}
    return redirect("repair:my-check", public_id)


@sensitive_post_parameters()
@get_or_post
@company_page
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second page: the answers once more, the papers, and the letter word for word, signed and sent in."""
    row, account, on = _item(request, public_id), require_company(request), timezone.localdate()
    kept = request.session.get(ANSWERS, {}).get(public_id)
    found = letter_for(canonical_subject(account), on)
    if kept is None or found is None:
        return redirect(sent_before(request) or reverse("repair:my-new", args=[public_id]))
    application = forms.application_of(_read(kept))
    letter = draft(found.entry, found.template, canonical_subject(account), {}, on)
    form = forms.SignForm(
        request.POST or None,
        request.FILES or None,
        ask_password=account.has_password,
        initial={"seen": letter.sha256},
    )
    context = {
        "row": row,
        "application": application,
        "way": WAY_LABELS[Way(application.way)],
        "draft": letter,
    }

    def run(data: dict[str, Any]) -> str:
        signed = Letter(seen=data["seen"], site=request.build_absolute_uri("/"))
        case = actions.apply(row, application, proof=data["proof"], letter=signed, by=account)
        request.session.pop(ANSWERS, None)
        request.session[CODE] = [case.pk, tracking_code(case)]
        return reverse("repair:my-repair", args=[case.pk])

    template = "repair/my_check.html"
    return sign_on_form(request, template, context, form, account=account, action=run, message="修复申请已提交。")


@require_safe
@company_page
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an application stands, every last day of it, what was answered, and what can be done now."""
    case, on = _own(request, pk), timezone.localdate()
    code = request.session.get(CODE)
    context = {
        "case": case,
        "row": case.own,
        "code": request.session.pop(CODE)[1] if code and code[0] == case.pk else "",
        "on": on,
        "hearing": course.hearing_of(case),
        "stepper": course.stepper(case),
        "dates": dates_shown(case.own),
        "notices": case.notices.filter(subject__isnull=False).order_by("on", "pk"),
        "verbs": OWN.offered(case, on),
    }
    return render(request, "repair/my_one.html", context)


@get_or_post
@company_page
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One of the two steps that the company itself takes; 404 while it is not there to take."""
    case, by = _own(request, pk), require_company(request)
    here = reverse("repair:my-repair", args=[case.pk])
    return OWN.page(request, case, verb, by=by, back_url=here, template="repair/my_act.html")


def _own(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(cases_of(require_company(request)), pk=pk)


def _item(request: HttpRequest, public_id: str) -> Disclosure:
    """An item of the company's own that the public sees; 404 for any other."""
    subjects = merged_with(canonical_subject(require_company(request)))
    rows = Disclosure.objects.visible_on(timezone.localdate()).filter(subject_id__in=subjects)
    return get_object_or_404(rows.select_related("subject", "authority"), public_id=public_id)


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    """The answers as a session keeps them."""
    told = {name: value for name, value in given.items() if name != "form_token"}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _read(kept: dict[str, Any]) -> dict[str, Any]:
    days = ("performed_on", "ruling_on", "plan_until")
    return kept | {name: date.fromisoformat(kept[name]) if kept.get(name) else None for name in days}
