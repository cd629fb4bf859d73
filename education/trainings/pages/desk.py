"""/desk/trainings/: sessions are planned, announced, attended and confirmed by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from education.actions.base import CHECK, DRAFT
from education.models import Seat, Training
from education.trainings import actions, forms
from education.trainings.actions.planning import FIELDS
from education.trainings.queries import at_the_desk, reached, seats_taken
from education.trainings.rules import MOVES, State

VIEW = "education.view"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"newest": Sort("培训日期", ("-on", "-pk"))}
COLUMNS = (
    Column("名称", "title", 40),
    Column("组织单位", "department.name", 24),
    Column("培训日期", "on"),
    Column("状态", lambda row: row.get_state_display()),
    Column("邀请（户）", "invited"),
    Column("签到（人）", "present"),
    Column("覆盖（户）", lambda row: row.coverage.get("covered", "")),
)
VERBS = {
    "announce": ("通知并邀请", DRAFT, forms.AnnounceForm),
    "hold": ("签到登记完成", DRAFT, forms.PlainForm),
    "close": ("确认签到", CHECK, forms.PlainForm),
    "return": ("退回签到", CHECK, forms.NoteForm),
    "cancel": ("取消", DRAFT, forms.NoteForm),
}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """Sessions of one's department."""
    user = staff_of(request, VIEW)
    page = ListPage(request, at_the_desk(user), forms.TrainingFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "信用修复培训")
    context = {"listing": page, "may_plan": policy.allows(user, DRAFT)}
    return render(request, "education/trainings.html", context, status=page.status)


@get_or_post
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """A new session of one's own department."""
    user = staff_of(request, DRAFT)
    form = forms.PlanForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        if user.department is None:
            raise Refused("training.department", "您的账号没有所属单位，不能筹备培训。")
        return _page(actions.plan({name: given[name] for name in FIELDS}, department=user.department, by=user))

    context = {"title": "筹备修复培训", "lead": "公益、免费、自愿。", "back_url": reverse("trainings:list")}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已建立，请通知并邀请。")


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: who was invited, who came, how far it reached."""
    row, user = _row(request, pk), staff_of(request)
    handles = policy.allows(user, DRAFT, row.department)
    context = {
        "row": row,
        "seats": row.seats.counted().select_related("subject", "entered_by"),
        "taken": seats_taken(row),
        "reached": reached(row) if row.state in (State.ANNOUNCED, State.HELD) else None,
        "verbs": [(verb, each[0]) for verb, each in VERBS.items() if _may(row, verb, user)],
        "may_enter": handles and row.state == State.ANNOUNCED,
    }
    return render(request, "education/training.html", context)


@get_or_post
@login_required
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who came."""
    row, user = _row(request, pk), staff_of(request)
    policy.require(user, DRAFT, row.department)
    form = forms.SeatForm(request.POST or None, initial={"came": row.begins, "left": row.ends})

    def action(given: dict[str, Any]) -> str:
        values = {"name": given["name"], "came": given["came"], "left": given["left"]}
        actions.enter(row, subject=given["code"], by=user, **values)
        return _page(row)

    context = {"title": "登记签到", "lead": row.title, "submit_label": "登记", "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已登记。")


@get_or_post
@login_required
def seat_strike(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """A seat that was entered by mistake."""
    row, user = _row(request, pk), staff_of(request)
    policy.require(user, DRAFT, row.department)
    found = get_object_or_404(Seat.objects.counted().select_related("training", "subject"), training=row, pk=seat)
    form = forms.PlainForm(request.POST or None, edited=row)

    def action(given: dict[str, Any]) -> str:
        actions.strike(found, by=user)
        return _page(row)

    lead = f"{found.subject.name}　{found.name_masked}。划去后不再计入，登记保留备查。"
    context = {"title": "划去签到", "lead": lead, "submit_label": "划去", "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已划去。")


@get_or_post
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Announce, hold, close, return or cancel."""
    if verb not in VERBS:
        raise Http404
    row, user = _row(request, pk), staff_of(request)
    label, permission, kind = VERBS[verb]
    policy.require(user, permission, row.department)
    form: Any = kind(request.POST or None, edited=row)
    steps: dict[str, Callable[[dict[str, Any]], Training]] = {
        "announce": lambda given: actions.announce(row, own=given["own"] == "own", by=user, seen=form.version),
        "hold": lambda given: actions.hold(row, by=user, seen=form.version),
        "close": lambda given: actions.close(row, by=user, seen=form.version),
        "return": lambda given: actions.return_(row, reason=given["note"], by=user, seen=form.version),
        "cancel": lambda given: actions.cancel(row, reason=given["note"], by=user, seen=form.version),
    }

    def action(given: dict[str, Any]) -> str:
        return _page(steps[verb](given))

    context = {"title": label, "lead": row.title, "submit_label": label, "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message=f"已{label}。")


def _row(request: HttpRequest, pk: int) -> Training:
    return get_object_or_404(at_the_desk(staff_of(request, VIEW)), pk=pk)


def _may(row: Training, verb: str, user: User) -> bool:
    theirs = verb in ("close", "return") and user.pk == row.entered_by_id
    return (State(row.state), verb) in MOVES and policy.allows(user, VERBS[verb][1], row.department) and not theirs


def _page(row: Training) -> str:
    return reverse("trainings:training", args=[row.pk])
