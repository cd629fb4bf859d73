"""A task is drawn up, changed while it is a draft, or given up before anything was announced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.actions.opening import numbers_of
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, at_field, refuse, required
from supervision.inspections.items.models import Item
from supervision.inspections.items.queries import of_departments
from supervision.inspections.items.rules.shares import Way
from supervision.inspections.plans.actions.steps import DRAFT, locked, save, trail
from supervision.inspections.plans.models import InspectionTask, PlanBatch, TaskItem, TaskPart
from supervision.inspections.plans.rules.states import PlanState, Shown, Source

NUMBER = "CC-{year}-{n:04}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A task as somebody writes it. `partners`: what each department that comes along inspects."""

    title: str
    starts_on: date
    ends_on: date
    scope: str
    items: Sequence[Item]
    partners: Mapping[Department, Sequence[Item]] = field(default_factory=dict)
    batch: PlanBatch | None = None
    reason: str = ""
    criteria: Mapping[str, Any] = field(default_factory=dict)
    capacity: int | None = None
    capacity_way: str = Way.LARGEST.value
    capacity_reason: str = ""
    band_upper: bool = False
    substitutes: bool = True
    shown_from: str = Shown.VISIT.value


COLUMNS = (
    "title", "starts_on", "ends_on", "scope", "batch", "reason", "capacity", "capacity_way", "capacity_reason", "band_upper",
    "substitutes", "shown_from",
)  # fmt: skip


def draft(department: Department, given: Draft, *, by: User, on: date) -> InspectionTask:
    """A new task of a department. `inspections.draft`. Refused with findings: see `_against`."""
    with acting(by):
        policy.require(by, DRAFT, department)
        row = InspectionTask(department=department, number=numbers_of("inspection-task", NUMBER, on.year)[0])
        _write(row, given, on)
        row.save()
        _parts(row, given)
        trail(row, "draft", by=by, title=row.title)
    return row


def edit(task: InspectionTask, given: Draft, *, by: User, on: date, version: str | None = None) -> InspectionTask:
    """Change a draft. Conflict once its list is frozen: then it is given up and drawn up anew."""
    with acting(by):
        row = locked(task, DRAFT, "edit", by=by, version=version)
        _write(row, given, on)
        save(row, *COLUMNS, "criteria", "source")
        row.parts.all().delete()
        _parts(row, given)
        trail(row, "edit", by=by, title=row.title)
    return row


def cancel(task: InspectionTask, *, reason: str, by: User, version: str | None = None) -> InspectionTask:
    """Give up a task of which nothing was announced; it stays with its reason. Refused without one."""
    with acting(by):
        row = locked(task, DRAFT, "cancel", by=by, version=version)
        refuse(required(reason, "reason", "请写明取消任务的原因。", rule="task.reason", most=500))
        row.ended_reason = reason.strip()
        save(row, "ended_reason")
        trail(row, "cancel", by=by, reason=row.ended_reason)
    return row


def _write(row: InspectionTask, given: Draft, on: date) -> None:
    refuse(_against(row.department, given, on))
    for name in COLUMNS:
        setattr(row, name, getattr(given, name))
    row.source = (Source.PLAN if given.batch else Source.AD_HOC).value
    row.criteria = {name: value for name, value in given.criteria.items() if value}


def _parts(row: InspectionTask, given: Draft) -> None:
    for department, items in {row.department: given.items, **given.partners}.items():
        part = TaskPart.objects.create(task=row, department=department, leads=department == row.department)
        TaskItem.objects.bulk_create([TaskItem(part=part, item=item) for item in items])


def _against(department: Department, given: Draft, on: date) -> list[Finding]:
    """What stands against a task: days, scope, items that are on no list, a task outside the plan without a reason, a choice without one."""
    found = [
        *required(given.title, "title", "请填写任务名称。", rule="task.title", most=100),
        *required(given.scope, "scope", "请写明检查对象的筛选条件。", rule="task.scope", most=200),
    ]
    if given.ends_on < given.starts_on:
        found.append(at_field("task.days", "ends_on", "检查结束日期早于开始日期。"))
    if given.batch is None and not given.reason.strip():
        found.append(at_field("task.reason", "reason", "计划外的任务应写明理由。"))
    if given.batch and (given.batch.plan.department_id, given.batch.plan.state) != (department.pk, PlanState.PUBLISHED):
        found.append(at_field("task.batch", "batch", "只能选择本单位已公布的年度计划的批次。"))
    if given.capacity is not None and not given.capacity_reason.strip():
        found.append(at_field("task.capacity", "capacity_reason", "限定抽取户数的，应写明理由，予以公开。"))
    for authority, items in {department: given.items, **given.partners}.items():
        known = set(of_departments([authority], on).values_list("item_id", flat=True))
        strange = [item.code for item in items if item.pk not in known]
        field_name = "items" if authority == department else "partners"
        if not items:
            found.append(at_field("task.items", field_name, f"请为{authority.label}选择抽查事项。"))
        elif strange:
            words = f"{'、'.join(strange)}不在{authority.label}现行的随机抽查事项清单中。"
            found.append(at_field("task.items", field_name, words, article="国办发〔2024〕54号"))
    return found
