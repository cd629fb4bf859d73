"""/lists/: the public lists; /lists/red/: who is rewarded; /lists/<code>/: who stands on one, searched, filtered, as a file, as a feed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.export import Column
from credit_platform.web.formats import cn_date
from credit_platform.web.lists import ListPage, Sort, narrowed
from disclosure.models import Disclosure
from disclosure.public.feeds import Channel, KindFeed, marked
from disclosure.public.filters import MOST_SUBJECTS, DisclosureFilter
from sanctions.lists.models import CreditList
from sanctions.lists.queries import public as queries
from sanctions.lists.rules import KIND_OF, Nature
from sanctions.standards import PREFIX

SORTS = {
    "published": Sort("最近公示", ("-published_on", "-id")),
    "decided": Sort("最近列入", ("-decided_on", "-id")),
}


def said(row: Disclosure, end: str) -> str:
    """What an entry shows under the end of a field's code; "" when it shows none."""
    return str(row.shown.get(f"{PREFIX[row.kind]}_{end}") or "")


COLUMNS = [
    Column("公示编号", "public_id", 16),
    Column("主体", "subject_name", 36),
    Column("统一社会信用代码", "subject_code", 22),
    Column("名单", "title", 30),
    Column("列入事由", lambda row: said(row, "SY"), 60),
    Column("列入依据", lambda row: said(row, "YJ"), 40),
    Column("列入决定文书号", "document_number", 26),
    Column("认定机关", "authority.name", 30),
    Column("列入日期", "decided_on", 14),
    Column("期限届满日", lambda row: said(row, "JZRQ"), 14),
    Column("移出条件和程序", lambda row: said(row, "TJ"), 50),
    Column("公示日期", "published_on", 14),
    Column("标注", lambda row: "；".join(row.mark_words), 20),
]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The lists that weigh on somebody, with their law and how many stand on them."""
    today = timezone.localdate()
    context = {
        "serious": queries.public_lists(today, Nature.SERIOUS),
        "abnormal": queries.public_lists(today, Nature.ABNORMAL),
        "today": today,
        "here": "lists",
    }
    return render(request, "sanctions/lists/overview.html", context)


@require_safe
def red(request: HttpRequest) -> HttpResponse:
    """The lists of who is rewarded."""
    today = timezone.localdate()
    context = {"red": queries.public_lists(today, Nature.RED), "today": today, "here": "red"}
    return render(request, "sanctions/lists/overview.html", context)


def _list(code: str) -> CreditList:
    found = queries.public_list(code, timezone.localdate())
    if found is None:
        raise Http404
    return found


@require_safe
def one_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who stands on a list today; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    row, today = _list(code), timezone.localdate()
    listing = ListPage(request, queries.shown_on([code], today), DisclosureFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, f"{row.name}公示信息")
    page = listing.page  # asked here, so that the filter has run before the page tells what it left out
    context = {
        "list": row,
        "in_force": row.is_in_force(today),
        "listing": listing,
        "page": page,
        "rows": [(each, said(each, "SY"), said(each, "JZRQ")) for each in page.items],
        "most_subjects": MOST_SUBJECTS if getattr(listing.filterset, "many_subjects", False) else 0,
        "here": "red" if row.nature == Nature.RED else "lists",
    }
    return render(request, "sanctions/lists/list.html", context, status=listing.status)


class ListFeed(KindFeed):
    """RSS of the entries of a list that were published last, with the filters of its page."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        row = _list(str(kwargs["code"]))
        rows = narrowed(request, queries.shown_on([row.code], timezone.localdate()), DisclosureFilter)
        return Channel(KIND_OF[Nature(row.nature)], rows.order_by("-published_on", "-id"))

    def item_description(self, item: Any) -> str:
        until = said(item, "JZRQ")
        last = f"期限至{cn_date(until)}。" if until else ""
        return f"{item.title}：{said(item, 'SY')[:200]}。认定机关：{item.authority.name}。列入日期：{cn_date(item.decided_on)}。{last}{marked(item)}"
