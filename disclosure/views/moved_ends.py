"""The list of ends that moved, and marking them as read."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.desk import ticked
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from disclosure import actions
from disclosure.queries.moved_ends import MovedEndFilter, moved_ends_for, told_end

SORTS = {"newest": Sort("最近变动", ("-pk",)), "oldest": Sort("最早变动", ("pk",))}
COLUMNS = (
    Column("行政相对人", "disclosure.subject_name", 30),
    Column("统一社会信用代码", "disclosure.subject_code", 20),
    Column("文书号", "disclosure.document_number", 26),
    Column("数据来源单位", "department.name", 24),
    Column("决定日期", "disclosure.decided_on"),
    Column("公示日期", "disclosure.published_on"),
    Column("原截止日", lambda row: told_end(row.old_end, row.waited)),
    Column("现截止日", lambda row: told_end(row.new_end)),
    Column("公示", lambda row: "已停止公示" if row.stopped else "继续公示"),
    Column("适用规则", "rule_set"),
    Column("原因", "why", 60),
    Column("变动时间", "at"),
    Column("阅读时间", "read_at"),
)


@require_safe
@login_required
def moved_end_list(request: HttpRequest) -> HttpResponseBase:
    """Which ends moved, from which day to which, and why: of the own department, or of the city for the credit office."""
    user = staff_of(request, "disclosure.view")
    rows = moved_ends_for(user, timezone.localdate())
    listing = ListPage(request, rows, MovedEndFilter, sorts=SORTS, also=("check",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "公示截止日变动")
    rows_told = [
        (row, told_end(row.old_end, row.waited), told_end(row.new_end), row.department_id == user.department_id)
        for row in listing.page.items
    ]
    context = {
        "listing": listing,
        "rows": rows_told,
        "tickable": {row.pk for row, _, _, own in rows_told if own and row.read_at is None},
        "all_checked": request.GET.get("check") == "all",
    }
    return render(request, "disclosure/desk/moved_ends.html", context)


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """Mark what was ticked as read."""
    count = actions.read_moved_ends(staff_of(request), ticked(request))
    messages.success(request, f"已将{count}条变动标为已读。")
    return redirect("disclosure:moved-ends")
