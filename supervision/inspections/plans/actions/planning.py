"""The yearly plan: drawn up, approved by another person, published, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Refused, at_field, refuse, required
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from supervision.inspections.items.models import Item
from supervision.inspections.items.queries import of_departments
from supervision.inspections.plans.models import InspectionPlan, PlanBatch
from supervision.inspections.plans.rules.states import PLAN_LABELS, PLAN_MOVES, PlanState

PLAN, APPROVE = "inspections.plan", "inspections.approve"


@dataclass(frozen=True, slots=True)
class Batch:
    """A line of a plan as somebody writes it."""

    title: str
    items: Sequence[Item]
    scope: str
    planned: str
    first_month: int
    last_month: int
    partners: Sequence[Department] = ()


def save_plan(
    department: Department,
    *,
    year: int,
    title: str,
    batches: Sequence[Batch],
    by: User,
    on: date,
    note: str = "",
    plan: InspectionPlan | None = None,
    version: str | None = None,
) -> InspectionPlan:
    """A plan, new or changed while it is a draft.

    Clerk of the department. Refused without a batch, and for an item that is not on the list of the day as one of the department's or its
    partners' (国办发〔2024〕54号: what is not published may not be inspected).
    """
    with acting(by):
        row = _locked(plan, PLAN, "edit", by=by, version=version) if plan else InspectionPlan(department=department)
        policy.require(by, PLAN, row.department)
        refuse(_against(row.department, title, batches, on))
        row.year, row.title, row.note, row.drafted_by = year, title.strip(), note.strip(), by
        try:
            with transaction.atomic():
                row.version += 1 if row.pk else 0
                row.save()
        except IntegrityError as error:
            raise Conflict(
                "plan.twice", "本单位该年度已有同名的计划。", mend="请换一个名称，或者修改原计划。"
            ) from error
        row.batches.all().delete()
        for position, each in enumerate(batches, 1):
            _batch(row, position, each)
        audit.record(
            "inspections.plan.save",
            row,
            by=by,
            after={"year": year, "title": row.title, "batches": len(batches)},
            unit_id=row.department_id,
        )
    return row


def approve(
    plan: InspectionPlan, *, by: User, on: date, filed_with: str = "", version: str | None = None
) -> InspectionPlan:
    """Another person than who drew it up approves it; `filed_with` says to whom it was reported. Forbidden for the drafter."""
    with acting(by):
        row = _locked(plan, APPROVE, "approve", by=by, version=version)
        if row.drafted_by_id == by.pk:
            raise Forbidden("plan.two_people", "计划应由另一人批准，起草人不能批准。")
        row.approved_by, row.approved_on, row.filed_with = by, on, filed_with.strip()
        _save(row, "approve", by, "approved_by", "approved_on", "filed_with")
    return row


def send_back(plan: InspectionPlan, *, reason: str, by: User, version: str | None = None) -> InspectionPlan:
    """An approved plan goes back to its drafter. Refused without a reason."""
    with acting(by):
        row = _locked(plan, APPROVE, "return", by=by, version=version)
        refuse(required(reason, "reason", "请写明退回修改的原因。", rule="plan.reason", most=500))
        row.approved_by, row.approved_on = None, None
        _save(row, "return", by, "approved_by", "approved_on", reason=reason.strip())
    return row


def publish(plan: InspectionPlan, *, by: User, on: date, version: str | None = None) -> InspectionPlan:
    """The plan becomes public."""
    with acting(by):
        row = _locked(plan, APPROVE, "publish", by=by, version=version)
        row.published_on = on
        _save(row, "publish", by, "published_on")
    return row


def close(plan: InspectionPlan, *, by: User, on: date, version: str | None = None) -> InspectionPlan:
    """The year is over. Refused before its last batch could have ended."""
    with acting(by):
        row = _locked(plan, APPROVE, "close", by=by, version=version)
        last = max((each.last_month for each in row.batches.all()), default=12)
        if (on.year, on.month) < (row.year, last):
            raise Refused("plan.early", f"计划的检查安排到{row.year}年{last}月，尚未到期。")
        row.closed_on = on
        _save(row, "close", by, "closed_on")
    return row


def _against(department: Department, title: str, batches: Sequence[Batch], on: date) -> list[Finding]:
    found = list(required(title, "title", "请填写计划名称。", rule="plan.title", most=200))
    if not batches:
        found.append(at_field("plan.batches", "batches", "计划至少有一个批次。"))
    for number, each in enumerate(batches, 1):
        known = set(of_departments([department, *each.partners], on).values_list("item_id", flat=True))
        strange = [item.code for item in each.items if item.pk not in known]
        if not each.items or strange:
            words = (
                f"第{number}批：{'、'.join(strange)}不在本单位现行的随机抽查事项清单中。"
                if strange
                else f"第{number}批没有选择抽查事项。"
            )
            found.append(at_field("plan.items", "batches", words, article="国办发〔2024〕54号"))
        if not 1 <= each.first_month <= each.last_month <= 12:
            found.append(at_field("plan.months", "batches", f"第{number}批的起止月份不正确。"))
    return found


def _batch(plan: InspectionPlan, position: int, given: Batch) -> None:
    row = PlanBatch.objects.create(
        plan=plan,
        position=position,
        title=given.title,
        scope=given.scope,
        planned=given.planned,
        first_month=given.first_month,
        last_month=given.last_month,
    )
    row.items.set(given.items)
    row.partners.set(given.partners)


def _locked(plan: InspectionPlan, permission: str, verb: str, *, by: User, version: str | None) -> InspectionPlan:
    row = InspectionPlan.objects.select_for_update(of=("self",)).select_related("department").get(pk=plan.pk)
    policy.require(by, permission, row.department)
    if version is not None:
        require_version(row, version)
    row.state = next_state(
        PLAN_MOVES, PLAN_LABELS, PlanState(row.state), verb, code="inspections.plan.state", what="计划"
    ).value
    return row


def _save(row: InspectionPlan, verb: str, by: User, *columns: str, reason: str = "") -> None:
    row.version += 1
    row.save(update_fields=[*columns, "state", "version"])
    audit.record(
        f"inspections.plan.{verb}", row, by=by, after={"state": row.state}, reason=reason, unit_id=row.department_id
    )
