"""A year of assessments in the demonstration city: tasks with their evidence, months frozen on their days, what was said against them, circulars, articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from assessment.articles import actions as articles
from assessment.plan import actions as plan
from assessment.plan.models import Task, TaskAssignment
from assessment.plan.rules import Due
from assessment.sheets.actions import adjusting, circulars, contesting, freezing, schemes
from assessment.sheets.models import Month, Number, Sheet
from assessment.sheets.rules.indicators import INDICATORS
from assessment.sheets.rules.months import freezes_on, next_month
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.demo import clock
from credit_platform.workdays.rules.months import add_months

PAPER = AttachedFile("工作制度.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
ISSUED = date(2020, 8, 24)
FREEZE_DAYS = 5
MONTHLY = "组3"
"""The task that some departments report on month by month."""
REPORTING = ("scjgj", "zjj", "jyj", "jtj")
HEADS = ("scjgj", "zjj", "yshjj")
"""Departments that have the tasks with a day, and have answered them."""
WITHOUT_CONTACT = ("swj",)
TEXTS = (
    ("explanation", "公示期和信用修复怎样计算", "", "published"),
    ("notice", "关于报送制度文件清单的通知", "", "published"),
    ("policy", "实施方案印发", "哈政办规〔2020〕12号", "published"),
    ("notice", "系统维护公告", "", "withdrawn"),
    ("explanation", "信用承诺怎样填写", "", "proposed"),
)
BODY = "本文说明有关事项。\n\n## 怎样办理\n- 在[信用修复](/repair/)查询能否修复\n- 在[异议](/objections/)提出更正\n\n办理不收取任何费用。"


@dataclass(slots=True)
class Assessed:
    """What the credit office assessed up to `today`."""

    today: date
    office: User
    second: User
    clerk: User

    @classmethod
    def of(cls, today: date) -> Assessed:
        """With the two of the credit office and the clerk of the market bureau."""
        people = User.objects.select_related("department")
        return cls(today, *(people.get(username=name) for name in ("xyb", "xyb2", "scjgj_lr")))

    def build(self) -> int:
        """Everything; how many months were assessed."""
        first = add_months(self.today.replace(day=1), -12)
        self._scheme(first)
        self._tasks(first)
        months = self._freeze(first)
        self._dispute(months)
        self._articles()
        return len(months)

    def _scheme(self, first: date) -> None:
        terms = schemes.Terms(
            name="社会信用体系建设考核方案", basis="哈政办规〔2020〕12号组织实施第4项", valid_from=first
        )
        weights = {code: each.points for code, each in INDICATORS.items()}
        with clock.at(first, 9):
            case = schemes.draw_up(terms, weights, by=self.office)
            schemes.propose(case, by=self.office)
        with clock.at(first, 15):
            schemes.adopt(case, by=self.second)
        with clock.at(self.today, 9):
            coming = next_month(self.today.replace(day=1))
            draft = schemes.Terms(name="考核方案（修订）", basis="哈政办规〔2020〕12号组织实施第4项", valid_from=coming)
            schemes.draw_up(draft, weights, by=self.office)

    def _tasks(self, first: date) -> None:
        departments = {row.code: row for row in Department.objects.of_the_city().order_by("code")}
        with clock.at(first, 10):
            for task in Task.objects.all():
                of_all = task.due in (Due.ONGOING, Due.BY_PROVINCE) and task.number != MONTHLY
                own = list(departments.values()) if of_all else [departments[code] for code in HEADS]
                if task.number == MONTHLY:
                    own = [departments[code] for code in REPORTING]
                monthly: dict[str, Any] = {"due": Due.MONTHLY} if task.number == MONTHLY else {}
                start = first if task.number == MONTHLY else ISSUED
                plan.assign(task, own, valid_from=start, by=self.office, **monthly)
            for row in TaskAssignment.objects.filter(task__due__in=[Due.ONCE, Due.WITHIN]).select_related("task"):
                self._accepted(row, row.task.due_on or ISSUED + timedelta(days=row.task.days), early=3)
        self._contacts(departments)
        self._monthly(first)

    def _accepted(self, row: TaskAssignment, due: date, *, early: int = 1) -> Case:
        case = self._submitted(row, due, early=early)
        return plan.accept(case, by=self.second)

    def _submitted(self, row: TaskAssignment, due: date, *, early: int = 1) -> Case:
        clerk = User.objects.get(username=f"{row.department.code}_lr")
        done = due - timedelta(days=early)
        text = f"已按要求落实“{row.task.title}”，制定工作制度并开展培训。"
        return plan.submit(row, text=text, done_on=done, for_due=due, papers=[PAPER], by=clerk)

    def _contacts(self, departments: dict[str, Department]) -> None:
        with clock.at(self.today - timedelta(days=300), 9):
            for code, department in departments.items():
                clerk = User.objects.get(username=f"{code}_lr")
                named = ("leader", "staff") if code not in WITHOUT_CONTACT else ("leader",)
                for position, kind in enumerate(named):
                    name, post = (("某领导", "副局长"), ("某专员", "科长"))[position]
                    plan.name_contact(
                        department, kind, name=name, post=post, phone=f"0451-8466{position:04d}", by=clerk
                    )
        task = Task.objects.get(number="组2")
        with clock.at(self.today - timedelta(days=60), 9):
            bureau = departments["scjgj"]
            issued = plan.list_document(bureau, task, title="信用监管工作制度", planned_on=self.today, by=self.clerk)
            plan.change_document(
                issued, state="issued", number="哈市监发〔2026〕12号", on=self.today - timedelta(days=60), by=self.clerk
            )
            plan.list_document(bureau, task, title="信用修复工作细则", planned_on=self.today, by=self.clerk)

    def _monthly(self, first: date) -> None:
        """Reports month by month: the bureau forgot some, one is returned, one waits for review, some are looked at again."""
        rows = TaskAssignment.objects.filter(task__number=MONTHLY).select_related("task", "department")
        due = next_month(first) - timedelta(days=1)
        cases: list[Case] = []
        while due < self.today:
            for row in rows.order_by("department__code"):
                if row.department_id == self.clerk.department_id and self._is_forgotten(due):
                    continue
                with clock.at(due, 16):
                    cases.append(self._accepted(row, due))
            due = next_month(due + timedelta(days=1)) - timedelta(days=1)
        bureau = rows.get(department__code="scjgj")
        with clock.at(self.today, 9):
            with acting(SYSTEM):
                own = [str(case.pk) for case in cases if case.department_id == bureau.department_id]
                plan.begin(None, own[:2], SYSTEM, self.today)
            waiting = Task.objects.get(number="5")
            for each in waiting.assignments.filter(department=bureau.department).select_related("task", "department"):
                given: dict[str, Any] = {
                    "text": "在注册窗口发放信用知识材料。",
                    "done_on": self.today,
                    "by": self.clerk,
                }
                plan.submit(each, papers=[PAPER], **given)
                returned = plan.submit(each, **given)
                plan.send_back(returned, reason="请附发放记录。", by=self.second)

    def _is_forgotten(self, due: date) -> bool:
        """Every second month, the last that is assessed among them, so that there is a number to contest."""
        latest = self.today.replace(day=1)
        while freezes_on(latest, FREEZE_DAYS) >= self.today:
            latest = add_months(latest, -1)
        return (latest.month - due.month) % 2 == 0

    def _freeze(self, first: date) -> list[Month]:
        """Every month on its day; the last one yesterday, so that it can still be contested."""
        yesterday = self.today - timedelta(days=1)
        months = []
        while freezes_on(first, FREEZE_DAYS) <= yesterday:
            last = freezes_on(next_month(first), FREEZE_DAYS) > yesterday
            day = yesterday if last else freezes_on(first, FREEZE_DAYS)
            with clock.at(day, 3):
                months.append(freezing.freeze_month(first, by=SYSTEM, on=day))
            first = next_month(first)
        return months

    def _dispute(self, months: list[Month]) -> None:
        """The last month is contested and has points that wait; the one before has a circular that waits, the one before that an issued one."""
        latest, waiting, told = months[-1], months[-2], months[-3]
        self._contest(latest, self.today)
        day = told.contest_until
        if case := self._contest(told, day):
            with clock.at(day, 15):
                contesting.correct(case, upheld=case.own.refs, reason="当日平台停机，申诉成立。", by=self.second)
        given: dict[str, Any] = {
            "ground": "concealed",
            "points": Decimal(2),
            "text": "一件处罚没有报送。",
            "document": "哈信核〔2026〕3号",
        }
        assert self.clerk.department is not None  # noqa: S101 - the demonstration's own accounts
        with clock.at(day, 16):
            adjusting.confirm(adjusting.enter(told, self.clerk.department, by=self.office, **given), by=self.second)
        with clock.at(day + timedelta(days=1), 10):
            circulars.issue(self._write(told), by=self.second)
        with clock.at(self.today, 10):
            adjusting.enter(latest, self.clerk.department, by=self.office, **given)
            self._write(waiting)

    def _contest(self, month: Month, day: date) -> Case | None:
        """The bureau contests what it missed, where it missed anything."""
        sheets = Sheet.objects.current().filter(month=month, department=self.clerk.department)
        numbers = Number.objects.filter(sheet__in=sheets).order_by("pk")
        missed = next((row for row in numbers if row.missed), None)
        if missed is None:
            return None
        with clock.at(day, 10):
            text = "当日平台停机，材料已经按期提交。"
            return contesting.lodge(missed, refs=missed.missed[:1], text=text, by=self.clerk)

    def _write(self, month: Month) -> Case:
        title = f"{month.label}社会信用体系建设考核通报"
        text = "现将各单位当月考核情况通报如下。\n请得分靠后的单位对照未完成的事项，一个月内整改。"
        return circulars.write(month, title=title, text=text, by=self.office)

    def _articles(self) -> None:
        day = self.today - timedelta(days=20)
        for kind, title, source, state in TEXTS:
            with clock.at(day, 10):
                case = articles.write(kind=kind, title=title, source=source, text=BODY, by=self.office)
                case = articles.propose(case, by=self.office)
                if state in ("published", "withdrawn"):
                    case = articles.publish(case, by=self.second)
                if state == "withdrawn":
                    articles.withdraw(case, reason="维护已经完成。", by=self.second)
        with clock.at(self.today, 9):
            articles.write(kind="notice", title="关于培训的通知", source="", text=BODY, by=self.clerk)
