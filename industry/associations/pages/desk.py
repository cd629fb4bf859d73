"""/desk/associations/: a department authorises associations and sees what they keep."""

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
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from industry.associations import actions, forms, rules
from industry.associations.models import Association
from industry.associations.queries import at_the_desk, members_of, records_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"newest": Sort("最近授权", ("-pk",)), "ends": Sort("最早到期", ("valid_until", "pk"))}
COLUMNS = (
    Column("协会", "subject.name", 30),
    Column("授权单位", "department.name", 24),
    Column("授权文号", "document", 24),
    Column("授权起始日", "valid_from"),
    Column("授权截止日", "valid_until"),
    Column("状态", lambda row: row.get_state_display()),
    Column("会员数", "member_count"),
)
VERBS: dict[str, tuple[str, str, Any]] = {
    "authorise": ("授权", rules.DECIDE, forms.PlainForm),
    "discard": ("作废", rules.HANDLE, forms.NoteForm),
    "end": ("终止授权", rules.DECIDE, forms.NoteForm),
}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """Associations that one's department authorises."""
    user, on = staff_of(request, rules.VIEW), timezone.localdate()
    page = ListPage(request, at_the_desk(user), forms.AssociationFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "行业协会授权")
    rows = [(row, row.word_on(on)) for row in page.page.items]
    context = {"listing": page, "rows": rows, "may_draft": policy.allows(user, rules.HANDLE)}
    return render(request, "industry/associations/list.html", context, status=page.status)


@get_or_post
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Draft an authorisation of one's own department."""
    user = staff_of(request, rules.HANDLE)
    form = forms.DraftForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        if user.department is None:
            raise Refused("associations.department", "您的账号没有所属单位，不能办理授权。")
        values = {name: given[name] for name in ("scope", "document", "valid_from", "valid_until")}
        return _page(actions.draft(given["subject"], department=user.department, by=user, **values))

    context = {
        "title": "拟定行业协会授权",
        "lead": "授权协会对会员作自律记录，由本单位另一名审核员授权。",
        "submit_label": "提交",
        "back_url": reverse("associations:list"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已拟定，请另一人授权。")


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One association: its authorisation, members, what it keeps, appeals."""
    row, user = _row(request, pk), staff_of(request)
    context = {
        "row": row,
        "word": row.word_on(timezone.localdate()),
        "verbs": [(verb, each[0]) for verb, each in VERBS.items() if _may(row, verb, user)],
        "members": members_of(row)[:200],
        "records": records_of(row)[:50],
    }
    return render(request, "industry/associations/association.html", context)


@get_or_post
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Authorise, discard or end."""
    if verb not in VERBS:
        raise Http404
    row, user = _row(request, pk), staff_of(request)
    label, permission, kind = VERBS[verb]
    policy.require(user, permission, row.department)
    form: Any = kind(request.POST or None, edited=row)
    steps: dict[str, Callable[[dict[str, Any]], Association]] = {
        "authorise": lambda given: actions.authorise(row, by=user, seen=form.version),
        "discard": lambda given: actions.discard(row, reason=given["note"], by=user, seen=form.version),
        "end": lambda given: actions.end(row, reason=given["note"], by=user, seen=form.version),
    }

    def action(given: dict[str, Any]) -> str:
        return _page(steps[verb](given))

    context = {"title": label, "lead": row.subject.name, "submit_label": label, "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已办理。")


def _row(request: HttpRequest, pk: int) -> Association:
    return get_object_or_404(at_the_desk(staff_of(request, rules.VIEW)), pk=pk)


def _may(row: Association, verb: str, user: User) -> bool:
    theirs = verb == "authorise" and user.pk == row.drafted_by_id
    allowed = policy.allows(user, VERBS[verb][1], row.department)
    return (rules.State(row.state), verb) in rules.MOVES and allowed and not theirs


def _page(row: Association) -> str:
    return reverse("associations:association", args=[row.pk])
