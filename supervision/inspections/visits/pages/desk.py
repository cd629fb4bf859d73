"""/desk/visits/: visits as cases, the drawn objects that nobody has begun, inspections outside the draw, figures."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.models import CaseQuerySet
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, Begin, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, Role, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.errors import Refused, at_field
from credit_platform.labels import choices
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.figures import asked_year
from records.models import Subject
from supervision.inspections.plans.rules.states import ObjectState
from supervision.inspections.visits import actions, forms
from supervision.inspections.visits.queries import desk, figures, teams
from supervision.inspections.visits.rules.procedure import HANDLE, VIEW, VISIT
from supervision.inspections.visits.rules.results import RESULT_LABELS

FIRST_YEAR = 2026
SHOWN = 50


class VisitPages(CasePages):
    """Whom a draw has picked only its authority knows until the notice: the credit office sees a visit from then on."""

    def rows(self, user: User) -> CaseQuerySet:
        """The cases that somebody may see, with what their pages show."""
        rows = CasePages.rows(self, user)
        if Role.CREDIT_OFFICE not in user.roles:
            return rows
        return rows.exclude(Q(state=ObjectState.ASSIGNED.value) & ~Q(department=user.department_id))


PAGES = VisitPages(
    VISIT,
    address="visits",
    templates="inspections/visits",
    filters=case_filter(
        VISIT,
        result=django_filters.ChoiceFilter(
            label="检查结果", empty_label="全部", field_name="visitcase__result", choices=choices(RESULT_LABELS)
        ),
    ),
    joined=("object__task", "part", "first_inspector", "second_inspector", "entered_by", "reviewed_by"),
    lead="从抽中的对象和计划外检查开始，通知、检查、填写、审核、公示，直到后续处理完毕。联合检查由各单位分别填写和公示。",
    more=desk.more,
    began=lambda case: case.own.origin,
    begin=Begin("计划外检查", "visit:outside", HANDLE),
    columns=(
        *COLUMNS[:4],
        Column("来源", lambda case: case.own.origin, 30),
        Column("检查日期", lambda case: case.own.visited_on),
        Column("检查结果", lambda case: case.own.get_result_display(), 30),
        COLUMNS[5],
        COLUMNS[8],
    ),
    forms={
        "notify": StepPage(forms.NotifyForm, actions.notify, initial=desk.draft_notice),
        "rule": StepPage(forms.RuleForm, actions.rule, offered=desk.open_requests),
        "inspect": StepPage(forms.InspectForm, actions.inspect, offered=lambda case, on: list(teams.offered(case.own))),
        "return": StepPage(forms.ReasonForm, actions.send_back),
        "review": StepPage(forms.ReviewForm, actions.review),
        "publish": StepPage(forms.PublishForm, actions.publish),
        "follow": StepPage(forms.FollowForm, actions.follow),
        "settle": StepPage(forms.SettleForm, actions.settle, offered=desk.open_follow_ups),
        "close": StepPage(forms.CloseForm, actions.close),
        "skip": StepPage(forms.SkipForm, actions.skip),
    },
)


def _own(user: User) -> list[int]:
    return list(own_department_ids(user.department_id or 0, timezone.localdate()))


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The drawn objects of one's own department whose visit nobody has begun, task by task."""
    user = staff_of(request, HANDLE)
    parts = desk.waiting(_own(user)).order_by("task__starts_on", "pk")
    lines = [(part, list(desk.unbegun(part)[:SHOWN]), desk.unbegun(part).count()) for part in parts]
    lines = [line for line in lines if line[2]]
    for part, shown, _ in lines:
        actions.look_at(part, len(shown), by=user)
    return render(request, "inspections/visits/waiting.html", {"lines": lines})


@login_required
@require_POST
def begin(request: HttpRequest, part: int, drawn: int) -> HttpResponse:
    """Begin the visit to one drawn object."""
    user = staff_of(request, HANDLE)
    row = get_object_or_404(desk.waiting(_own(user)), pk=part)
    found = get_object_or_404(desk.unbegun(row), pk=drawn)
    return redirect(PAGES.url("case", actions.open_drawn(found, part=row, by=user).pk))


@login_required
@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest) -> HttpResponse:
    """Begin an inspection outside the draw."""
    user, on = staff_of(request, HANDLE), timezone.localdate()
    if user.department is None:
        raise Refused("visit.department", "您的账号没有所属单位，不能办理检查。")
    department: Department = user.department
    form = forms.OutsideForm(request.POST or None, items=desk.listed_items(department, on))

    def run(data: dict[str, Any]) -> str:
        subject = Subject.objects.unmerged().filter(code=data["code"].strip().upper()).first()
        if subject is None:
            words = "平台上没有这个统一社会信用代码的主体。"
            raise Refused("visit.subject", words, findings=[at_field("visit.subject", "code", words)])
        given = {name: data[name] for name in ("exempt", "ground", "items")}
        return PAGES.url("case", actions.open_outside(subject, department=department, by=user, **given).pk)

    context = {
        "title": "计划外检查",
        "lead": "投诉举报、上级交办等十种情形可以在抽查之外检查，仍须审批、通知，只能检查已公布清单内的事项。",
        "submit_label": "建立",
        "back_url": reverse("visit:cases"),
    }
    done = "已建立，请由审核员审批并通知。"
    return act_on_form(request, "kit/form_page.html", context, form, action=run, message=done)


@login_required
@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Completion, hit rate and results of a year: the own department, or every one for the credit office."""
    user, this_year = staff_of(request, VIEW), timezone.localdate().year
    year = asked_year(request.GET.get("year", ""), first=FIRST_YEAR, this_year=this_year)
    rows = Department.objects.of_the_city().order_by("code")
    if Role.CREDIT_OFFICE not in user.roles:
        rows = rows.filter(pk__in=_own(user))
    context = {
        "year": year,
        "years": list(range(this_year, FIRST_YEAR - 1, -1)),
        "lines": figures.of_year(year, list(rows)),
    }
    return render(request, "inspections/visits/figures.html", context)
