"""The lists of permits, penalties and other acts, with their exports."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from disclosure.kinds import kind as kind_of
from disclosure.own_kinds import ACTS
from disclosure.public.entries import gist, outcome
from disclosure.public.filters import MOST_SUBJECTS, DisclosureFilter
from disclosure.queries.public import public_disclosures

SORTS = {
    "published": Sort("最近公示", ("-published_on", "-id")),
    "decided": Sort("最近决定", ("-decided_on", "-id")),
}
COLUMNS = [
    Column("公示编号", "public_id", 16),
    Column("行政相对人", "subject_name", 36),
    Column("统一社会信用代码", "subject_code", 22),
    Column("事项", gist, 40),
    Column("决定内容", outcome, 40),
    Column("文书号", "document_number", 26),
    Column("决定机关", "authority.name", 30),
    Column("数据来源单位", "source_department.name", 30),
    Column("决定日期", "decided_on", 14),
    Column("公示日期", "published_on", 14),
    Column("公示截止日", "ends_on", 14),
    Column("标注", lambda row: "；".join(row.mark_words), 20),
]


@require_safe
def kind_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One kind's list; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    told = kind_of(kind)
    rows = public_disclosures(timezone.localdate()).filter(kind=kind)
    listing = ListPage(request, rows, DisclosureFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, f"{told.label}公示信息")
    page = listing.page  # asked here, so that the filter has run before the page tells what it left out
    context = {
        "listing": listing,
        "kind": kind,
        "told": told,
        "label": told.label,
        "acts": _acts(kind),
        "page": page,
        "most_subjects": MOST_SUBJECTS if getattr(listing.filterset, "many_subjects", False) else 0,
    }
    return render(request, "disclosure/public/list.html", context, status=listing.status)


def act_list(request: HttpRequest, act: str) -> HttpResponseBase:
    """The list of one of the eight other acts."""
    if act not in ACTS:
        raise Http404
    return kind_list(request, f"act-{act}")


def _acts(kind: str) -> list[dict[str, object]]:
    if not kind.startswith("act-"):
        return []
    return [
        {"label": label, "url": f"/disclosure/acts/{act}/", "current": kind == f"act-{act}"}
        for act, label in ACTS.items()
    ]
