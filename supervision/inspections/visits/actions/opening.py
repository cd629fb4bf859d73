"""A visit begins: of an object that was drawn, or outside the draw for one of the ten kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.actions import open_case
from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, refuse, required
from records.models import Subject, SubjectKind
from supervision.inspections.items.models import Item, ItemEntry
from supervision.inspections.plans.models import TaskObject, TaskPart
from supervision.inspections.plans.rules.caps import Exempt
from supervision.inspections.plans.rules.states import ObjectState
from supervision.inspections.visits.models import VisitCase, VisitItem
from supervision.inspections.visits.rules.procedure import ARTICLE, HANDLE, VISIT


def open_drawn(drawn: TaskObject, *, part: TaskPart, by: User, on: date | None = None) -> Case:
    """Begin an authority's visit to an object that was drawn, with the items that it is inspected for. Clerks and reviewers of that authority.

    Conflict when it was begun before, when the authority has no item there, and when the object was skipped.
    """
    with acting(by):
        row = TaskObject.objects.select_for_update(of=("self",)).select_related("subject", "task").get(pk=drawn.pk)
        policy.require(by, HANDLE, part.department)
        if row.state == ObjectState.SKIPPED or part.task_id != row.task_id:
            raise Conflict("visit.object", "该对象已登记不检查，或者不属于本任务。")
        if VisitCase.objects.filter(object=row, part=part).exists():
            raise Conflict("visit.begun", "该对象的检查已经开始办理。", mend="请在“检查”中查看。")
        items = [each.item for each in row.items.filter(part=part).select_related("item")]
        if not items:
            raise Conflict("visit.items", "本单位没有对该对象的检查事项。")
        case = open_case(
            VISIT, subject=row.subject, department=part.department, by=by, on=on, own={"object": row, "part": part}
        )
        _with_items(case, items)
        return case


def open_outside(
    subject: Subject,
    *,
    department: Department,
    exempt: Exempt | str,
    ground: str,
    items: Sequence[Item],
    by: User,
    on: date | None = None,
) -> Case:
    """Begin an inspection outside the draw: `exempt` is one of the ten kinds that no cap counts (国办发〔2024〕54号), `ground` why.

    Clerks and reviewers of the authority. Refused without a ground, for natural persons, without items, and for items that do not stand on the
    published list of that authority on the day.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, HANDLE, department)
        found = list(required(ground, "ground", "请写明检查事由。", rule="visit.ground", most=500))
        if exempt not in set(Exempt):
            found.append(at_field("visit.exempt", "exempt", "请选择计划外检查的类型。", article=ARTICLE))
        if subject.kind == SubjectKind.PERSON:
            found.append(at_field("visit.subject", "code", "检查对象是有统一社会信用代码的主体。"))
        listed = ItemEntry.objects.in_force(on).of_department(department).values_list("item_id", flat=True)
        if not items:
            found.append(at_field("visit.items", "items", "请选择检查事项。"))
        if {each.pk for each in items} - set(listed):
            words = "有检查事项不在本单位已公布的清单内，不得检查。"
            found.append(at_field("visit.unlisted", "items", words, article=ARTICLE))
        refuse([*found, *scanned(ground=ground)])
        own = {"exempt": str(exempt), "ground": ground.strip()}
        case = open_case(VISIT, subject=subject, department=department, by=by, on=on, own=own)
        _with_items(case, items)
        return case


def look_at(part: TaskPart, shown: int, *, by: User) -> None:
    """Register that somebody looks at names of those who were drawn and have not been told yet, before they are shown.

    Clerks and reviewers of the authority."""
    with acting(by):
        policy.require(by, HANDLE, part.department)
        audit.look(
            "inspections.drawn",
            by=by,
            subject_ref=part.task.number,
            purpose=f"办理检查 {part.task.number}",
            fields="待检查对象",
            results=shown,
            unit_id=part.department_id,
        )


def _with_items(case: Case, items: Sequence[Item]) -> None:
    VisitItem.objects.bulk_create(VisitItem(visit=case.visitcase, item=item) for item in items)
