"""/repair/: what repair is, whether one item can be repaired and when, the application without an account, the ledger without contents."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.actions.opening import tracking_code
from casework.pages.receipts import Receipt
from casework.pages.window import ItemForm
from casework.papers import Paper, answer
from companies.queries import subject_called
from companies.sessions import company_of
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.middleware import client_ip
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from credit_platform.web.rates import spend
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from records.queries import canonical
from repair import actions, forms
from repair.models import RepairNotice
from repair.queries.eligibility import asked, is_repairable
from repair.queries.ledger import figures, granted
from repair.queries.letters import paper_letter
from repair.rules.eligibility import May
from repair.rules.notice import CONDITIONS, FREE, PAPERS, TITLE
from repair.rules.procedure import REPAIR

PUBLIC_ID = re.compile(r"[2-9a-z]{12}")
AN_HOUR = 5
"""Applications without an account from one address."""
RECEIPT = Receipt(REPAIR)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What, where, how long, and the start; `?item=` is a public id that somebody typed."""
    typed = request.GET.get("item", "").strip().lower()
    if PUBLIC_ID.fullmatch(typed) and _visible(typed) is not None:
        return redirect("repair:item", typed)
    context = {
        "typed": typed,
        "form": ItemForm(initial={"item": typed}),
        "conditions": CONDITIONS,
        "papers": PAPERS,
        "free": FREE,
        "letter": paper_letter(timezone.localdate()),
        "figures": figures(timezone.localdate()),
    }
    return render(request, "repair/landing.html", context, status=404 if typed else 200)


@require_safe
def item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether one public item can be repaired, when, and what is missing; 404 for what the public does not see."""
    row, on = _item(public_id), timezone.localdate()
    found = asked(row, on)
    context = {
        "row": row,
        "asked": found,
        "entry": found.entry,
        "may_apply": found.answer.may is May.NOW,
        "on": on,
        "conditions": CONDITIONS,
        "papers": PAPERS,
        "free": FREE,
        "notice": RepairNotice.objects.filter(disclosure=row).first(),
    }
    return render(request, "repair/item.html", context)


@require_safe
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """The notice on repair as it was made when the item became public."""
    row = get_object_or_404(RepairNotice.objects.select_related("disclosure__authority"), disclosure=_item(public_id))
    shown = row.disclosure
    address = request.build_absolute_uri(reverse("repair:item", args=[shown.public_id]))
    paper = Paper(
        title=TITLE,
        number=row.number,
        text=row.text,
        authority=shown.authority.name,
        on=row.made_on,
        lines=(
            f"告知书文号：{row.number}",
            f"决定文书号：{shown.document_number}",
            f"文本摘要（SHA-256）：{row.sha256}",
            f"扫描二维码，或者打开 {address} 查看何时可以申请、需要什么。",
        ),
        address=address,
    )
    return answer(paper, f"{TITLE}_{shown.public_id}")


@require_safe
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ways to apply: by account, without one, at a window. Who is signed in as a company goes on to its form."""
    row = _item(public_id)
    if company_of(request) is not None:
        return redirect("repair:my-new", public_id)
    return render(request, "repair/begin.html", {"row": row, "asked": asked(row, timezone.localdate())})


@never_cache
@get_or_post
def outside(request: HttpRequest, public_id: str) -> HttpResponse:
    """The application without an account; number and code are told on the next page, once."""
    row, on = _item(public_id), timezone.localdate()
    form = forms.OutsiderForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        spend("repair", client_ip(request), limit=AN_HOUR, seconds=3600)
        _whose(row, data["code"], data["name"])
        case = actions.apply(row, forms.application_of(data), proof=data["proof"], paper=data["paper"], by=SYSTEM)
        RECEIPT.keep(request, case, tracking_code(case))
        return reverse("repair:outside-receipt")

    context = {"row": row, "asked": asked(row, on), "letter": paper_letter(on)}
    return act_on_form(request, "repair/outside.html", context, form, action=run)


def _whose(row: Disclosure, code: str, name: str) -> None:
    """Refused at its fields for who does not know whose item it is."""
    subject, found = subject_called(code, name)
    if subject is None or found:
        raise Refused("repair.subject", "主体信息有误。", findings=found)
    if subject.pk != canonical(row.subject).pk:
        raise Refused("repair.other-subject", "该公示信息不是这个主体的，请核对公示编号。")


@never_cache
@require_safe
def outside_receipt(request: HttpRequest) -> HttpResponse:
    """Number and code of an application, shown once."""
    told = RECEIPT.read(request)
    if told is None:
        return redirect("repair:landing")
    case, code = told
    return render(request, "repair/outside_receipt.html", {"case": case, "code": code})


@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """The text of the commitment letter, to be signed on paper."""
    found = paper_letter(timezone.localdate())
    if found is None:
        raise Http404
    return render(request, "repair/letter.html", {"letter": found})


@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """The repairs that were granted, without whose they are and what was repaired."""
    page = KeysetPage(granted(), ("-granted_on", "-case_id"), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "repair/ledger.html", {"page": page, "figures": figures(timezone.localdate())})


def _visible(public_id: str) -> Disclosure | None:
    rows = public_disclosures(timezone.localdate()).select_related("subject", "authority", "source_department")
    return rows.filter(public_id=public_id).first()


def _item(public_id: str) -> Disclosure:
    row = _visible(public_id)
    if row is None or not is_repairable(row):
        raise Http404
    return row
