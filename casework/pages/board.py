"""/desk/cases/: every open case by its deadline, of one's department or of the city; notices, and what was urged (督办)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.actions import notices as telling
from casework.actions import supervision
from casework.forms import AnswerForm, UrgeForm
from casework.models import Case, Notice, Urging
from casework.rules import procedures
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of, within
from credit_platform.accounts.models import Department
from credit_platform.web.acting import act_on_form
from credit_platform.web.desk import ticked
from credit_platform.web.errors import BadRequest
from credit_platform.web.export import Column
from credit_platform.web.lists import KitDateFilter, ListPage, RowFilter, Sort

SORTS = {
    "due": Sort("期限最近", ("due_on", "pk")),
    "newest": Sort("最近提出", ("-drafted_on", "-pk")),
}
COLUMNS = (
    Column("事项", lambda row: row.of.label),
    Column("案号", "number", 22),
    Column("主体", lambda row: row.subject.name if row.subject else "", 30),
    Column("状态", lambda row: row.get_state_display()),
    Column("期限", "due_on"),
    Column("提请督办日期", "escalated_on"),
    Column("办理单位", "department.name", 24),
    Column("提出日期", "drafted_on"),
)
SCOPES = {"open": "办理中", "late": "已逾期", "escalated": "已提请督办"}


def _kinds(request: HttpRequest | None = None) -> list[tuple[str, str]]:
    return [(procedure.slug, procedure.label) for procedure in procedures.known()]


class BoardFilter(django_filters.FilterSet):
    """Filters of the board; they stay in the address."""

    q = django_filters.CharFilter(label="案号、主体名称或信用代码", method="by_text")
    procedure = django_filters.ChoiceFilter(label="事项", empty_label="全部", choices=_kinds)
    department = RowFilter(
        label="办理单位", empty_label="全部", queryset=lambda request: Department.objects.order_by("code")
    )
    due_to = KitDateFilter(label="期限不晚于", field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Case
        fields = ("q", "procedure", "department", "due_to")

    def by_text(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """A number of a case, the whole code of a subject, or a part of its name."""
        text = value.strip()
        return rows.filter(Q(number=text) | Q(subject__code=text.upper()) | Q(subject__name__contains=text))


@require_safe
@login_required
def board(request: HttpRequest) -> HttpResponseBase:
    """Every open case, the nearest deadline first: who is late, since when, with what."""
    user, on = staff_of(request, "casework.board"), timezone.localdate()
    scope = request.GET.get("scope", "open")
    if scope not in SCOPES:
        raise BadRequest("list.scope", "没有这个分类，请从列表上方选择。")
    rows = Case.objects.visible_to(user, on).open()
    if scope == "late":
        rows = rows.late(on)
    elif scope == "escalated":
        rows = rows.filter(escalated_on__isnull=False)
    rows = rows.select_related("subject", "department")
    listing = ListPage(request, rows, BoardFilter, sorts=SORTS, also=("scope",))
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, f"办理事项（{SCOPES[scope]}）")
    tabs = [{"label": label, "url": f"?scope={key}", "current": key == scope} for key, label in SCOPES.items()]
    context = {"listing": listing, "scopes": tabs, "on": on}
    return render(request, "casework/board.html", context, status=listing.status)


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What one's department, or the credit office, was told."""
    user = staff_of(request, "casework.board")
    rows = Notice.objects.to_staff(user).select_related("case")
    listing = ListPage(request, rows, None, sorts={"newest": Sort("最新", ("-on", "-pk"))})
    return render(request, "casework/notices.html", {"listing": listing})


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """The ticked notices are read."""
    count = telling.read(ticked(request), by=staff_of(request, "casework.board"))
    messages.success(request, f"{count}条通知已标为已读。" if count else "没有需要标记的通知。")
    return redirect("casework:notices")


@require_safe
@login_required
def urgings(request: HttpRequest) -> HttpResponse:
    """What was urged, the unanswered first."""
    user = staff_of(request, "casework.board")
    rows = Urging.objects.filter(case__in=within(Case.objects.all(), user)).select_related(
        "case__subject", "case__department", "asked_by", "answered_by"
    )
    sorts = {"newest": Sort("最近督办", ("-asked_on", "-pk")), "due": Sort("答复期限最近", ("answer_due_on", "pk"))}
    return render(request, "casework/urgings.html", {"listing": ListPage(request, rows, None, sorts=sorts)})


@require_http_methods(["GET", "POST"])
@login_required
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """The credit office urges the department of a case."""
    user = staff_of(request, "casework.urge")
    case = get_object_or_404(Case.objects.visible_to(user).open().select_related("subject", "department"), pk=pk)
    back = reverse(f"{case.of.code}:case", args=[case.pk])

    def run(data: dict[str, Any]) -> str:
        supervision.urge(case, text=data["text"], by=user)
        return back

    context = {"case": case, "title": "督办", "back_url": back, "button": "发出督办"}
    form = UrgeForm(request.POST or None)
    return act_on_form(request, "casework/urge.html", context, form, action=run, message="督办已发出。")


@require_http_methods(["GET", "POST"])
@login_required
def urging(request: HttpRequest, pk: int) -> HttpResponse:
    """One urging with its answer; who handles the case answers here."""
    user = staff_of(request, "casework.board")
    rows = Urging.objects.filter(case__in=within(Case.objects.all(), user))
    row = get_object_or_404(rows.select_related("case__subject", "case__department", "asked_by", "answered_by"), pk=pk)
    may = row.answered_on is None and policy.allows(user, "casework.answer", row.case.department)
    context: dict[str, Any] = {"row": row, "case": row.case, "may": may, "back_url": reverse("casework:urgings")}
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        policy.require(user, "casework.answer", row.case.department)

    def run(data: dict[str, Any]) -> str:
        supervision.answer(row, text=data["text"], by=user)
        return reverse("casework:urgings")

    return act_on_form(request, "casework/urging.html", context, form, action=run, message="已答复。")
