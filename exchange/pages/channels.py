"""/desk/exchange/: the channels with what waits in them, one channel, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from exchange import forms
from exchange.actions.mending import resend_range
from exchange.actions.opening import close_channel, open_channel
from exchange.actions.reconciling import reconcile
from exchange.models import Channel
from exchange.queries.board import backlogs
from exchange.queries.fields import public_fields
from exchange.rules.channels import MOVES, TONES, ChannelState, Direction
from exchange.rules.mappings import FACTS
from exchange.rules.parcels import PARCEL_TONES, ParcelState

VIEW = "exchange.view"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A button of a channel: its words, who may, its form and what it does."""

    label: str
    permission: str
    form: type[forms.PlainForm] | type[forms.ReasonForm] | type[forms.RangeForm]
    run: Callable[..., Any]
    lead: str
    done: str
    states: tuple[ChannelState, ...]


def _reconcile(row: Channel, *, by: User) -> None:
    reconcile(row, by=by)


CAN_OPEN = tuple(state for state, verb in MOVES if verb == "open")
STEPS: dict[str, Step] = {
    "open": Step(
        "开通通道",
        "exchange.open",
        forms.PlainForm,
        open_channel,
        "开通后，该类信息的每次变更都形成消息；已经公示、还没有报送过的信息随后逐批补送。",
        "已开通。",
        CAN_OPEN,
    ),
    "close": Step(
        "停用通道",
        "exchange.open",
        forms.ReasonForm,
        close_channel,
        "停用后不再形成和发送消息；未发完的留待再次开通。",
        "已停用。",
        (ChannelState.OPEN,),
    ),
    "resend": Step(
        "按序号重发",
        "exchange.mend",
        forms.RangeForm,
        resend_range,
        "对方丢失已入库的数据时使用；每项信息只重发最新版本。",
        "已列入重发。",
        (ChannelState.OPEN,),
    ),
    "reconcile": Step(
        "立即对账",
        "exchange.reconcile",
        forms.PlainForm,
        _reconcile,
        "按决定年月比对双方的条数和摘要，再逐条列出差异。每天凌晨自动对账一次。",
        "对账完毕。",
        (ChannelState.OPEN,),
    ),
}


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Every channel: what waits, since when, what was rejected or parked, the newest comparison."""
    staff_of(request, VIEW)
    rows = [(each, TONES[ChannelState(each.channel.state)]) for each in backlogs()]
    return render(request, "exchange/overview.html", {"rows": rows})


@require_safe
@login_required
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One channel: what it is, its mapping, its newest parcels and comparisons, and the steps that somebody may take."""
    user = staff_of(request, VIEW)
    row = _channel(pk)
    mapping = row.mappings.first()
    labels = FACTS | public_fields(row.kind)
    context = {
        "row": row,
        "tone": TONES[ChannelState(row.state)],
        "backlog": next(each for each in backlogs() if each.channel.pk == row.pk),
        "mapping": mapping,
        "fields": [(ours, labels.get(ours, ours), theirs) for ours, theirs in mapping.fields.items()]
        if mapping
        else [],
        "parcels": [(each, PARCEL_TONES[ParcelState(each.state)]) for each in row.parcels.all()[:SHOWN]],
        "comparisons": row.reconciliations.all()[:SHOWN],
        "steps": [(name, each.label) for name, each in STEPS.items() if _may(user, row, each)],
    }
    return render(request, "exchange/channel.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """The form of one step."""
    at = STEPS.get(verb)
    if at is None:
        raise Http404
    user = staff_of(request, at.permission)
    row = _channel(pk)
    form = at.form(request.POST or None)
    back = reverse("exchange:channel", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        given = {name: value for name, value in data.items() if name != "form_token"}
        at.run(row, by=user, **given)
        return back

    context = {
        "title": f"{at.label}：{row}",
        "lead": at.lead,
        "submit_label": at.label,
        "back_url": back,
        "trail": ["数据交换", "exchange:overview", str(row), back],
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=at.done)


def _may(user: User, row: Channel, at: Step) -> bool:
    outward = row.direction == Direction.OUT or at.permission == "exchange.open"
    return outward and ChannelState(row.state) in at.states and policy.allows(user, at.permission)


def _channel(pk: int) -> Channel:
    return get_object_or_404(Channel.objects.select_related("partner"), pk=pk)
