"""The pages of events of the national system at the desk: cases, deliveries, files of answers and their receipts."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from casework.pages.informant import shown_once
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, download
from credit_platform.web.lists import ListPage, Sort
from sanctions.national import forms, queries, rules
from sanctions.national.actions import answering, handling, receiving
from sanctions.national.formats import format_of
from sanctions.national.models import NationalDelivery, NationalFeedback
from sanctions.national.rules import EVENT

PAGES = CasePages(
    EVENT,
    address="national/events",
    templates="sanctions/national",
    filters=case_filter(
        EVENT,
        number=django_filters.CharFilter(label="事件编号", field_name="nationalevent__number", lookup_expr="iexact"),
        result=django_filters.ChoiceFilter(
            label="核查结果",
            empty_label="全部",
            field_name="nationalevent__result",
            choices=choices(rules.RESULT_LABELS),
        ),
    ),
    lead="国家联合奖惩系统发来的涉及本市的事件：分办、核查、审核、上报、回执。",
    more=queries.of_event,
    began=lambda case: f"国家系统事件{case.own.number}",
    columns=(
        Column("事件编号", lambda case: case.own.number, 24),
        *COLUMNS[:1],
        Column("主体", lambda case: case.own.subject_name, 30),
        Column("统一社会信用代码", lambda case: case.own.subject_code, 22),
        Column("事件类别", lambda case: case.own.get_kind_display()),
        Column("名单", lambda case: case.own.list_name, 30),
        *COLUMNS[3:6],
        Column("核查结果", lambda case: case.own.get_result_display()),
        Column("核查日期", lambda case: case.own.verified_on),
        COLUMNS[8],
    ),
    forms={
        "assign": StepPage(forms.AssignForm, handling.assign),
        "verify": StepPage(forms.VerifyForm, handling.verify),
        "give_back": StepPage(forms.ReasonForm, handling.give_back),
        "approve": StepPage(forms.PlainForm, handling.approve),
        "send_back": StepPage(forms.ReasonForm, handling.send_back),
    },
)
NEWEST = {"newest": Sort("最新", ("-pk",))}


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponseBase:
    """What came in, and how many events stand where."""
    staff_of(request, rules.RUN)
    listing = ListPage(request, queries.deliveries(), None, sorts=NEWEST)
    context = {"listing": listing, "counts": queries.counts(timezone.localdate()), "labels": EVENT.labels}
    return render(request, "sanctions/national/inbox.html", context)


@require_safe
@login_required
def delivery(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One delivery, event by event."""
    staff_of(request, rules.RUN)
    row = get_object_or_404(queries.deliveries(), pk=pk)
    lines = row.lines.select_related("event__case").order_by("place")
    listing = ListPage(request, lines, None, sorts={"place": Sort("次序", ("place",))})
    return render(request, "sanctions/national/delivery.html", {"row": row, "listing": listing})


@require_http_methods(["GET", "POST"])
@login_required
def take_in(request: HttpRequest) -> HttpResponse:
    """A file of events."""
    user = staff_of(request, rules.RUN)
    form = forms.FileForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        file = data["file"]
        made = receiving.receive(
            file.read(receiving.MOST_BYTES + 1), name=file.name, format_code=data["format"], channel="file", by=user
        )
        return reverse("national:delivery", args=[made.pk])

    context = {"title": "接收事件文件", "button": "接收", "back_url": reverse("national:inbox")}
    return act_on_form(request, "sanctions/national/file.html", context, form, action=run, message="已接收。")


@require_http_methods(["GET", "POST"])
@login_required
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept delivery, read again."""
    user = staff_of(request, rules.RUN)
    row = get_object_or_404(NationalDelivery, pk=pk)
    form = forms.ReplayForm(request.POST or None)

    def run(data: dict[str, Any]) -> str:
        return reverse("national:delivery", args=[receiving.replay(row, by=user).pk])

    context = {
        "title": "重新读取",
        "button": "重新读取",
        "row": row,
        "back_url": reverse("national:delivery", args=[pk]),
    }
    return act_on_form(request, "sanctions/national/file.html", context, form, action=run, message="已重新读取。")


@require_http_methods(["GET", "POST"])
@login_required
def feedbacks(request: HttpRequest) -> HttpResponseBase:
    """The files of answers; a new one from what waits."""
    user = staff_of(request, rules.RUN)
    form = forms.SendForm(request.POST or None)
    listing = ListPage(request, queries.feedbacks(), None, sorts=NEWEST)
    waiting = Case.objects.of(EVENT).filter(state=rules.E.ANSWERED).count()

    def run(data: dict[str, Any]) -> str:
        answering.dispatch(by=user, format_code=data["format"])
        return reverse("national:feedbacks")

    context = {"listing": listing, "waiting": waiting}
    done = "反馈文件已生成，请下载后报送。"
    return act_on_form(request, "sanctions/national/feedbacks.html", context, form, action=run, message=done)


@require_safe
@login_required
def feedback_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of answers as it was made; that it was taken out is registered."""
    user = staff_of(request, rules.RUN)
    row = get_object_or_404(NationalFeedback, pk=pk)
    name = f"{row.number}.{format_of(row.format).suffix}"
    return download(answering.file_of(row, by=user), name, "application/octet-stream")


@require_http_methods(["GET", "POST"])
@login_required
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of a file of answers."""
    user = staff_of(request, rules.RUN)
    form = forms.FileForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> str:
        answering.take_receipt(data["file"].read(receiving.MOST_BYTES + 1), format_code=data["format"], by=user)
        return reverse("national:feedbacks")

    context = {"title": "登记回执", "button": "登记", "back_url": reverse("national:feedbacks")}
    return act_on_form(request, "sanctions/national/file.html", context, form, action=run, message="回执已登记。")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The number of the person whom an event is about: asked with a purpose, registered, shown once in the answer to the form."""
    case, user = PAGES.case_of(request, pk), staff_of(request)
    policy.require(user, rules.VERIFY, case.department)

    def ask(purpose: str) -> str:
        return handling.person_number(case.nationalevent, by=user, purpose=purpose)

    words = {
        "title": "查看证件号码",
        "warning": "证件号码仅在本页显示一次，只用于核查本事件。",
        "none": "这个事件没有证件号码。",
    }
    return shown_once(request, ask, row=case, back_label=case.number, back_url=PAGES.url("case", case.pk), **words)


def urls() -> list[URLPattern]:
    """The addresses of events, that of the number beside those of the kit."""
    return [path("desk/national/events/<int:pk>/person/", person, name="person"), *PAGES.urls()]
