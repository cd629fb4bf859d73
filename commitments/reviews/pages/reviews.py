"""The desk's queue of reviews, the page of one, and several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.models import Review
from commitments.reviews import actions as actions
from commitments.reviews.forms import BulkReviewForm, ReviewForm
from commitments.reviews.pages.staff import tabs
from commitments.reviews.queries import reviews as queries
from commitments.rules.states import Fulfilment
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import ticked
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort

SORTS = {
    "due": Sort("复核期限", ("due_on", "pk")),
    "newest": Sort("最近生成", ("-pk",)),
}
COLUMNS = (
    Column("承诺编码", "letter.code", 26),
    Column("承诺主体", "letter.subject.name", 30),
    Column("统一社会信用代码", "letter.subject.code", 20),
    Column("承诺事项", lambda row: row.letter.matter.name if row.letter.matter else "", 30),
    Column("复核种类", lambda row: row.get_kind_display()),
    Column("复核期限", "due_on"),
    Column("状态", lambda row: row.get_state_display()),
    Column("复核结果", lambda row: row.get_outcome_display()),
    Column("完成日期", "done_on"),
    Column("复核单位", "department.name", 24),
)
BREACH = (Fulfilment.UNFULFILLED, Fulfilment.PARTLY)


@require_safe
@login_required
def review_list(request: HttpRequest) -> HttpResponseBase:
    """The reviews of the department by the day they fall due."""
    user = staff_of(request, "commitments.view")
    scope = request.GET.get("scope", "open")
    if scope not in queries.SCOPES:
        raise BadRequest("list.scope", "没有这个分类，请从列表上方选择。")
    scope = queries.scope_for(scope, request.GET.get("outcome", ""))
    on = timezone.localdate()
    listing = ListPage(
        request, queries.desk_reviews(user, scope, on), queries.ReviewFilter, sorts=SORTS, also=("scope", "check")
    )
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"履约复核（{queries.SCOPES[scope]}）")
    context = {
        "listing": listing,
        "on": on,
        "scopes": tabs(queries.SCOPES, scope),
        "bulk": BulkReviewForm() if policy.allows(user, "commitments.review") and scope in ("open", "late") else None,
        "all_checked": request.GET.get("check") == "all",
    }
    return render(request, "commitments/reviews/list.html", context)


@require_safe
@login_required
def escalated(request: HttpRequest) -> HttpResponseBase:
    """What departments have not looked at long after its day: for the credit office, and each department its own."""
    user = staff_of(request, "commitments.view")
    on = timezone.localdate()
    listing = ListPage(
        request, queries.desk_reviews(user, "escalated", on), queries.ReviewFilter, sorts=SORTS, also=("scope", "check")
    )
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "提请督办的履约复核")
    return render(request, "commitments/reviews/escalated.html", {"listing": listing, "on": on})


@require_http_methods(["GET", "POST"])
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: what was promised, what was told beforehand, earlier reviews, and the outcome."""
    user = staff_of(request, "commitments.view")
    on = timezone.localdate()
    rows = within(Review.objects.select_related(*queries.SHOWN, "letter__record__item", "letter__entry"), user, on)
    row = get_object_or_404(rows, pk=pk)
    may = row.state == "open" and policy.allows(user, "commitments.review", row.department)
    following = queries.following(row, user, on)
    context = {
        "row": row,
        "letter": row.letter,
        "on": on,
        "may": may,
        "following": following,
        "promised": queries.promised(row.letter),
        "earlier": queries.earlier(row),
        "next_days": queries.next_days(row.letter, on) if may else [],
        "attachments": list(row.attachments.all()),
        "may_open": row.outcome in BREACH
        and policy.allows(user, "commitments.breach.handle", row.department)
        and not row.letter.breaches.open().exists(),
    }
    if request.method == "POST":
        policy.require(user, "commitments.review", row.department)
    form = ReviewForm(request.POST or None, request.FILES or None, edited=row, initial={"on": on})

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("outcome", "method", "finding", "attachments", "on")}
        done = actions.complete(row, by=user, version=data["version_seen"], **given)
        stays = done.outcome in BREACH or following is None
        return reverse("commitments:review", args=[row.pk if stays else following])

    return act_on_form(
        request, "commitments/reviews/review.html", context, form, action=run, message="已登记复核结果。"
    )


@require_POST
@login_required
def bulk(request: HttpRequest) -> HttpResponse:
    """Complete what was ticked with one outcome; the page tells every row's."""
    user = staff_of(request, "commitments.review")
    ids = ticked(request)
    form = BulkReviewForm(request.POST)
    if not ids or not form.is_valid():
        text = "请先勾选要办理的复核。" if not ids else "请选择复核结果，填写核查方式。"
        messages.error(request, text)
        return redirect("commitments:reviews")
    own = list(within(Review.objects.all(), user).filter(pk__in=ids).values_list("pk", flat=True))
    given = form.cleaned_data
    outcomes = actions.complete_many(own, outcome=given["outcome"], method=given["method"], by=user)
    done = sum(each.ok for each in outcomes)
    context = {"outcomes": outcomes, "done": done, "failed": len(ids) - done}
    return render(request, "commitments/reviews/bulk.html", context, status=200 if done else 422)
