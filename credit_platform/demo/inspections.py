"""Random inspections of the demonstration city: inspectors, a plan of the year, a task that was drawn, one that waits for its public value, one begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from casework.actions import draws
from casework.rules.draws import Named
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from records.models import Subject
from supervision.inspections.items.models import Item
from supervision.inspections.libraries import actions as libraries
from supervision.inspections.libraries.models import Inspector, ObjectTag
from supervision.inspections.plans import actions
from supervision.inspections.plans.actions.drafting import Draft
from supervision.inspections.plans.actions.planning import Batch
from supervision.inspections.plans.models import InspectionTask, PlanBatch

BUREAU = "scjgj"
PEOPLE = ("季明远", "单静宜", "阎若川", "温书恒", "封以宁", "苗青禾", "褚文柏", "路遥知")
FOOD = ("食品",)
LOTTERY = "02 09 13 21 27 30 + 11"
BEFORE = 24
"""Days before today on which the drawn task was frozen."""


@dataclass(slots=True)
class Inspections:
    """The year up to `today`, seen from the market bureau; its clerk freezes and types first, its reviewer announces and confirms."""

    today: date
    clerk: User
    reviewer: User

    @classmethod
    def of(cls, today: date) -> Inspections:
        """For the market bureau, whose accounts the visitor tries first."""
        people = User.objects.select_related("department").in_bulk(
            [f"{BUREAU}_lr", f"{BUREAU}_sh"], field_name="username"
        )
        return cls(today, people[f"{BUREAU}_lr"], people[f"{BUREAU}_sh"])

    @property
    def department(self) -> Department:
        assert self.clerk.department is not None
        return self.clerk.department

    def build(self) -> int:
        """Everything in the order in which it would come about; how many tasks there are."""
        inspectors = self._inspectors()
        batch = self._plan()
        self._tag()
        frozen_on = self.today - timedelta(days=BEFORE)
        task = self._task(batch, "SJ-01", frozen_on, "市场主体登记事项抽查", 40)
        self._recusal(inspectors[0], frozen_on)
        self._announce(task, frozen_on)
        self._draw(task, frozen_on + timedelta(days=2))
        yesterday = self.today - timedelta(days=1)
        waiting = self._task(batch, "SJ-04", yesterday, "食品销售监督抽查", 12, tag="food-sale")
        self._announce(waiting, yesterday)
        self._task(batch, "SJ-02", self.today, "企业公示信息抽查", 30)
        return InspectionTask.objects.count()

    def _inspectors(self) -> list[Inspector]:
        with clock.at(self.today - timedelta(days=300), 9):
            return [
                libraries.save_inspector(
                    self.department,
                    {
                        "name": name,
                        "card_kind": "national",
                        "card_number": f"HSJ{n:05}",
                        "card_from": self.today - timedelta(days=700),
                        "card_until": self.today + timedelta(days=900 if n % 7 else 20),
                        "specialities": list(FOOD) if n % 2 else [],
                    },
                    by=self.clerk,
                )
                for n, name in enumerate(PEOPLE, 1)
            ]

    def _plan(self) -> PlanBatch:
        day = max(date(self.today.year, 1, 15), self.today - timedelta(days=300))
        items = [Item.objects.get(code=code) for code in ("SJ-01", "SJ-02", "SJ-04")]
        with clock.at(day, 9):
            plan = actions.save_plan(
                self.department,
                year=self.today.year,
                title=f"{self.today.year}年度市场监管领域双随机抽查计划",
                note="检查频次不超过公布的上限；能合并的合并，能非现场的不上门。",
                batches=[
                    Batch("登记和公示信息", items[:2], "存续的企业和个体工商户", "按监管等级", 3, 12),
                    Batch("食品销售", items[2:], "食品销售专项库内的对象", "按监管等级", 3, 12),
                ],
                by=self.clerk,
                on=day,
            )
        with clock.at(day, 15):
            plan = actions.approve(plan, by=self.reviewer, on=day, filed_with="已报省市场监管局备案")
            plan = actions.publish(plan, by=self.reviewer, on=day)
        return plan.batches.get(position=1)

    def _tag(self) -> None:
        tag = ObjectTag.objects.get(code="food-sale")
        rows = list(Subject.objects.with_public_page().filter(kind="sole_trader").order_by("pk")[:80])
        day = self.today - timedelta(days=200)
        with clock.at(day, 10):
            libraries.mark(tag, rows, department=self.department, by=self.clerk, on=day)

    def _task(self, batch: PlanBatch, item: str, day: date, title: str, capacity: int, tag: str = "") -> InspectionTask:
        """A task of the plan with a capacity, drawn up on a day."""
        food = batch.plan.batches.get(position=2)
        given = Draft(
            title=f"{day.year}年{day.month}月{title}",
            starts_on=day + timedelta(days=5),
            ends_on=day + timedelta(days=60),
            scope="食品销售专项库内的对象" if tag else "全市存续的企业和个体工商户",
            items=[Item.objects.get(code=item)],
            batch=food if tag else batch,
            criteria={"tag": tag},
            capacity=capacity,
            capacity_reason=f"在岗检查人员{len(PEOPLE)}名，本批最多完成{capacity}户。",
        )
        with clock.at(day, 9):
            return actions.draft(self.department, given, by=self.clerk, on=day)

    def _recusal(self, inspector: Inspector, day: date) -> None:
        firm = Subject.objects.with_public_page().filter(kind="legal").order_by("pk").first()
        assert firm is not None
        with clock.at(day, 9):
            libraries.recuse(inspector, firm, ground="relative", source="own", by=self.clerk, on=day)

    def _announce(self, task: InspectionTask, day: date) -> None:
        with clock.at(day, 10):
            frozen = actions.freeze(task, by=self.clerk)
        with clock.at(day, 11):
            at, fallback = (
                timezone.make_aware(datetime.combine(day + timedelta(days=days), time(21, 15))) for days in (1, 3)
            )
            number = day.year * 1000 + day.timetuple().tm_yday // 3 + 1
            named = Named("SSQ", str(number), at, str(number + 1), fallback)
            actions.commit(frozen, named=named, by=self.reviewer)

    def _draw(self, task: InspectionTask, day: date) -> None:
        task.refresh_from_db()
        assert task.draw is not None
        with clock.at(day, 9):
            draws.enter(task.draw, value=LOTTERY, by=self.clerk)
        with clock.at(day, 10):
            draws.confirm(task.draw, value=LOTTERY, by=self.reviewer)
