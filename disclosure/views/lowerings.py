"""The list of what was said to make items lighter, to keep them from the public or to take them from there, and its confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Role
from credit_platform.web.desk import ticked
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from disclosure import actions
from disclosure.actions import jobs
from disclosure.queries.bulk import of_outcomes
from disclosure.queries.lowerings import SCOPES, LoweringFilter, lowerings_for, waiting_by_department
from disclosure.views.bulk import MOST_AT_ONCE

SORTS = {"newest": Sort("最近提出", ("-pk",)), "oldest": Sort("最早提出", ("pk",))}
COLUMNS = (
    Column("行政相对人", "disclosure.subject_name", 30),
    Column("统一社会信用代码", "disclosure.subject_code", 20),
    Column("文书号", "disclosure.document_number", 26),
    Column("数据来源单位", "department.name", 24),
    Column("决定日期", "disclosure.decided_on"),
    Column("办理期限", "due_on"),
    Column("事由", lambda row: row.get_what_display()),
    Column("内容", "text", 50),
    Column("依据、理由", "reason", 40),
    Column("原决定撤销日期", "annulled_on"),
    Column("提出人", "said_by_name"),
    Column("提出时间", "said_at"),
    Column("状态", lambda row: row.get_state_display()),
    Column("确认人", lambda row: row.decided_by.full_name if row.decided_by else ""),
    Column("确认时间", "decided_at"),
    Column("确认意见", "note", 40),
)


@require_safe
@login_required
def lowering_list(request: HttpRequest) -> HttpResponseBase:
    """What waits for a second person, and what was decided: of the own department, or of the city for the credit office."""
    user = staff_of(request, "disclosure.view")
    scope = SCOPES.asked(request)
    rows = SCOPES.narrow(lowerings_for(user, timezone.localdate()), scope)
    listing = ListPage(request, rows, LoweringFilter, sorts=SORTS, also=("scope", "check"))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"较轻认定、不公示与撤销（{SCOPES.label(scope)}）")
    may_confirm = policy.allows(user, "disclosure.confirm_lowering")
    context = {
        "listing": listing,
        "scopes": SCOPES.tabs(scope),
        "departments": waiting_by_department() if Role.CREDIT_OFFICE in user.roles and scope == "waiting" else [],
        "tickable": {
            row.pk
            for row in listing.page.items
            if may_confirm and row.state == row.State.WAITING and not row.is_revocation
        },
        "all_checked": request.GET.get("check") == "all",
    }
    return render(request, "disclosure/desk/lowerings.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm what was ticked; the page tells every row's outcome."""
    user = staff_of(request, "disclosure.confirm_lowering")
    ids = ticked(request)
    if not ids:
        messages.error(request, "请先勾选要确认的事项。")
        return redirect("disclosure:lowerings")
    if len(ids) > MOST_AT_ONCE:
        raise BadRequest("bulk.size", f"一次最多办理{MOST_AT_ONCE}件。")
    seen = lowerings_for(user, timezone.localdate()).waiting().filter(pk__in=ids)
    outcomes = actions.confirm_many(list(seen.values_list("disclosure_id", flat=True)), by=user)
    done = sum(outcome.ok for outcome in outcomes)
    told = of_outcomes([jobs.told_of(each) for each in outcomes])
    context = {"outcomes": told, "label": "确认", "done": done, "failed": len(ids) - done}
    return render(request, "disclosure/desk/bulk.html", context, status=200 if done else 422)
