"""/desk/agencies/: applications are verified by one and registered by another; keys, calls, and who is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from industry.agencies import actions, forms, rules
from industry.agencies.models import Agency
from industry.agencies.pages.strikes import PAGES
from industry.agencies.queries import at_the_desk, calls_of, laggards, late_deliveries, used_today

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"newest": Sort("最近申请", ("-pk",)), "ends": Sort("最早到期", ("confirmed_until", "pk"))}
COLUMNS = (
    Column("机构", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("机构类型", "kind_words", 30),
    Column("合作领域", "field_words", 40),
    Column("状态", lambda row: row.get_state_display()),
    Column("登记日期", "registered_on"),
    Column("确认有效至", "confirmed_until"),
)
VERBS: dict[str, tuple[str, str, Any]] = {
    "verify": ("核对无误", rules.HANDLE, forms.PlainForm),
    "register": ("登记", rules.DECIDE, forms.PlainForm),
    "return": ("退回", rules.HANDLE, forms.NoteForm),
    "connect": ("开通接口", rules.DECIDE, forms.ConnectForm),
}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """All agencies, and who is late."""
    user, on = staff_of(request, rules.VIEW), timezone.localdate()
    page = ListPage(request, at_the_desk(), forms.AgencyFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "信用服务机构")
    rows = [(row, row.word_on(on)) for row in page.page.items]
    context = {"listing": page, "rows": rows, "laggards": laggards(on)[:50]}
    return render(request, "industry/agencies/list.html", context, status=page.status)


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: what it declared, its key, its latest calls, strikes."""
    row, user, on = _row(request, pk), staff_of(request), timezone.localdate()
    context = {
        "row": row,
        "word": row.word_on(on),
        "verbs": [(verb, each[0]) for verb, each in VERBS.items() if _may(row, verb, user)],
        "may_propose": row.state == rules.State.REGISTERED and policy.allows(user, rules.HANDLE, row.department),
        "used": used_today(row, on),
        "late": late_deliveries(row, on),
        "calls": calls_of(row).select_related("subject", "authorisation")[:20],
        "strikes": [(each, PAGES.url("case", each.pk)) for each in row.strikes.select_related("case")],
    }
    return render(request, "industry/agencies/agency.html", context)


@get_or_post
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Verify, register, return, connect."""
    if verb not in VERBS:
        raise Http404
    row, user = _row(request, pk), staff_of(request)
    label, permission, kind = VERBS[verb]
    policy.require(user, permission, row.department)
    form: Any = kind(request.POST or None, edited=row)
    steps: dict[str, Callable[[dict[str, Any]], Agency]] = {
        "verify": lambda given: actions.verify(row, by=user, seen=form.version),
        "register": lambda given: actions.register(row, by=user, seen=form.version),
        "return": lambda given: actions.return_(row, reason=given["note"], by=user, seen=form.version),
        "connect": lambda given: actions.connect(
            row, client=given["client"], quota=given["quota"], by=user, seen=form.version
        ),
    }

    def action(given: dict[str, Any]) -> str:
        steps[verb](given)
        return _page(row)

    context = {"title": label, "lead": row.subject.name, "submit_label": label, "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已办理。")


@get_or_post
@login_required
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a strike."""
    row, user = _row(request, pk), staff_of(request)
    policy.require(user, rules.HANDLE, row.department)
    form = forms.ProposeForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        case = actions.propose(row, ground=given["ground"], facts=given["facts"], by=user)
        return PAGES.url("case", case.pk)

    lead = f"{row.subject.name}。先告知、听取陈述申辩，由另一人认定和决定。"
    context = {"title": "提出取消登记", "lead": lead, "submit_label": "提出", "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已提出，请告知机构。")


def _row(request: HttpRequest, pk: int) -> Agency:
    staff_of(request, rules.VIEW)
    return get_object_or_404(at_the_desk(), pk=pk)


def _may(row: Agency, verb: str, user: User) -> bool:
    if not policy.allows(user, VERBS[verb][1], row.department):
        return False
    if verb == "connect":
        return row.state == rules.State.REGISTERED
    theirs = verb == "register" and user.pk == row.verified_by_id
    return (rules.State(row.state), verb) in rules.MOVES and not theirs


def _page(row: Agency) -> str:
    return reverse("agencies:agency", args=[row.pk])
