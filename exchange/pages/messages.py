"""/desk/exchange/messages/: the outbox, one message with what was said of it, and what people set right; the parcels."""

from __future__ import annotations

import json
from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.contrib.messages import error, success
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.desk import Scopes, ticked
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from exchange.actions.mending import renew, resend_parked
from exchange.forms import MessageFilter, ParcelFilter
from exchange.models import Channel, Message, Parcel
from exchange.pages.channels import VIEW
from exchange.rules.messages import ANSWERABLE, TONES, State
from exchange.rules.parcels import PARCEL_TONES, ParcelState

SCOPES = Scopes(
    {
        "open": ("办理中", (State.QUEUED, *ANSWERABLE)),
        "mend": ("退回和暂存", (State.REJECTED, State.PARKED)),
        "done": ("已了结", (State.APPLIED, State.REPLACED)),
        "all": ("全部", None),
    }
)
SORTS = {
    "newest": Sort("最近形成", ("-pk",)),
    "oldest": Sort("最早形成", ("pk",)),
}
COLUMNS = (
    Column("通道", "channel", 30),
    Column("公示编号", "key", 14),
    Column("版本", "version"),
    Column("序号", "number"),
    Column("主体", "disclosure.subject_name", 30),
    Column("文书号", "disclosure.document_number", 26),
    Column("操作", lambda row: row.get_verb_display()),
    Column("起因", lambda row: row.get_why_display()),
    Column("状态", lambda row: row.get_state_display()),
    Column("尝试次数", "tries"),
    Column("形成时间", "made_at"),
    Column("对方入库时间", "applied_at"),
    Column("摘要", "digest", 64),
)
PARCEL_SORTS = {"newest": Sort("最近发送", ("-pk",)), "oldest": Sort("最早发送", ("pk",))}
PARCEL_COLUMNS = (
    Column("批次", "name", 36),
    Column("通道", "channel", 30),
    Column("条数", "rows"),
    Column("状态", lambda row: row.get_state_display()),
    Column("发送时间", "sent_at"),
    Column("答复时间", "answered_at"),
    Column("问题", "error", 30),
    Column("摘要", "digest", 64),
)
MENDABLE = (State.REJECTED, State.PARKED)


@require_safe
@login_required
def outbox(request: HttpRequest) -> HttpResponseBase:
    """Every message, filtered; what was rejected or parked can be ticked."""
    user = staff_of(request, VIEW)
    scope = SCOPES.asked(request)
    rows = SCOPES.narrow(Message.objects.select_related("channel__partner", "disclosure"), scope)
    listing = ListPage(request, rows, MessageFilter, sorts=SORTS, also=("scope", "check"))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"交换消息（{SCOPES.label(scope)}）")
    may_mend = policy.allows(user, "exchange.mend")
    context = {
        "listing": listing,
        "scopes": SCOPES.tabs(scope),
        "rows": [(row, TONES[State(row.state)]) for row in listing.page.items],
        "tickable": {row.pk for row in listing.page.items if may_mend and row.state in MENDABLE},
        "all_checked": request.GET.get("check") == "all",
    }
    return render(request, "exchange/messages.html", context, status=listing.status)


@require_safe
@login_required
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: what was sent, and what was said of it."""
    staff_of(request, VIEW)
    row = get_object_or_404(
        Message.objects.select_related("channel__partner", "disclosure", "mapping", "parcel"), pk=pk
    )
    versions = Message.objects.of_channel(row.channel).filter(key=row.key).order_by("-version")
    context = {
        "row": row,
        "tone": TONES[State(row.state)],
        "body": sorted(json.loads(row.body).items()),
        "receipts": row.receipts.select_related("parcel"),
        "versions": [(each, TONES[State(each.state)]) for each in versions[:20]],
    }
    return render(request, "exchange/message.html", context)


@require_POST
@login_required
def mend(request: HttpRequest) -> HttpResponse:
    """Of those that were ticked: what is parked is tried again, what was rejected goes out anew as it is today."""
    user, ids = staff_of(request, "exchange.mend"), ticked(request)
    back = f"{reverse('exchange:messages')}?scope=mend"
    if not ids:
        error(request, "请先勾选退回或者暂存的消息。")
        return redirect(back)
    again = resend_parked(ids, by=user)
    rejected: dict[int, list[str]] = defaultdict(list)
    for channel, key in Message.objects.filter(pk__in=ids, state=State.REJECTED).values_list("channel", "key"):
        rejected[channel].append(key)
    anew = sum(renew(each, rejected[each.pk], by=user) for each in Channel.objects.filter(pk__in=rejected))
    success(request, f"暂存的重新发送 {again} 条，退回的按现状重新生成 {anew} 条。")
    return redirect(back)


@require_safe
@login_required
def parcels(request: HttpRequest) -> HttpResponseBase:
    """Every try: what left when, with which digest, and what came of it."""
    user = staff_of(request, VIEW)
    listing = ListPage(request, Parcel.objects.select_related("channel__partner"), ParcelFilter, sorts=PARCEL_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(PARCEL_COLUMNS, "交换批次")
    rows = [(row, PARCEL_TONES[ParcelState(row.state)]) for row in listing.page.items]
    return render(request, "exchange/parcels.html", {"listing": listing, "rows": rows}, status=listing.status)
