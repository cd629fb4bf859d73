"""What waits on the desk: plans to be approved, lists to be announced, public values to be entered, tasks whose drawn wait for their notice."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.rules.draws import DrawState
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from supervision.inspections.plans.models import InspectionPlan, InspectionTask
from supervision.inspections.plans.rules.states import PlanState, TaskState

SHOWN = 10
APPROVE, DRAW = "inspections.approve", "inspections.draw"


def work(user: User, on: date) -> list[WorkSection]:
    """The sections of one person; nothing for who draws and approves nothing."""
    sections = _plans(user) if policy.allows(user, APPROVE) else []
    return sections + (_tasks(user) if policy.allows(user, DRAW) else [])


def _plans(user: User) -> list[WorkSection]:
    waiting = within(InspectionPlan.objects.filter(state=PlanState.DRAFT.value).exclude(drafted_by=user), user)
    rows = [WorkRow(str(row), reverse("inspections:plan", args=[row.pk])) for row in waiting[:SHOWN]]
    url = f"{reverse('inspections:plans')}?state={PlanState.DRAFT.value}"
    return [WorkSection("待批准的年度抽查计划", rows, count=waiting.count(), url=url, order=210)] if rows else []


def _tasks(user: User) -> list[WorkSection]:
    mine = within(InspectionTask.objects.select_related("draw"), user)
    frozen = mine.filter(state=TaskState.FROZEN.value).exclude(frozen_by=user)
    known = mine.filter(state=TaskState.COMMITTED.value, draw__value_at__lte=timezone.now())
    to_enter = known.filter(draw__state=DrawState.ANNOUNCED.value)
    to_confirm = known.filter(draw__state=DrawState.ENTERED.value).exclude(draw__entered_by=user)
    sections = [
        _section("待公布的抽查名单", frozen, TaskState.FROZEN, Severity.WARN),
        _section("公开值已产生，待录入", to_enter, TaskState.COMMITTED, Severity.SERIOUS),
        _section("公开值已录入，待复核抽取", to_confirm, TaskState.COMMITTED, Severity.SERIOUS),
    ]
    return [section for section in sections if section.rows]


def _section(title: str, tasks: QuerySet[InspectionTask], state: TaskState, severity: Severity) -> WorkSection:
    rows = [
        WorkRow(
            f"{row.number} {row.title}",
            reverse("casework:draw", args=[row.draw.pk]) if row.draw else reverse("inspections:task", args=[row.pk]),
            due=row.draw.reveal_by if row.draw else row.starts_on,
        )
        for row in tasks[:SHOWN]
    ]
    url = f"{reverse('inspections:tasks')}?state={state.value}"
    return WorkSection(title, rows, count=tasks.count(), url=url, severity=severity, order=212)
