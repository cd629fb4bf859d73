"""/my/association/: an association keeps members and records; /my/memberships/: a member reads, consents, appeals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from industry.associations import actions, forms
from industry.associations.models import Association, MemberRecord
from industry.associations.queries import association_of, members_of, records_of, said_of
from industry.associations.rules import RECORD_MOVES, RecordState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SAYS = {"consent": "同意公开", "hide": "停止公开", "appeal": "申诉"}
ANSWERS = {"uphold": "申诉不成立，保留", "withdraw": "撤回记录"}
TEMPLATE = "industry/associations/my_form.html"


def _association(request: HttpRequest) -> Association:
    found = association_of(require_company(request), timezone.localdate())
    if found is None:
        raise Http404
    return found


@require_safe
@company_page
def own(request: HttpRequest) -> HttpResponse:
    """An association's members and records."""
    row = _association(request)
    page = KeysetPage(records_of(row), ("-on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    rows = [(each, _may(each, ANSWERS)) for each in page.items]
    context = {"row": row, "members": members_of(row)[:200], "page": page, "rows": rows}
    return render(request, "industry/associations/my_association.html", context)


@get_or_post
@company_page
def admit(request: HttpRequest) -> HttpResponse:
    """A new member."""
    account, row = require_company(request), _association(request)
    form = forms.AdmitForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.admit(row, given["subject"], since=given["since"], by=account)
        return reverse("associations:my-association")

    return act_on_form(request, TEMPLATE, _words("登记会员", row), form, action=action, message="已登记。")


@get_or_post
@company_page
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """A member leaves."""
    account, row = require_company(request), _association(request)
    member = get_object_or_404(members_of(row), pk=pk)
    form = forms.WordForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.release(member, by=account)
        return reverse("associations:my-association")

    lead = f"{member.subject.name}自今日起不再是会员，已有的记录保留。"
    return act_on_form(request, TEMPLATE, _words("登记退会", row, lead), form, action=action, message="已登记。")


@get_or_post
@company_page
def record_new(request: HttpRequest) -> HttpResponse:
    """A new record of a member."""
    account, row = require_company(request), _association(request)
    form = forms.RecordForm(request.POST or None, members=members_of(row))

    def action(given: dict[str, Any]) -> str:
        values = {name: given[name] for name in ("kind", "title", "text", "on")}
        actions.enter(given["member"], by=account, **values)
        return reverse("associations:my-association")

    lead = "属于市场信用信息，会员同意后才公开，标明“行业协会提供”；不作为公共信用信息，不产生任何惩戒。"
    return act_on_form(
        request, TEMPLATE, _words("记录", row, lead), form, action=action, message="已记录，会员可以看到。"
    )


@get_or_post
@company_page
def answer(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The association answers an appeal, or withdraws a record."""
    account, row = require_company(request), _association(request)
    if verb not in ANSWERS:
        raise Http404
    record = get_object_or_404(records_of(row), pk=pk)
    form = forms.AnswerForm(request.POST or None)
    steps: dict[str, Callable[..., MemberRecord]] = {"uphold": actions.uphold, "withdraw": actions.withdraw}

    def action(given: dict[str, Any]) -> str:
        steps[verb](record, answer=given["answer"], by=account)
        return reverse("associations:my-association")

    lead = f"{record.member.subject.name}　{record.title}。{record.appeal}"
    return act_on_form(request, TEMPLATE, _words(ANSWERS[verb], row, lead), form, action=action, message="已答复。")


@require_safe
@company_page
def memberships(request: HttpRequest) -> HttpResponse:
    """What associations have recorded of one's firm."""
    account = require_company(request)
    rows = said_of(account)
    page = KeysetPage(rows, ("-on", "-pk"), cursor=request.GET.get("cursor", ""), size=50)
    context = {"page": page, "rows": [(each, _may(each, SAYS)) for each in page.items]}
    context["association"] = association_of(account, timezone.localdate())
    return render(request, "industry/associations/my_memberships.html", context)


@get_or_post
@company_page
def say(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The member consents, takes that back, or appeals."""
    account = require_company(request)
    if verb not in SAYS:
        raise Http404
    record = get_object_or_404(said_of(account), pk=pk)
    form = forms.AppealForm(request.POST or None) if verb == "appeal" else forms.WordForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        if verb == "appeal":
            actions.appeal(record, text=given["text"], by=account)
        else:
            (actions.consent if verb == "consent" else actions.hide)(record, by=account)
        return reverse("associations:my-memberships")

    context = {
        "title": SAYS[verb],
        "lead": f"{record.member.association.subject.name}：{record.title}。{record.text}",
        "back_url": reverse("associations:my-memberships"),
    }
    return act_on_form(request, TEMPLATE, context, form, action=action, message="已办理。")


def _may(record: MemberRecord, verbs: dict[str, str]) -> list[tuple[str, str]]:
    return [(verb, label) for verb, label in verbs.items() if (RecordState(record.state), verb) in RECORD_MOVES]


def _words(title: str, row: Association, lead: str = "") -> dict[str, Any]:
    return {"title": title, "lead": lead or row.subject.name, "back_url": reverse("associations:my-association")}
