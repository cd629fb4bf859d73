"""/desk/draws/ for who draws, /draws/ for everybody: what was announced beforehand, what came of it, and how to repeat it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import django_filters
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import sampling
from casework.actions import draws as actions
from casework.forms import DrawConfirmForm, DrawEnterForm, DrawForm, DrawReasonForm
from casework.models import Draw
from casework.queries.draws import holds, published, shapes
from casework.rules.draws import LABELS, MOVES, DrawState, Named
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.forms import EditForm
from credit_platform.web.lists import ListPage, Sort

SHOWN = 500
CHECKED = 50_000
"""Up to so many ids a page computes the draw again by itself; beyond it the reader does, with the button or the program."""
PROGRAM = Path(settings.BASE_DIR) / "docs" / "recompute_draw.py"
SORTS = {"newest": Sort("最近公布", ("-announced_at", "-pk")), "reveal": Sort("最迟揭示日期", ("reveal_by", "pk"))}
COLUMNS = (
    Column("编号", "number", 16),
    Column("名称", "title", 30),
    Column("单位", "department.name", 24),
    Column("次数", "again"),
    Column("再次抽取原因", "reason", 30),
    Column("状态", lambda row: row.get_state_display()),
    Column("名单数", "population"),
    Column("抽取数", "size"),
    Column("名单摘要（SHA-256）", "list_digest", 40),
    Column("随机数摘要（SHA-256）", "nonce_digest", 40),
    Column("公布时间", "announced_at"),
    Column("揭示时间", "closed_at"),
    Column("作废原因", "void_reason", 30),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the page of a draw: its words, its form, its action."""

    label: str
    lead: str
    form: type[EditForm]
    action: Callable[..., Draw]
    done: str


STEPS = {
    "enter": Step(
        "录入公开值",
        "公开值产生后，按公开渠道公布的内容录入。",
        DrawEnterForm,
        actions.enter,
        "公开值已录入，请另一人复核。",
    ),
    "confirm": Step(
        "复核公开值并抽取",
        "由另一人重新录入；两次一致即抽取并公布随机数。",
        DrawConfirmForm,
        actions.confirm,
        "已抽取并公布结果。",
    ),
    "reject": Step(
        "退回重新录入",
        "第一人录入的公开值与公开渠道不符的，退回重新录入。",
        DrawReasonForm,
        actions.reject,
        "已退回重新录入。",
    ),
    "void": Step(
        "作废",
        "公布有误的，可以在公开值产生之前由另一人作废；作废及其原因予以公布。",
        DrawReasonForm,
        actions.void,
        "已作废。",
    ),
}


class DrawFilter(django_filters.FilterSet):
    """What the lists may be narrowed to."""

    q = django_filters.CharFilter(label="编号", field_name="number", lookup_expr="iexact")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(LABELS))

    class Meta:
        model = Draw
        fields = ("q", "state")


@require_http_methods(["GET", "POST"])
@login_required
def draw_list(request: HttpRequest) -> HttpResponseBase:
    """The draws of one's department or of the city, and the form that announces the next one of the own department."""
    user, on = staff_of(request, "casework.board"), timezone.localdate()
    rows = within(Draw.objects.select_related("department").defer("strata", "drawn", "struck"), user, on)
    offered = [(each.slug, each.label) for each in sampling.known() if each.population and _may_draw(user, each)]
    if request.method == "POST" and not offered:
        policy.require(
            user, next((each.permission for each in sampling.known()), "casework.draw.expire"), user.department
        )
    listing = ListPage(request, rows, DrawFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "随机抽取")
    form = DrawForm(request.POST or None, offered=offered, initial={"month": on})
    context = {"listing": listing, "may": bool(offered), "on": on}

    def run(data: dict[str, Any]) -> str:
        return reverse("casework:draw", args=[_announced(data, user).pk])

    return act_on_form(
        request, "casework/draws/list.html", context, form, action=run, message="抽取已公布，等待公开值产生。"
    )


