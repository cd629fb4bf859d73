"""/objections/: what it is, how long it takes, and its beginning: by the account, or without one; followed by number and code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework import disputes
from casework.forms import TrackForm
from casework.models import Case
from casework.pages.receipts import Receipt
from casework.pages.subject import A_MINUTE
from casework.queries.tracking import tracked
from companies.rules import PAPERS
from credit_platform.accounts.models import User
from credit_platform.audit.middleware import client_ip, client_network
from credit_platform.web.acting import act_on_form
from credit_platform.web.rates import spend
from objections import actions, forms
from objections.actions.lodging import OUTSIDER
from objections.models import ITEM
from objections.queries.items import followed_case
from objections.queries.profiles import HOLDS, profile_of
from objections.rules.claims import Capacity, Outsider
from objections.rules.procedure import APPEAL_WITHIN, LAPSE_AFTER, OBJECTION, SETTLE_WITHIN, State
from objections.views.own import OWN, page_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
AN_HOUR = 20
"""Objections without an account that one network may lodge in an hour."""
RECEIPT = Receipt(OBJECTION)
FOLLOWED = "objection_followed"
SAID = ("about", "field", "claimed", "grounds", "evidence", "papers")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """What an objection is, where and how it is begun, how long each stage takes by the profile in force; `?item=` is where somebody came from."""
    today = timezone.localdate()
    given = _begun(request)
    disputed = disputes.find(given["place"], given["number"], today) if given["number"] else None
    context = {
        "disputed": disputed if disputed and disputed.public else None,
        "account_url": _address("objection:my-new", given) if disputed else reverse("objection:my-choose"),
        "lodge_url": _address("objection:lodge", given) if disputed and disputed.public else "",
        "days": {stage.value: days for stage, days in profile_of(HOLDS, today).items()},
        "papers": PAPERS.values(),
        "appeal_within": APPEAL_WITHIN,
        "settle_within": SETTLE_WITHIN,
        "lapse_after": LAPSE_AFTER,
    }
    return render(request, "objections/guide.html", context)


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """On to the form of the company, which asks for its log-in first; without something disputed to the list to choose from."""
    given = _begun(request)
    if not given["number"]:
        return redirect("objection:my-choose")
    return redirect(_address("objection:my-new", given))


@never_cache
@get_or_post
def lodge(request: HttpRequest, place: str, number: str) -> HttpResponse:
    """The objection of who has no account; its answer is a receipt. 404 for what is not public."""
    disputed = disputes.find(place, number, timezone.localdate())
    if disputed is None or not disputed.public:
        raise Http404
    form = forms.LodgeForm(request.POST or None, request.FILES or None, disputed=disputed, begun=request.GET.dict())

    def run(data: dict[str, Any]) -> str:
        spend("objection-lodge", client_network(request), limit=AN_HOUR, seconds=3600)
        who = Outsider(data["name"], data["phone"].strip(), Capacity(data["capacity"]))
        staff = request.user if isinstance(request.user, User) else None
        case, code = actions.lodge(disputed, who=who, staff=staff, **{name: data[name] for name in SAID})
        RECEIPT.keep(request, case, code)
        return reverse("objection:lodged")

    return act_on_form(request, "objections/lodge.html", {"disputed": disputed}, form, action=run)


@never_cache
@require_safe
def lodged(request: HttpRequest) -> HttpResponse:
    """Number and code, shown once, and what to bring to the window."""
    told = RECEIPT.read(request)
    if told is None:
        return redirect("objection:guide")
    case, code = told
    context = {"case": case, "row": case.own, "code": code, "papers": PAPERS.values()}
    return render(request, "objections/lodged.html", context)


@never_cache
@get_or_post
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code open the page of one objection for this visit; a mistake does not say which of the two."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spend("track", client_ip(request), limit=A_MINUTE, seconds=60)
        case = tracked(form.cleaned_data["number"], form.cleaned_data["code"])
        if case is not None and case.procedure == OBJECTION.slug:
            request.session[FOLLOWED] = case.pk
            return redirect("objection:followed")
        form.add_error(None, "编号或者查询码不正确，请对照回执核对。")
    return render(request, "objections/follow.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """The objection that was opened by number and code."""
    case = _followed(request)
    if case is None:
        return redirect("objection:follow")
    waits = case.state == State.LODGED
    context = page_of(case, timezone.localdate()) | {"waits": waits, "papers": PAPERS.values()}
    return render(request, "objections/followed.html", context)


@never_cache
@get_or_post
def act(request: HttpRequest, verb: str) -> HttpResponse:
    """A step of who objected without an account; 404 while it is not there to take."""
    case = _followed(request)
    if case is None:
        return redirect("objection:follow")
    here, template = reverse("objection:followed"), "objections/followed_act.html"
    return OWN.page(request, case, verb, by=OUTSIDER, back_url=here, template=template)


def _followed(request: HttpRequest) -> Case | None:
    return followed_case(request.session.get(FOLLOWED))


def _begun(request: HttpRequest) -> dict[str, str]:
    """What the address says of where somebody begins: a place and a number (`item=` is a public item), the kind and the field."""
    asked = {name: request.GET.get(name, "")[:64] for name in ("item", "place", "number", "about", "field")}
    place, number = (ITEM, asked["item"]) if asked["item"] else (asked["place"] or ITEM, asked["number"])
    known = number if place in disputes.places() and "/" not in number else ""
    return {"place": place if known else "", "number": known, "about": asked["about"], "field": asked["field"]}


def _address(name: str, given: dict[str, str]) -> str:
    chosen = {key: given[key] for key in forms.BEGUN if given[key]}
    address = reverse(name, args=[given["place"], given["number"]])
    return f"{address}?{urlencode(chosen)}" if chosen else address
