"""The desk's list, verbs on many, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.desk import ticked
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from disclosure import actions, kinds
from disclosure.models import Disclosure, Reminder
from disclosure.queries.desk import SCOPES, DeskFilter, ReminderFilter, desk_list, scope_for
from disclosure.rules.states import MOVES, State

DUE = Sort("公示截止日", ("due_on", "pk"))
NEWEST = Sort("最近建立", ("-pk",))
DECIDED = Sort("决定日期", ("-decided_on", "-pk"))
REMINDER_SORTS = {"newest": Sort("最近提醒", ("-on", "-pk")), "oldest": Sort("最早提醒", ("on", "pk"))}
REMINDER_COLUMNS = (
    Column("提醒日期", "on"),
    Column("提醒", lambda row: row.get_kind_display()),
    Column("行政相对人", "disclosure.subject_name", 30),
    Column("文书号", "disclosure.document_number", 26),
    Column("公示截止日", "disclosure.due_on"),
    Column("状态", lambda row: row.disclosure.get_state_display()),
    Column("阅读时间", "read_at"),
)
COLUMNS = (
    Column("行政相对人", "subject_name", 30),
    Column("统一社会信用代码", "subject_code", 20),
    Column("信息种类", lambda row: kinds.label(row.kind), 12),
    Column("文书号", "document_number", 26),
    Column("事项", "title", 30),
    Column("数据来源单位", "source_department.name", 24),
    Column("决定日期", "decided_on"),
    Column("公示截止日", "due_on"),
    Column("状态", lambda row: row.get_state_display()),
    Column("首次合规报送", "arrived_on"),
    Column("报送结论", "late_reason", 50),
    Column("公示日期", "published_on"),
    Column("公示期截止", "ends_on"),
)


@require_safe
@login_required
def item_list(request: HttpRequest) -> HttpResponseBase:
    """What the department has in hand, by deadline; other scopes by the newest."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    scope = request.GET.get("scope", "open")
    if scope not in SCOPES:
        raise BadRequest("list.scope", "没有这个分类，请从列表上方选择。")
    scope = scope_for(scope, request.GET.get("state", ""))
    on = timezone.localdate()
    first = {"due": DUE} if scope in ("open", "overdue") else {}
    sorts = {**first, "newest": NEWEST, "due": DUE, "decided": DECIDED}
    listing = ListPage(request, desk_list(user, scope, on), DeskFilter, sorts=sorts, also=("scope", "check"))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"公示事项（{SCOPES[scope]}）")
    context = {
        "listing": listing,
        "on": on,
        "scope": scope,
        "scopes": [{"label": label, "url": f"?scope={key}", "current": key == scope} for key, label in SCOPES.items()],
        **_bulk(listing.page.items, user),
        "all_checked": request.GET.get("check") == "all",
    }
    return render(request, "disclosure/desk/list.html", context)


def _bulk(rows: Sequence[Disclosure], user: User) -> dict[str, Any]:
    """Which verbs fit some row of the page, and which rows can be ticked for them."""
    to_submit = {row.pk for row in rows if (State(row.state), "submit") in MOVES}
    to_review = {row.pk for row in rows if row.state == State.SUBMITTED and not row.awaits_confirmation}
    to_submit = to_submit if policy.allows(user, "disclosure.submit") else set()
    to_review = to_review if policy.allows(user, "disclosure.review") else set()
    return {"may_submit": bool(to_submit), "may_review": bool(to_review), "tickable": to_submit | to_review}


@require_safe
@login_required
def reminders(request: HttpRequest) -> HttpResponseBase:
    """The reminders of the department, the newest first."""
    user = staff_of(request)
    policy.require(user, "disclosure.read_reminders")
    rows = Reminder.objects.filter(department=user.department).select_related("disclosure")
    listing = ListPage(request, rows, ReminderFilter, sorts=REMINDER_SORTS, also=("check",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(REMINDER_COLUMNS, "到期提醒")
    context = {
        "listing": listing,
        "on": timezone.localdate(),
        "unread": any(row.read_at is None for row in listing.page.items),
        "all_checked": request.GET.get("check") == "all",
    }
    return render(request, "disclosure/desk/reminders.html", context)


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark the ticked reminders as read."""
    ids = ticked(request)
    count = actions.read_reminders(staff_of(request), ids)
    messages.success(request, f"已将{count}条提醒标为已读。")
    return redirect("disclosure:reminders")
