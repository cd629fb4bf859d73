"""The pages of joint action at the desk: actions, the tasks of departments, the liftings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.models import Case
from casework.pages import CasePages, StepPage
from casework.pages.desk import COLUMNS, case_filter
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import Department, Role, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import RowFilter
from sanctions.joint import forms, queries, rules
from sanctions.joint.actions import initiating, lifting, pushing, tasks
from sanctions.joint.rules import ACTION, LIFTING, TASK
from sanctions.lists.models import CreditList, ListEntry


def _lists(request: HttpRequest | None) -> Any:
    return CreditList.objects.order_by("position", "code")


def fill(case: Case, *, measure: str, by: User, on: Any, version: str, evidence: Any, **given: Any) -> Case:
    """The same feedback on every line that is left, of one measure or of all."""
    rows = queries.lines_of(case).to_do()
    chosen = rows if measure == "all" else rows.filter(measure=int(measure))
    said = forms.feedback_of(given)
    lines = dict.fromkeys(chosen.values_list("pk", flat=True), said)
    return tasks.settle(case, lines, by=by, evidence=evidence, on=on, version=version)


ACTIONS = CasePages(
    ACTION,
    address="joint/actions",
    templates="sanctions/joint/actions",
    filters=case_filter(
        ACTION, list=RowFilter(label="名单", empty_label="全部", field_name="jointaction__credit_list", queryset=_lists)
    ),
    joined=("credit_list",),
    lead="列入名单后，按措施清单向有措施要执行的部门推送任务。",
    more=queries.of_action,
    began=lambda case: case.own.reason,
    columns=(*COLUMNS[:2], Column("名单", lambda case: case.own.credit_list.name, 30), *COLUMNS[3:6], COLUMNS[8]),
    forms={
        "push": StepPage(forms.PlainStepForm, pushing.push),
        "withdraw": StepPage(forms.ReasonForm, initiating.withdraw),
    },
)
TASKS = CasePages(
    TASK,
    address="joint/tasks",
    templates="sanctions/joint/tasks",
    filters=case_filter(
        TASK,
        list=RowFilter(label="名单", empty_label="全部", field_name="jointtask__action__credit_list", queryset=_lists),
    ),
    joined=("action__credit_list", "action__case"),
    lead="接受或者拒绝任务，逐主体、逐措施反馈执行情况，由另一名审核员确认。",
    more=queries.of_task,
    began=lambda case: f"由{case.own.action.case.number}推送",
    columns=(
        *COLUMNS[:2],
        Column("名单", lambda case: case.own.action.credit_list.name, 30),
        *COLUMNS[3:6],
        COLUMNS[8],
    ),
    forms={
        "accept": StepPage(forms.PlainStepForm, tasks.accept),
        "refuse": StepPage(forms.ReasonForm, tasks.refuse),
        "settle": StepPage(forms.FillForm, fill, offered=queries.left_measures),
        "report": StepPage(forms.PlainStepForm, tasks.report),
        "confirm": StepPage(forms.PlainStepForm, tasks.confirm),
        "send_back": StepPage(forms.ReasonForm, tasks.send_back),
        "agree": StepPage(forms.ReasonForm, tasks.agree),
        "insist": StepPage(forms.ReasonForm, tasks.insist),
    },
)
LIFTINGS = CasePages(
    LIFTING,
    address="joint/liftings",
    templates="sanctions/joint/liftings",
    filters=case_filter(LIFTING),
    lead="名单移出或者措施期限届满后，由执行单位逐一解除并确认。",
    more=queries.of_lifting,
    began=lambda case: case.own.why,
    columns=(*COLUMNS[:2], Column("解除事由", lambda case: case.own.why), *COLUMNS[3:6], COLUMNS[8]),
    forms={"lift": StepPage(forms.LiftForm, lifting.lift)},
)


@require_http_methods(["GET", "POST"])
@login_required
def initiate(request: HttpRequest) -> HttpResponse:
    """A joint action by hand, for the entries in force of a list that a department listed."""
    user = staff_of(request, rules.INITIATE)
    listed = ListEntry.objects.order_by().values("record__source_department")
    departments = _may_begin(Department.objects.filter(pk__in=listed).order_by("code"), user)
    lists = CreditList.objects.filter(entries__isnull=False).distinct().order_by("position", "code")
    form = forms.InitiateForm(request.POST or None, lists=lists, departments=list(departments))

    def run(data: dict[str, Any]) -> str:
        unit = Department.objects.get(pk=data["department"])
        made = initiating.initiate(data["credit_list"], department=unit, reason=data["reason"], by=user)
        return ACTIONS.url("case", made.pk)

    done = "已发起，请另一名审核员推送。"
    return act_on_form(request, "sanctions/joint/initiate.html", {}, form, action=run, message=done)


def _may_begin(rows: Any, user: User) -> Any:
    """The departments for which somebody may begin an action: all for the credit office, else one's own and those it succeeded."""
    if Role.CREDIT_OFFICE in user.roles:
        return rows
    return rows.filter(pk__in=own_department_ids(user.department_id or 0, timezone.localdate()))
