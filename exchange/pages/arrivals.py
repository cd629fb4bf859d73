"""/desk/exchange/arrivals/: what partners sent, and what became of each row."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from exchange.forms import ArrivalFilter
from exchange.models import Arrival
from exchange.pages.channels import VIEW
from exchange.rules.messages import RESULT_LABELS, Result

SORTS = {"newest": Sort("最近到达", ("-pk",)), "oldest": Sort("最早到达", ("pk",))}
COLUMNS = (
    Column("批次", "name", 36),
    Column("通道", "channel", 30),
    Column("条数", "rows"),
    Column("入库", "accepted"),
    Column("到达时间", "arrived_at"),
    Column("整批退回的原因", "refused", 30),
    Column("摘要", "digest", 64),
)
SHOWN = 200


@require_safe
@login_required
def arrivals(request: HttpRequest) -> HttpResponseBase:
    """Every parcel that came in."""
    user = staff_of(request, VIEW)
    listing = ListPage(request, Arrival.objects.select_related("channel__partner"), ArrivalFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "接收批次")
    return render(request, "exchange/arrivals.html", {"listing": listing}, status=listing.status)


@require_safe
@login_required
def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    """One parcel: the rows that were not taken in, each with its reason."""
    staff_of(request, VIEW)
    row = get_object_or_404(Arrival.objects.select_related("channel__partner"), pk=pk)
    rejected = [
        (number, RESULT_LABELS[Result(each["result"])], each)
        for number, each in enumerate(row.answers, start=1)
        if each["result"] != Result.ACCEPTED
    ]
    context = {"row": row, "rejected": rejected[:SHOWN], "more": max(len(rejected) - SHOWN, 0), "count": len(rejected)}
    return render(request, "exchange/arrival.html", context)
