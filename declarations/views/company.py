"""/my/declarations/: a company writes, submits, confirms and withdraws."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from declarations import actions
from declarations.actions.company import FIELDS
from declarations.forms import DeclarationForm, PlainForm, SubmitForm
from declarations.models import Declaration
from declarations.queries import declarations_of
from declarations.rules import EDITABLE, MOVES, PROMISE, State, may_confirm_from
from disclosure.models import Disclosure

OWN_VERBS = {"confirm": "再次确认", "withdraw": "撤回申报"}
LEADS = {
    "confirm": "确认所申报的信息仍然真实、准确，自今日起再公开一年。",
    "withdraw": "撤回后立即停止公开，不能恢复；需要时可以重新申报。",
}
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """The company's declarations."""
    rows = declarations_of(require_company(request))
    page = KeysetPage(rows, ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "declarations/my_list.html", {"page": page, "on": timezone.localdate()})


def _own(request: HttpRequest, pk: int) -> Declaration:
    return get_object_or_404(declarations_of(require_company(request)), pk=pk)


@get_or_post
@company_page
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new declaration, or a draft or returned one."""
    account = require_company(request)
    row = _own(request, pk) if pk else None
    if row is not None and row.state not in EDITABLE:
        raise Http404
    initial = {name: getattr(row, name) for name in FIELDS} | {"version_seen": row.version} if row else {}
    form = DeclarationForm(request.POST or None, initial=initial)

    def action(given: dict[str, Any]) -> str:
        values = {name: given[name] for name in FIELDS}
        made = actions.save(values, by=account, declaration=row, version=given["version_seen"])
        return reverse("declarations:my-declaration", args=[made.pk])

    return act_on_form(request, "declarations/my_edit.html", {"row": row}, form, action=action)


@get_or_post
@company_page
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One declaration: what it says, where it stands; a draft is submitted here with the promise."""
    account, row, on = require_company(request), _own(request, pk), timezone.localdate()
    form = SubmitForm(request.POST or None, request.FILES or None)

    def action(given: dict[str, Any]) -> str:
        actions.submit(row, by=account, proofs=given["papers"])
        return reverse("declarations:my-declaration", args=[row.pk])

    state = State(row.state)
    early = row.confirmed_until is not None and on < may_confirm_from(row.confirmed_until)
    verbs = [
        (verb, label)
        for verb, label in OWN_VERBS.items()
        if (state, verb) in MOVES and not (verb == "confirm" and early)
    ]
    context = {
        "row": row,
        "may_submit": state in EDITABLE,
        "silent": row.confirmed_until is not None and row.confirmed_until < on,
        "verbs": verbs,
        "public_url": _public_page(row, on),
        "promise": PROMISE,
    }
    return act_on_form(
        request, "declarations/my_declaration.html", context, form, action=action, message="已提交审核。"
    )


def _public_page(row: Declaration, on: date) -> str:
    """Where everybody reads a declaration, "" when it is not shown on a day."""
    shown = Disclosure.objects.visible_on(on).filter(record=row.record_id).first() if row.record_id else None
    return reverse("public:disclosure", args=[shown.public_id]) if shown else ""


@get_or_post
@company_page
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Confirm again, or withdraw."""
    if verb not in OWN_VERBS:
        raise Http404
    account, row = require_company(request), _own(request, pk)
    form = PlainForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        (actions.confirm if verb == "confirm" else actions.withdraw)(row, by=account)
        return reverse("declarations:my-declaration", args=[row.pk])

    context = {"row": row, "label": OWN_VERBS[verb], "lead": LEADS[verb], "verb": verb}
    return act_on_form(request, "declarations/my_act.html", context, form, action=action, message="已办理。")
