"""Inspections of the demonstration city: visits to firms that were drawn, in the states that the pages must show, and one that a complaint led to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from records.models import Subject
from supervision.inspections.items.models import Item, ItemEntry
from supervision.inspections.plans.models import TaskObject, TaskPart
from supervision.inspections.visits import actions
from supervision.inspections.visits.queries.desk import draft_notice
from supervision.inspections.visits.queries.teams import offered
from supervision.inspections.visits.rules.results import PROBLEMS, ItemResult, Result

PHOTO = AttachedFile("检查记录.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
FIRST = 15
"""Days before today on which the first visit was announced; each step is two days after the one before it."""
TO_PUBLISH = ("notify", "inspect", "enter", "review", "publish")
COURSES: tuple[tuple[Result, tuple[str, ...]], ...] = (
    (Result.CLEAN, (*TO_PUBLISH, "close")),
    (Result.UNPUBLISHED, (*TO_PUBLISH, "follow")),
    (Result.UNREACHABLE, TO_PUBLISH),
    (Result.CLEAN, TO_PUBLISH[:4]),
    (Result.ORDERED, TO_PUBLISH[:3]),
    (Result.CLEAN, TO_PUBLISH[:2]),
    (Result.CLEAN, TO_PUBLISH[:1]),
    (Result.CLEAN, ()),
    (Result.CLEAN, ("skip",)),
)
FOUND = "2025年度报告中的经营场所与实际不符，当场告知。"


@dataclass(slots=True)
class Visits:
    """What the market bureau has inspected up to `today`: its clerk enters, its reviewer approves and publishes."""

    today: date
    clerk: User
    reviewer: User

    @classmethod
    def of(cls, today: date) -> Visits:
        """For the market bureau, whose accounts the visitor tries first."""
        clerk, reviewer = (
            User.objects.select_related("department").get(username=f"scjgj_{who}") for who in ("lr", "sh")
        )
        return cls(today, clerk, reviewer)

    def build(self) -> int:
        """Visits to the first of those that were drawn, and one outside the draw; how many there are."""
        part = TaskPart.objects.filter(department=self.clerk.department, task__state="drawn").latest("pk")
        drawn = list(part.task.objects_drawn.order_by("stratum", "place")[: len(COURSES)])
        for row, (result, verbs) in zip(drawn, COURSES, strict=False):
            self._course(self._opened(row, part), result, verbs)
        self._course(self._outside(), Result.CLEAN, TO_PUBLISH[:2])
        return Case.objects.of("visit").count()

    def _opened(self, row: TaskObject, part: TaskPart) -> Case:
        with clock.at(self.today - timedelta(days=FIRST), 9):
            return actions.open_drawn(row, part=part, by=self.clerk)

    def _outside(self) -> Case:
        department = self.clerk.department
        assert department is not None  # noqa: S101 - the demonstration's own accounts
        day = self.today - timedelta(days=FIRST)
        entry = ItemEntry.objects.in_force(day).of_department(department).order_by("pk").first()
        firm = Subject.objects.with_public_page().filter(kind="legal").order_by("-pk").first()
        assert entry is not None and firm is not None  # noqa: S101, PT018 - base rows and the register
        with clock.at(day, 9):
            item: Item = entry.item
            ground = "12345热线反映商品没有明码标价。"
            return actions.open_outside(
                firm, department=department, exempt="complaint", ground=ground, items=[item], by=self.clerk
            )

    def _course(self, case: Case, result: Result, verbs: tuple[str, ...]) -> None:
        for n, verb in enumerate(verbs):
            day = self.today - timedelta(days=FIRST - 2 * n)
            with clock.at(day, 10):
                case = Case.objects.select_related("department", "subject").get(pk=case.pk)
                self._take(case, verb, result, day)

    def _take(self, case: Case, verb: str, result: Result, day: date) -> None:
        number = f"{day.year}〕示例{case.pk}号"
        match verb:
            case "notify":
                notice = draft_notice(case, day)["notice"]
                actions.notify(
                    case,
                    approval_number=f"哈市监检审〔{number}",
                    notice_number=f"哈市监检通〔{number}",
                    notice=notice,
                    planned_on=day + timedelta(days=2),
                    by=self.reviewer,
                )
            case "inspect":
                actions.inspect(case, inspectors=list(offered(case.own)[:2]), by=self.clerk)
            case "enter":
                found = {
                    row.pk: ItemResult(result, FOUND if result in PROBLEMS else "") for row in case.own.items.all()
                }
                account = "两名检查人员出示执法证后，核对登记事项和公示信息。"
                actions.enter(case, results=found, account=account, ended_on=day, photos=[PHOTO], by=self.clerk)
            case "review":
                actions.review(case, document_number=f"哈市监检告〔{number}", by=self.reviewer)
            case "publish":
                actions.publish(case, by=self.reviewer, confirmed=True)
            case "skip":
                actions.skip(case, reason="closed", evidence="现场照片两张，物业证明已停业。", by=self.clerk)
            case _:
                getattr(actions, verb)(case, by=self.clerk)
