"""/desk/companies/: the list of accounts, one account, and the verbs on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies import actions
from companies.forms import AccountFilter, ReasonForm
from companies.models import CompanyAccount
from companies.queries import accounts, answering_unit, register_unit
from companies.rules import LABELS, MOVES, AccountState
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.verbs import label_of
from credit_platform.errors import DomainError
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.export import Column
from credit_platform.web.formats import cn_datetime
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.once import AlreadySent, submit_once

SORTS = {"newest": Sort("最近申请", ("-applied_at", "-pk")), "oldest": Sort("最早申请", ("applied_at", "pk"))}
COLUMNS = (
    Column("申请编号", "receipt", 16),
    Column("主体名称", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("经办人", "handler", 12),
    Column("状态", lambda row: LABELS[AccountState(row.state)]),
    Column("申请时间", "applied_at", 18),
    Column("开通时间", "confirmed_at", 18),
    Column("确认单位", "confirmed_at_department.name", 24),
)
TONES = {"applied": "warn", "active": "good", "suspended": "serious"}
VERBS = {"suspend": "停用账户", "resume": "恢复账户", "close": "注销账户", "reset": "重置密码"}
LEADS = {
    "suspend": "停用后立即退出登录，已签署的承诺书不受影响。",
    "resume": "恢复后可以用原密码登录。",
    "close": "注销后不能恢复，已签署的承诺书不受影响。",
    "reset": "须先核验经办人身份证件。新密码只显示一次，下次登录须修改。原因会告知该主体，重置后一段时间内不能在线签署。",
}
EVENTS = 30


@require_safe
@login_required
def account_list(request: HttpRequest) -> HttpResponseBase:
    """All accounts; windows, clerks and the credit office see them."""
    user = staff_of(request, "companies.view")
    listing = ListPage(request, accounts(), AccountFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "经营主体账户")
    for row in listing.page.items:
        row.tone = TONES.get(row.state, "neutral")
    context = {
        "listing": listing,
        "may_export": policy.allows(user, "exports.make"),
        "may_confirm": policy.allows(user, "companies.confirm", register_unit()),
    }
    return render(request, "companies/desk_list.html", context)


@require_safe
@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, what was done with it, and what can be done."""
    user = staff_of(request, "companies.view")
    row = get_object_or_404(accounts(), pk=pk)
    pairs = [
        ("申请编号", row.receipt),
        ("主体名称", row.subject.name),
        ("统一社会信用代码", row.subject.code),
        ("经办人", row.handler),
        ("手机号码", row.phone_masked or "—"),
        ("登录方式", "登录名和密码" if not row.outside_id else "统一认证"),
        ("核验材料", row.evidence or "—"),
        ("确认单位", row.confirmed_at_department or "—"),
        ("最近重置密码", cn_datetime(timezone.localtime(row.reset_at)) if row.reset_at else "—"),
        ("原因", row.reason or "—"),
    ]
    told = AuditEntry.objects.about(row)[:EVENTS]
    events = [
        {
            "title": label_of(entry.verb),
            "moment": entry.at,
            "text": entry.actor_name,
            "note": entry.reason,
            "done": True,
        }
        for entry in told
    ]
    context = {
        "row": row,
        "pairs": pairs,
        "events": events,
        "acts": acts(row, user),
        "may_confirm": policy.allows(user, "companies.confirm", register_unit()),
        "tone": TONES.get(row.state, "neutral"),
    }
    return render(request, "companies/desk_account.html", context)


def permission_of(verb: str) -> str:
    """What a verb hangs on; the unit is the one that answers for the account."""
    return "companies.reset" if verb == "reset" else "companies.keep"


def acts(row: CompanyAccount, user: User) -> list[tuple[str, str]]:
    """The verbs that the present state allows and the person may, with their words."""
    unit, state = answering_unit(row), AccountState(row.state)
    resettable = state is AccountState.ACTIVE and not row.outside_id
    return [
        (verb, label)
        for verb, label in VERBS.items()
        if ((state, verb) in MOVES or (verb == "reset" and resettable))
        and policy.allows(user, permission_of(verb), unit)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The form of a verb; each wants a reason."""
    user = staff_of(request, "companies.view")
    if verb not in VERBS:
        raise Http404
    row = get_object_or_404(accounts(), pk=pk)
    policy.require(user, permission_of(verb), answering_unit(row))
    form = ReasonForm(request.POST or None)
    context = {"row": row, "verb": verb, "label": VERBS[verb], "lead": LEADS[verb]}
    if verb == "reset":
        return _reset(request, row, form, context)
    do = {"suspend": actions.suspend, "resume": actions.resume, "close": actions.close}[verb]

    def action(given: dict[str, Any]) -> str:
        do(row, by=user, reason=given["reason"])
        return reverse("companies:desk-account", args=[row.pk])

    return act_on_form(request, "companies/desk_act.html", context, form, action=action, message=f"已{VERBS[verb]}。")


def _reset(request: HttpRequest, row: CompanyAccount, form: ReasonForm, context: dict[str, Any]) -> HttpResponse:
    """The new password stands on the answer to the one post that made it, and nowhere else."""
    template = "companies/desk_act.html"
    if request.method != "POST" or not form.is_valid():
        return form_response(request, template, context, form)
    try:
        with submit_once(form.token) as sent:
            sent.result_url = reverse("companies:desk-account", args=[row.pk])
            secret = actions.reset_password(row, by=staff_of(request), reason=form.cleaned_data["reason"])
    except AlreadySent as again:
        return redirect(again.result_url or "companies:desk")
    except DomainError as refused:
        apply_errors(form, refused)
        return form_response(request, template, context, form, error=refused)
    answer = render(request, "companies/desk_secret.html", {"row": row, "secret": secret})
    answer["Cache-Control"] = "no-store"
    return answer
