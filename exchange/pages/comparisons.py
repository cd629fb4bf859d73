"""/desk/exchange/board/: who still shows what must not be shown; one comparison with its differences."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from exchange.actions.reconciling import renew_differences
from exchange.forms import MessageFilter, PlainForm
from exchange.models import Reconciliation
from exchange.pages.channels import VIEW
from exchange.queries.board import extras, newest_comparisons, open_deliveries, still_shown
from exchange.rules.messages import TONES, State

SORTS = {"oldest": Sort("最早撤下", ("pk",)), "newest": Sort("最近撤下", ("-pk",))}
COLUMNS = (
    Column("交换对象", "channel.partner", 30),
    Column("公示编号", "key", 14),
    Column("主体", "disclosure.subject_name", 30),
    Column("文书号", "disclosure.document_number", 26),
    Column("起因", lambda row: row.get_why_display()),
    Column("撤下时间", "made_at"),
    Column("状态", lambda row: row.get_state_display()),
    Column("其他未回执的接收单位", "others"),
)
DIFFERENCE_SORTS = {"key": Sort("列出次序", ("pk",))}
DIFFERENCE_COLUMNS = (
    Column("公示编号", "key", 14),
    Column("差异", lambda row: row.get_differs_display()),
    Column("本平台版本", "our_version"),
    Column("对方版本", "their_version"),
)


@require_safe
@login_required
def board(request: HttpRequest) -> HttpResponseBase:
    """Withdrawals that no receipt has confirmed, what a comparison still found over there, and the ledger of deliveries beside it."""
    user = staff_of(request, VIEW)
    rows = still_shown().select_related("channel__partner", "disclosure")
    listing = ListPage(request, rows, MessageFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "撤下后尚未确认的信息")
    over = extras()
    context = {
        "listing": listing,
        "rows": [(row, TONES[State(row.state)]) for row in listing.page.items],
        "extras": [(each, over[each.pk]) for each in newest_comparisons() if each.pk in over],
        "deliveries": open_deliveries(),
    }
    return render(request, "exchange/board.html", context, status=listing.status)


@require_safe
@login_required
def comparison(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Both sides by month, and every key that differs."""
    user = staff_of(request, VIEW)
    row = _comparison(pk)
    listing = ListPage(request, row.differences.select_related("message__disclosure"), None, sorts=DIFFERENCE_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(DIFFERENCE_COLUMNS, "对账差异")
    context = {
        "row": row,
        "months": [(month, both["ours"], both["theirs"]) for month, both in sorted(row.months.items(), reverse=True)],
        "listing": listing,
        "may_renew": row.differing and row.renewed_at is None and policy.allows(user, "exchange.mend"),
    }
    return render(request, "exchange/comparison.html", context, status=listing.status)


@require_http_methods(["GET", "POST"])
@login_required
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Every key that differs goes out anew."""
    user = staff_of(request, "exchange.mend")
    row = _comparison(pk)
    back = reverse("exchange:comparison", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        renew_differences(row, by=user)
        return back

    context = {
        "title": f"重新报送差异：{row.channel}",
        "lead": f"{row.differing} 条差异按今天的公示状态重新生成消息：公示中的报送，不再公示的撤下。",
        "submit_label": "重新报送差异",
        "back_url": back,
        "trail": ["数据交换", "exchange:overview", "对账结果", back],
    }
    form = PlainForm(request.POST or None)
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message="已重新报送。")


def _comparison(pk: int) -> Reconciliation:
    return get_object_or_404(Reconciliation.objects.select_related("channel__partner"), pk=pk)
