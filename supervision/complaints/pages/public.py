"""/complaints/: complaints of consumers as the public reads them, a firm's figures, and the figures of a year."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.web.export import Column, export_response
from credit_platform.web.figures import asked_year
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.parameters import require_known
from disclosure.models import Disclosure
from disclosure.public.filters import MOST_SUBJECTS, DisclosureFilter
from disclosure.queries.public import public_disclosures
from records.models import Subject
from supervision.complaints.pages.figures import COLUMNS as FIGURES
from supervision.complaints.pages.figures import FIRST_YEAR, shown
from supervision.complaints.queries.figures import firm_years, public_year
from supervision.complaints.rules.figures import LEAST
from supervision.complaints.rules.words import COUNTED
from supervision.complaints.standard import (
    BRAND,
    CLOSED_ON,
    KIND,
    PLATFORM,
    PROBLEM,
    RESULT,
    SHOP,
    TEXT,
    TRADE,
    TRADES,
)

SORTS = {
    "published": Sort("最近公示", ("-published_on", "-id")),
    "decided": Sort("最近登记", ("-decided_on", "-id")),
}


def said(row: Disclosure, code: str) -> str:
    """What a complaint shows in a field."""
    return str(row.shown.get(code) or "")


COLUMNS = [
    Column("公示编号", "public_id", 16),
    Column("被投诉经营者", "subject_name", 36),
    Column("统一社会信用代码", "subject_code", 22),
    Column("12315登记编号", "document_number", 24),
    Column("商品服务类别", lambda row: said(row, TRADE), 16),
    Column("问题类别", lambda row: said(row, PROBLEM), 12),
    Column("投诉内容", lambda row: said(row, TEXT), 60),
    Column("电商平台", lambda row: said(row, PLATFORM), 16),
    Column("门店或店铺", lambda row: said(row, SHOP), 20),
    Column("品牌", lambda row: said(row, BRAND), 14),
    Column("登记日期", "decided_on", 14),
    Column("办结日期", lambda row: said(row, CLOSED_ON), 14),
    Column("办理结果", lambda row: said(row, RESULT), 14),
    Column("办理机关", "authority.name", 28),
    Column("公示日期", "published_on", 14),
    Column("标注", lambda row: "；".join(row.mark_words), 20),
]


class ComplaintFilter(DisclosureFilter):
    """Filters of the public list. Not by authority: whom one may complain to says nothing of a firm."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("authority", "district", "year"):
            del self.filters[name]

    trade = django_filters.ChoiceFilter(
        label="商品服务类别",
        field_name="record__complaint__trade",
        empty_label="全部类别",
        choices=TRADES,
    )
    result = django_filters.ChoiceFilter(
        label="办理结果",
        field_name="record__complaint__result",
        empty_label="全部结果",
        choices=[(each, each) for each in COUNTED],
    )
    platform = django_filters.CharFilter(
        label="电商平台", field_name="record__complaint__platform", lookup_expr="contains"
    )


def _line(row: Disclosure) -> tuple[Disclosure, str, str, str, str]:
    """A complaint as the lists show it."""
    return row, said(row, TRADE), said(row, PROBLEM), said(row, RESULT), said(row, CLOSED_ON)


@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """The complaints that are shown today; `?export=csv|xlsx` gives the same filter as a file."""
    today = timezone.localdate()
    rows = public_disclosures(today).filter(kind=KIND)
    listing = ListPage(request, rows, ComplaintFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, "消费投诉公示信息")
    page = listing.page  # asked here, so that the filter has run before the page tells what it left out
    context = {
        "listing": listing,
        "page": page,
        "rows": [_line(each) for each in page.items],
        "most_subjects": MOST_SUBJECTS if getattr(listing.filterset, "many_subjects", False) else 0,
        "here": "list",
    }
    return render(request, "complaints/public/list.html", context, status=listing.status)


@require_safe
def firm(request: HttpRequest, code: str) -> HttpResponse:
    """A firm by year: how many complaints, how many of them settled, beside its trade, and per shop where it has several."""
    subject = Subject.objects.with_public_page().unmerged().filter(code=code).first()
    if subject is None:
        raise Http404
    today = timezone.localdate()
    rows = public_disclosures(today).filter(kind=KIND, subject=subject).order_by("-published_on", "-id")[:20]
    context = {
        "subject": subject,
        "years": firm_years(subject, today),
        "rows": [_line(each) for each in rows],
        "least": LEAST,
    }
    return render(request, "complaints/public/firm.html", context)


@require_safe
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The figures of a year by trade, district, platform and brand."""
    today = timezone.localdate()
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=today.year)
    found = public_year(year)
    if export := request.GET.get("export", ""):
        require_known(request.GET, ("year", "export"))
        return export_response(export, [*found.trades, found.total], FIGURES, f"{year}年消费投诉公示统计")
    return render(request, "complaints/public/statistics.html", shown(found, today) | {"here": "statistics"})
