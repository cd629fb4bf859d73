"""A bureau with a list of items, inspectors and firms, and tasks carried to any state by its people; all invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import factory
from django.utils import timezone

from casework.actions import draws
from casework.rules.draws import Named
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.tests.factories import ActingFactory, ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.context import acting
from credit_platform.editions.rules import EditionState
from records.models import Subject
from records.tests.factories import SubjectFactory
from supervision.grading.models import SupervisionField
from supervision.inspections.items.models import Item, ItemEntry, ItemList
from supervision.inspections.libraries.models import Inspector, ObjectTag
from supervision.inspections.plans import actions
from supervision.inspections.plans.actions.drafting import Draft
from supervision.inspections.plans.models import FrequencyCap, InspectionTask, ShareRow

NOW = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
TODAY = date(2026, 11, 23)
VALUE = "03 07 14 19 25 31 + 09"
NAMED = Named("SSQ", "2026131", NOW + timedelta(days=1), "2026132", NOW + timedelta(days=3))


class IssuedItemsFactory(ActingFactory):
    class Meta:
        model = ItemList
        django_get_or_create = ("code",)

    code = "items-2026"
    name = "示例随机抽查事项清单"
    basis = "示例发布文件"
    state = EditionState.ISSUED.value
    valid_from = date(2026, 1, 1)


class ItemFactory(ActingFactory):
    class Meta:
        model = Item

    code = factory.Sequence(lambda n: f"CC-{n:03}")
    name = factory.Sequence(lambda n: f"示例事项{n}检查")


class ItemEntryFactory(ActingFactory):
    """A 一般 item for organisations and sole traders, on the spot; the shares of the tiers decide."""

    class Meta:
        model = ItemEntry
        skip_postgeneration_save = True

    edition = factory.SubFactory(IssuedItemsFactory)
    item = factory.SubFactory(ItemFactory)
    weight = "general"
    field = "market"
    kinds = ["legal", "sole_trader"]
    methods = ["onsite"]
    per_year = 1
    basis = "示例条例第一条"

    @factory.post_generation
    def departments(self, create: bool, extracted: list[Department] | None, **kwargs: object) -> None:
        with acting(SYSTEM):
            self.departments.set(extracted or [])


class InspectorFactory(ActingFactory):
    class Meta:
        model = Inspector

    department = factory.SubFactory(DepartmentFactory)
    name = factory.Sequence(lambda n: f"检查员{n}")
    card_kind = "national"
    card_number = factory.Sequence(lambda n: f"ZF{n:06}")
    card_from = date(2024, 1, 1)
    card_until = date(2028, 12, 31)


class ShareRowFactory(ActingFactory):
    class Meta:
        model = ShareRow

    tier = "usual"
    rule = "least"
    share_low = "30%"
    basis = "示例办法"


class FrequencyCapFactory(ActingFactory):
    class Meta:
        model = FrequencyCap

    per_year = 1
    basis = "示例公告"


class TagFactory(ActingFactory):
    class Meta:
        model = ObjectTag

    code = factory.Sequence(lambda n: f"tag-{n}")
    name = factory.Sequence(lambda n: f"示例专项库{n}")


@dataclass
class Bureau:
    """Everything that a draw needs: `clerk` freezes, `second` announces and confirms, `third` types first."""

    department: Department
    clerk: User
    second: User
    third: User
    entry: ItemEntry
    inspectors: list[Inspector]
    subjects: list[Subject]

    def given(self, **change: object) -> Draft:
        base = Draft(
            title="2026年11月示例抽查",
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 31),
            scope="本市从事示例经营的主体",
            items=[self.entry.item],
            reason="示例专项检查",
        )
        return replace(base, **change)

    def task(self, **change: object) -> InspectionTask:
        return actions.draft(self.department, self.given(**change), by=self.clerk, on=TODAY)

    def frozen(self, **change: object) -> InspectionTask:
        return actions.freeze(self.task(**change), by=self.clerk, now=NOW)

    def committed(self, **change: object) -> InspectionTask:
        return actions.commit(self.frozen(**change), named=NAMED, by=self.second, now=NOW)

    def entered(self, task: InspectionTask, now: datetime = NAMED.at) -> InspectionTask:
        draws.enter(task.draw, value=VALUE, by=self.third, now=now)
        return task

    def confirmed(self, task: InspectionTask, now: datetime = NAMED.at) -> InspectionTask:
        draws.confirm(task.draw, value=VALUE, by=self.second, now=now)
        task.refresh_from_db()
        return task

    def drawn(self, **change: object) -> InspectionTask:
        return self.confirmed(self.entered(self.committed(**change)))


def field() -> SupervisionField:
    """The field whose tiers the items of the tests follow."""
    given = {"name": "市场监管（一般）", "basis": "示例", "valid_from": date(2020, 1, 1)}
    with acting(SYSTEM):
        return SupervisionField.objects.get_or_create(code="market", defaults=given)[0]


def bureau(subjects: int = 10, inspectors: int = 4, department: Department | None = None) -> Bureau:
    department = department or DepartmentFactory()
    field()
    return Bureau(
        department=department,
        clerk=ClerkFactory(department=department),
        second=ReviewerFactory(department=department),
        third=ClerkFactory(department=department),
        entry=ItemEntryFactory(departments=[department]),
        inspectors=InspectorFactory.create_batch(inspectors, department=department),
        subjects=SubjectFactory.create_batch(subjects, operating_status="存续"),
    )


def task_in(state: str, at: Bureau) -> InspectionTask:
    """A task of the bureau in any state, by the verbs that lead there."""
    match state:
        case "draft":
            return at.task()
        case "frozen":
            return at.frozen()
        case "committed":
            return at.committed()
        case "cancelled":
            return actions.cancel(at.task(), reason="重复立项。", by=at.clerk)
        case "void":
            task = at.committed()
            draws.void(task.draw, reason="名单有误。", by=at.third, now=NOW)
            task.refresh_from_db()
            return task
    task = at.drawn()
    match state:
        case "running":
            return actions.begin(task, by=at.clerk)
        case "done":
            for each in task.objects_drawn.all():
                each.refresh_from_db()
                _all_skipped(each, at)
            return actions.finish(task, by=at.clerk, on=TODAY)
        case "redrawn":
            actions.redraw(task, reason="抽取范围遗漏。", by=at.second, on=TODAY)
            task.refresh_from_db()
    return task


def _all_skipped(each, at: Bureau) -> None:
    while each is not None and each.state == "assigned":
        actions.skip(each, reason="closed", note="现场照片两张。", by=at.clerk, on=TODAY)
        each.refresh_from_db()
        each = getattr(each, "substitute", None)
