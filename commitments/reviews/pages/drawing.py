"""Random draws on the desk: the list, a new one, and one with the check that repeats it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commitments.models import Matter, ReviewDraw
from commitments.reviews.actions.drawing import draw
from commitments.reviews.forms import DrawForm
from commitments.reviews.queries.drawing import repeat
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

SHOWN = 500
SORTS = {"newest": Sort("最近抽取", ("-made_at", "-pk")), "month": Sort("抽查月份", ("-month", "-pk"))}
COLUMNS = (
    Column("抽查月份", lambda row: f"{row.month.year}年{row.month.month}月"),
    Column("单位", "department.name", 24),
    Column("次数", "again"),
    Column("重抽原因", "reason", 30),
    Column("范围（份）", "population"),
    Column("抽中（份）", "drawn"),
    Column("随机种子", "seed", 40),
    Column("范围摘要（SHA-256）", "population_sha256", 40),
    Column("抽取时间", "made_at"),
    Column("抽取人", lambda row: row.made_by.full_name if row.made_by else "系统"),
)


@require_http_methods(["GET", "POST"])
@login_required
def draw_list(request: HttpRequest) -> HttpResponseBase:
    """The draws that were made, and the form for the next one, for the own department."""
    user = staff_of(request, "commitments.view")
    on = timezone.localdate()
    rows = within(ReviewDraw.objects.select_related("department", "made_by").defer("snapshot"), user, on)
    may = policy.allows(user, "commitments.draw") and user.department is not None
    if request.method == "POST":
        policy.require(user, "commitments.draw", user.department)
    listing = ListPage(request, rows, None, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "随机抽查")
    form = DrawForm(request.POST or None, initial={"month": on})

    def run(data: dict[str, Any]) -> str:
        assert user.department is not None  # noqa: S101 - the policy asked for it
        made = draw(user.department, month=data["month"], by=user, reason=data["reason"])
        return reverse("commitments:draw", args=[made.pk])

    context = {"listing": listing, "may": may, "on": on}
    return act_on_form(request, "commitments/reviews/draws.html", context, form, action=run, message="已抽取。")


@require_safe
@login_required
def draw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Seed, range and what was drawn; with ?repeat=1 the draw is done again and compared."""
    user = staff_of(request, "commitments.view")
    rows = within(ReviewDraw.objects.select_related("department", "made_by"), user)
    row = get_object_or_404(rows, pk=pk)
    names = Matter.objects.in_bulk([int(matter) for matter in row.snapshot])
    drawn = row.reviews.select_related("letter__subject", "letter__matter").order_by("letter_id")[:SHOWN]
    context = {
        "row": row,
        "drawn": drawn,
        "matters": [
            (names.get(int(matter)), len(ids), row.shares.get(matter, "0")) for matter, ids in row.snapshot.items()
        ],
        "repeated": repeat(row) if request.GET.get("repeat") else None,
    }
    return render(request, "commitments/reviews/draw.html", context)
