"""容缺: whose papers are missing, and the form when they have come."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commitments.models import CommitmentLetter
from commitments.reviews.actions import settle_shortfall
from commitments.reviews.forms import SettleForm
from commitments.reviews.queries.reviews import ShortfallFilter, desk_shortfalls
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

SORTS = {
    "due": Sort("补正期限", ("shortfall_due_on", "pk")),
    "newest": Sort("最近承诺", ("-made_on", "-pk")),
}
COLUMNS = (
    Column("承诺编码", "code", 26),
    Column("承诺主体", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("容缺材料", "shortfall_papers", 40),
    Column("补正期限", "shortfall_due_on"),
    Column("受理单位", "department.name", 24),
)


@require_safe
@login_required
def shortfall_list(request: HttpRequest) -> HttpResponseBase:
    """Letters whose missing papers have not come, the nearest day first."""
    user = staff_of(request, "commitments.view")
    on = timezone.localdate()
    listing = ListPage(request, desk_shortfalls(user, on), ShortfallFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "容缺材料待补正")
    return render(request, "commitments/reviews/shortfalls.html", {"listing": listing, "on": on})


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Register that the papers of one letter have come."""
    user = staff_of(request, "commitments.view")
    on = timezone.localdate()
    row = get_object_or_404(
        within(CommitmentLetter.objects.select_related("subject", "matter", "department"), user, on), pk=pk
    )
    policy.require(user, "commitments.review", row.department)
    form = SettleForm(request.POST or None, request.FILES or None, edited=row, initial={"on": on})

    def run(data: dict[str, Any]) -> str:
        settle_shortfall(row, by=user, on=data["on"], attachments=data["attachments"])
        return reverse("commitments:shortfalls")

    return act_on_form(
        request, "commitments/reviews/settle.html", {"row": row, "on": on}, form, action=run, message="已登记补正。"
    )
