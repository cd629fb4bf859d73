"""/commitments/breaches/: the decided breaches that are public today, with until when, and their export."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.export import Column
from credit_platform.web.formats import cn_date
from credit_platform.web.lists import ListPage, Sort
from disclosure.models import Disclosure
from disclosure.public.filters import MOST_SUBJECTS, DisclosureFilter
from disclosure.queries.public import public_disclosures
from records.standards import codetables

KIND = "commitment-breach"
SORTS = {
    "published": Sort("最近公示", ("-published_on", "-id")),
    "decided": Sort("最近决定", ("-decided_on", "-id")),
}


def breach_kind(row: Disclosure) -> str:
    """The kind of a breach in words."""
    code = str(row.shown.get("WN_ZL") or "")
    return codetables.get("commitment-breach-kind").word(code) if code else ""


def measures_until(row: Disclosure) -> str:
    """Until when the measures last, as it is shown; "" when they have no end of their own."""
    until = row.shown.get("WN_CSZ")
    return cn_date(until) if until else ""


COLUMNS = [
    Column("公示编号", "public_id", 16),
    Column("主体", "subject_name", 36),
    Column("统一社会信用代码", "subject_code", 22),
    Column("承诺事由", "title", 40),
    Column("违诺种类", breach_kind, 18),
    Column("处理措施", lambda row: row.shown.get("WN_CS") or "", 40),
    Column("措施期限至", lambda row: row.shown.get("WN_CSZ") or "", 14),
    Column("认定文书号", "document_number", 26),
    Column("认定单位", "authority.name", 30),
    Column("决定日期", "decided_on", 14),
    Column("公示日期", "published_on", 14),
    Column("公示截止日", "ends_on", 14),
]


@require_safe
def breach_list(request: HttpRequest) -> HttpResponseBase:
    """The list; `?export=csv|xlsx` gives the same filter as a file. A mistake in the filter is told with 422."""
    rows = public_disclosures(timezone.localdate()).filter(kind=KIND)
    listing = ListPage(request, rows, DisclosureFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, "违背信用承诺公示信息")
    page = listing.page  # asked here, so that the filter has run before the page tells what it left out
    context = {
        "listing": listing,
        "page": page,
        "rows": [(row, breach_kind(row), measures_until(row)) for row in page.items],
        "most_subjects": MOST_SUBJECTS if getattr(listing.filterset, "many_subjects", False) else 0,
    }
    return render(request, "commitments/breaches/public_list.html", context, status=listing.status)
