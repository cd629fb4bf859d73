"""/window/: one screen for a clerk with a queue before the desk; the answer, the paper, the day."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import DomainError, Refused
from credit_platform.web import counter
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import is_key
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.export import Column, xlsx_response
from credit_platform.web.figures import asked_year, months_chart
from lookups.actions import Visit, answered, ask, hand_copy
from lookups.actions.asking import ASK
from lookups.actions.enquiring import ask_why_for
from lookups.forms import PICKED, QueryForm, WhyForm
from lookups.models import Query
from lookups.queries.sheet import Sheet, sheet_of
from lookups.queries.targets import Target, target_of
from lookups.queries.telling import looked_at, told_of
from lookups.queries.visits import LATEST, months, open_query, slip_of, visits, window_of
from lookups.rules.questions import OPEN_MINUTES, Authority
from records.actions.looks import reference
from records.models import Subject
from records.queries import canonical, merged_with

SCREEN = "lookups/window.html"
FIRST_YEAR = 2026
TOLD = 50
COPIED = (
    Column("部分", "part", 16),
    Column("条目", "entry", 36),
    Column("项目", "label", 24),
    Column("内容", "value", 60),
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@sensitive_post_parameters("q")
def screen(request: HttpRequest) -> HttpResponse:
    """The one screen. A query that is registered leads to its answer; several fitting firms are offered first, of public facts alone."""
    user = staff_of(request, ASK)
    form = QueryForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        if form.is_bound:
            form.forget_number()
        return form_response(request, SCREEN, _around(user), form)
    try:
        target = _chosen(form) or target_of(form.cleaned_data["q"])
        if target.choices:
            form.offer(target.choices)
            return render(request, SCREEN, _around(user) | {"form": form, "choosing": True})
        query = ask(target, _visit(form, user), by=user)
    except DomainError as refused:
        apply_errors(form, refused)
        form.forget_number()
        return form_response(request, SCREEN, _around(user), form, error=refused)
    return redirect("lookups:result", number=query.number) if query.subject_id else _nobody(request, user, query)


def _chosen(form: QueryForm) -> Target | None:
    picked = form.cleaned_data["pick"].removeprefix(PICKED)
    if not is_key(picked):
        return None
    row = Subject.objects.exclude(kind="person").filter(pk=int(picked), merged_into__isnull=True).first()
    if row is None:
        raise Refused("lookups.pick", "没有这个主体。", mend="请重新输入。")
    return Target(reference(row), row)


def _visit(form: QueryForm, user: User) -> Visit:
    given = form.cleaned_data
    return Visit(
        purpose=form.purposes[given["purpose"]],
        authority=Authority(given["authority"]),
        identity_seen=given["identity_seen"],
        matter=given["matter"],
        case_number=given["case_number"],
        visitor=given["visitor"],
        authorisation=given["authorisation"],
        window=window_of(user),
        token=form.token,
    )


def _around(user: User) -> dict[str, Any]:
    today = timezone.localdate()
    rows = visits(user, today)
    return {
        "visits": [(row, row.answered_at and row.actor_id == user.pk) for row in rows[:LATEST]],
        "today": rows.count(),
        "waiting": counter.waiting(user, today),
        "window": window_of(user),
    }


def _nobody(request: HttpRequest, user: User, query: Query) -> HttpResponse:
    return render(request, SCREEN, _around(user) | {"form": QueryForm(), "nobody": query})


@require_safe
@login_required
@never_cache
def result(request: HttpRequest, number: str) -> HttpResponse:
    """The answer, for who asked, for half an hour; its number of results is written down before it is shown."""
    user = staff_of(request, ASK)
    query, shown = _shown(user, number)
    slip = slip_of(number, user)
    assert slip is not None  # the query is open
    own = query.authority == Authority.OWN
    context = {
        "query": query,
        "sheet": shown,
        "prints": counter.offers(counter.Kind.PRINT, slip, user),
        "begins": counter.offers(counter.Kind.BEGIN, slip, user),
        "minutes": OPEN_MINUTES,
        "own": own,
        "seen": looked_at(shown.subject, timezone.localdate(), query.pk)[:TOLD] if own else [],
    }
    return render(request, "lookups/result.html", context)


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet that is handed over the counter."""
    user = staff_of(request, ASK)
    query, shown = _shown(user, number)
    return render(request, "lookups/print.html", {"query": query, "sheet": shown})


def _shown(user: User, number: str) -> tuple[Query, Sheet]:
    query = open_query(number, user)
    if query is None or query.subject is None:
        raise Http404
    shown = sheet_of(query, canonical(query.subject), timezone.localdate())
    answered(query, shown.results)
    return query, shown


@require_safe
@login_required
@never_cache
def copy(request: HttpRequest, number: str) -> HttpResponseBase:
    """The whole file of who asked for itself, as a workbook to take home."""
    user = staff_of(request, ASK)
    query = open_query(number, user)
    if query is None or query.authority != Authority.OWN:
        raise Http404
    return xlsx_response(hand_copy(query, by=user), COPIED, f"信息副本-{query.number}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def why(request: HttpRequest, number: str, looked: str) -> HttpResponse:
    """A visitor who asked for himself asks why another looked at him."""
    user = staff_of(request, ASK)
    visitor = open_query(number, user)
    if visitor is None or visitor.subject is None or visitor.authority != Authority.OWN:
        raise Http404
    about = told_of(merged_with(visitor.subject), timezone.localdate()).filter(number=looked).first()
    if about is None:
        raise Http404
    here = reverse("lookups:result", args=[number])

    def action(given: dict[str, Any]) -> str:
        ask_why_for(about, visitor, text=given["text"], by=user)
        return here

    context = {"title": "询问查询理由", "submit_label": "提出", "back_url": here}
    done = "已提出，审计人员核实后答复。"
    return act_on_form(request, "lookups/act.html", context, WhyForm(request.POST or None), action=action, message=done)


@require_safe
@login_required
def statistics(request: HttpRequest) -> HttpResponse:
    """What the window, or all windows, did month by month."""
    user = staff_of(request, ASK)
    this_year = timezone.localdate().year
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=this_year)
    city = request.GET.get("scope") == "city"
    lines = months(year, None if city else user)
    parts = {"已答复": lambda line: line.answered, "未予查询": lambda line: line.refused}
    tabs = [
        {"label": "本单位窗口", "url": f"?year={year}", "current": not city},
        {"label": "全市窗口", "url": f"?year={year}&scope=city", "current": city},
    ]
    context = {
        "year": year,
        "years": range(this_year, FIRST_YEAR - 1, -1),
        "lines": lines,
        "total": sum(line.asked for line in lines),
        "chart": months_chart(lines, parts),
        "heads": ["月份", "已答复", "未予查询"],
        "rows": [[line.label, line.answered, line.refused] for line in lines],
        "tabs": tabs,
        "scope": "city" if city else "",
        "back": reverse("lookups:window"),
    }
    return render(request, "lookups/statistics.html", context)
