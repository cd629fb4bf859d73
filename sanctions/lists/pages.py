"""The desk's pages of lists: the lists with their grounds, the entries, one entry with its days."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from sanctions.lists.queries import desk
from sanctions.lists.queries.days import days_of, explained

VIEW = "sanctions.view"
SORTS = {
    "newest": Sort("最近列入", ("-entered_on", "-pk")),
    "ending": Sort("最早期满", ("ends_on", "pk")),
}
COLUMNS = (
    Column("名单", "credit_list.name", 26),
    Column("主体", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("列入决定文书号", "document_number", 26),
    Column("列入日期", "entered_on"),
    Column("期限起算日", "starts_on"),
    Column("期限届满日", "ends_on"),
    Column("移出日期", "ended_on"),
    Column("移出方式", lambda row: row.get_ended_way_display()),
    Column("移出文书号", "ended_document", 26),
    Column("认定机关", "record.authority.name", 26),
    Column("来源单位", "record.source_department.name", 24),
)


@require_safe
@login_required
def lists(request: HttpRequest) -> HttpResponse:
    """The lists: which hold today, on what ground, and what the others wait for."""
    staff_of(request, VIEW)
    today = timezone.localdate()
    rows = [(row, row.is_in_force(today)) for row in desk.all_lists()]
    return render(request, "sanctions/lists/desk_lists.html", {"rows": rows, "today": today})


@require_safe
@login_required
def entries(request: HttpRequest) -> HttpResponseBase:
    """The entries of the department, by tab, filtered, in pages, as a file."""
    user, today = staff_of(request, VIEW), timezone.localdate()
    scope = desk.SCOPES.asked(request)
    rows = desk.narrowed(desk.entries_of(user, today), scope, today)
    listing = ListPage(request, rows, desk.EntryFilter, sorts=SORTS, also=("scope",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"名单条目（{desk.SCOPES.label(scope)}）")
    context = {"listing": listing, "scopes": desk.SCOPES.tabs(scope), "today": today}
    return render(request, "sanctions/lists/desk_entries.html", context, status=listing.status)


@require_safe
@login_required
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: the list's rule, its days one by one, who was named with it, how it ended."""
    user, today = staff_of(request, VIEW), timezone.localdate()
    row = get_object_or_404(desk.entries_of(user, today), pk=pk)
    context = {
        "row": row,
        "list": row.credit_list,
        "listed": row.stands_on(today),
        "may_ask": row.stands_on(today) and policy.allows(user, "sanctions.entry.ask", row.record.source_department),
        "days": days_of(row),
        "explained": explained(row),
        "persons": list(row.persons.select_related("subject", "credit_list")),
        "today": today,
    }
    return render(request, "sanctions/lists/desk_entry.html", context)
