"""Visits for tests: outside the draw unless a test draws; brought to a state by their real steps; everything made up."""

from __future__ import annotations

from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from records.models import Subject
from records.tests.factories import SubjectFactory
from supervision.inspections.libraries.models import Inspector
from supervision.inspections.tests.factories import TODAY, InspectorFactory, ItemEntryFactory
from supervision.inspections.visits import actions
from supervision.inspections.visits.rules.results import ItemResult

BEGUN = TODAY - timedelta(days=7)
PHOTO = AttachedFile("现场.png", b"\x89PNG\r\n\x1a\n" + b"made up" * 4)
WAYS = {
    "assigned": (),
    "notified": ("notify",),
    "inspecting": ("notify", "inspect"),
    "entered": ("notify", "inspect", "enter"),
    "reviewed": ("notify", "inspect", "enter", "review"),
    "published": ("notify", "inspect", "enter", "review", "publish"),
    "clean": ("notify", "inspect", "enter", "review", "publish"),
    "follow_up": ("notify", "inspect", "enter", "review", "publish", "follow"),
    "settled": ("notify", "inspect", "enter", "review", "publish", "follow", "settle"),
    "closed": ("notify", "inspect", "enter", "review", "publish", "close"),
    "skipped": ("skip",),
}
WITHOUT_PROBLEM = ("clean", "closed")


def authority(department: Department | None = None) -> Department:
    """A department with an item on the list in force and three inspectors."""
    department = department or DepartmentFactory()
    if not Inspector.objects.filter(department=department).exists():
        ItemEntryFactory(departments=[department])
        InspectorFactory.create_batch(3, department=department)
    return department


def opened(department: Department | None = None, subject: Subject | None = None, **more) -> Case:
    """A visit that a complaint led to."""
    department = authority(department)
    items = [entry.item for entry in department_items(department)]
    given = {"exempt": "complaint", "ground": "群众来电反映。", "items": items, "on": BEGUN} | more
    by = given.pop("by", None) or ClerkFactory(department=department)
    return actions.open_outside(subject or SubjectFactory(), department=department, by=by, **given)


def department_items(department: Department):
    from supervision.inspections.items.models import ItemEntry

    return ItemEntry.objects.of_department(department).select_related("item").order_by("pk")


def take(case: Case, verb: str, *, by=None, on: date | None = None, result: str = "pending", **more) -> Case:
    """One real step, by somebody new of the authority."""
    case = Case.objects.select_related("department", "subject", "visitcase").get(pk=case.pk)
    own, on = case.own, on or case.moved_on
    handles = verb in ("inspect", "enter", "follow", "settle", "close", "skip")
    by = by or (ClerkFactory if handles else ReviewerFactory)(department=case.department)
    given: dict = {"by": by}
    if verb != "enter":
        given["on"] = on
    match verb:
        case "notify":
            words = "全年检查不超过2次，可以申请回避。"
            given |= {
                "approval_number": "审1号",
                "notice_number": f"检通{case.pk}号",
                "notice": words,
                "planned_on": on,
            }
        case "rule":
            given |= {"request": None, "ruling": "refused", "reasons": "不存在利害关系。"}
        case "inspect":
            from supervision.inspections.visits.queries.teams import offered

            given["inspectors"] = list(offered(own)[:2])
        case "enter":
            found = {row.pk: ItemResult(result, "货架上有过期食品。") for row in own.items.all()}
            given |= {"results": found, "account": "到店检查。", "ended_on": own.visited_on or on, "photos": [PHOTO]}
        case "return":
            given["reason"] = "请补充照片。"
        case "review":
            given["document_number"] = f"示检告〔2026〕{case.pk}号"
        case "settle":
            row = own.follow_ups.filter(ended_on=None).first()
            given |= {"follow_up": row, "outcome": "filed", "document": "示立〔2026〕1号"}
        case "skip":
            given |= {"reason": "deregistered", "evidence": "登记机关档案。"}
    return getattr(actions, "send_back" if verb == "return" else verb)(case, **given | more)


def brought_to(state: str, case: Case, **more) -> Case:
    """A visit, brought to a state."""
    result = "clean" if state in WITHOUT_PROBLEM else "pending"
    for verb in WAYS[state]:
        case = take(case, verb, **({"result": result} | more))
    return case


def case_in(state: str, *, result: str = "", **more) -> Case:
    """A visit outside the draw in a state; `result` of every item."""
    return brought_to(state, opened(**more), **({"result": result} if result else {}))