@require_safe
@login_required
def draw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw on the desk: what is next, and who was drawn, by name."""
    user = staff_of(request, "casework.board")
    row = get_object_or_404(
        within(
            Draw.objects.defer("strata").select_related("department", "announced_by", "entered_by", "confirmed_by"),
            user,
        ),
        pk=pk,
    )
    kind = sampling.get(row.sampling)
    steps = [
        {"label": STEPS[verb].label, "url": reverse("casework:draw-step", args=[row.pk, verb])}
        for (state, verb), _ in MOVES.items()
        if state == row.state and policy.allows(user, kind.permission, row.department)
    ]
    ids = row.drawn_ids()[:SHOWN]
    context = as_shown(row) | {"steps": steps, "objects": kind.objects(row, ids), "shown": SHOWN}
    return render(request, "casework/draws/draw.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of a draw."""
    user = staff_of(request, "casework.board")
    row = get_object_or_404(within(Draw.objects.select_related("department"), user), pk=pk)
    policy.require(user, sampling.get(row.sampling).permission, row.department)
    at = STEPS.get(verb)
    if at is None:
        raise Http404
    form = at.form(request.POST or None, edited=row)
    back = reverse("casework:draw", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("value", "fallback", "reason") if name in data}
        at.action(row, by=user, version=form.version, **given)
        return back

    context = {"row": row, "step": at, "back_url": back}
    return act_on_form(request, "casework/draws/step.html", context, form, action=run, message=at.done)


@require_safe
def published_list(request: HttpRequest) -> HttpResponseBase:
    """Every draw that was announced, also the void ones."""
    rows = Draw.objects.select_related("department").defer("strata", "drawn", "struck")
    listing = ListPage(request, rows, DrawFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, "随机抽取公示")
    return render(
        request, "casework/draws/public_list.html", {"listing": listing, "page": listing.page}, status=listing.status
    )


@require_safe
def published_draw(request: HttpRequest, number: str) -> HttpResponse:
    """One draw for everybody: no names, only what is needed to repeat it."""
    row = get_object_or_404(Draw.objects.defer("strata").select_related("department"), number=number)
    return render(
        request, "casework/draws/public.html", as_shown(row) | {"program": PROGRAM.read_text(encoding="utf-8")}
    )


@require_safe
def file(request: HttpRequest, number: str) -> JsonResponse:
    """The published file, for `recompute_draw` and the short program."""
    row = get_object_or_404(Draw.objects.select_related("department"), number=number)
    answer = JsonResponse(published(row), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.json"'
    return answer


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The short program that repeats a draw without this platform."""
    return HttpResponse(PROGRAM.read_text(encoding="utf-8"), content_type="text/plain; charset=utf-8")


def _may_draw(user: User, kind: sampling.Sampling) -> bool:
    return user.department is not None and policy.allows(user, kind.permission, user.department)


def _announced(data: dict[str, Any], user: User) -> Draw:
    kind, month = sampling.get(data["sampling"]), data["month"]
    assert user.department is not None  # noqa: S101 - only who has one is offered a list
    named = Named(*(data[name] for name in ("source", "number", "at", "fallback_number", "fallback_at")))
    return actions.announce(
        kind,
        user.department,
        occasion=f"{month:%Y-%m}",
        title=title_of(kind, month),
        named=named,
        by=user,
        reason=data["reason"],
    )


def title_of(kind: sampling.Sampling, month: date) -> str:
    """What a month's draw is called."""
    return f"{month.year}年{month.month}月{kind.label}"


def as_shown(row: Draw) -> dict[str, Any]:
    """What the pages of a draw say of it, the desk's and the public's."""
    closed = row.state in (DrawState.DRAWN, DrawState.VOID)
    parts = shapes(row)
    tickets = [(part.label, row.drawn.get(part.code, [])[:SHOWN]) for part in parts]
    return {
        "row": row,
        "kind": sampling.get(row.sampling),
        "parts": parts,
        "tickets": tickets,
        "closed": closed,
        "checked": closed and row.population <= CHECKED,
        "holds": closed and row.population <= CHECKED and holds(row),
    }
