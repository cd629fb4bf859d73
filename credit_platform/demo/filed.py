"""Published lists and corrections in the demonstration city: a court's list with lines that wait, a proposal, cases of correction in every state.

Everything goes through the real actions on the settable clock. Authorities, names and documents are made up.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from records.identifiers import orgcode, uscc
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run
from records.models import CreditRecord, Subject
from sanctions.corrections import actions as corrections
from sanctions.filed.actions import judging, publications
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.rules import Answer, RowState

BUREAU = "scjgj"
PROOF = AttachedFile("送达回证.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
HEAD = (
    "执行案号",
    "失信被执行人姓名或名称",
    "统一社会信用代码",
    "组织机构代码",
    "失信被执行人行为具体情形",
    "执行法院",
    "公布日期",
)
COURSES: tuple[tuple[str, ...], ...] = (
    ("order", "serve", "fail", "invite", "interview"),
    ("order", "serve", "fail", "invite"),
    ("order", "serve", "fail"),
    ("order", "serve", "pass"),
    ("order", "serve"),
    ("order",),
    (),
)
"""How far each case of correction has come."""


@dataclass(slots=True)
class Filed:
    """A court's list of the last weeks, and what became of its lines up to `today`."""

    today: date
    clerk: User
    reviewer: User

    @classmethod
    def of(cls, today: date) -> Filed:
        """For the market bureau, whose accounts the visitor tries first."""
        people = User.objects.select_related("department").in_bulk(
            [f"{BUREAU}_lr", f"{BUREAU}_sh"], field_name="username"
        )
        return cls(today, people[f"{BUREAU}_lr"], people[f"{BUREAU}_sh"])

    def build(self) -> int:
        """The list, its file, two decisions, the corrections; how many lines and cases there are."""
        day = calendar().due_on(self.today - timedelta(days=21), 1)
        with clock.at(day, 9):
            publication = self._publication(day)
        with clock.at(day, 15):
            publications.confirm_publication(publication, by=self.reviewer)
            self._import(day)
        with clock.at(self.today - timedelta(days=2), 11):
            self._judge()
        return FiledRow.objects.count() + self._corrections()

    def _publication(self, day: date) -> FiledPublication:
        given = {
            "standard": "filed-court",
            "list_code": "ZF-SXBZXR",
            "title": "失信被执行人名单（示例法院公布）",
            "authority_name": "示例市中级人民法院",
            "authority_code": authority_code("11", "110000", 90000001),
            "document_number": f"示法公〔{day.year}〕1号",
            "published_on": day - timedelta(days=3),
            "basis": "《民事诉讼法》第二百六十六条",
            "published_at": "示例法院公告栏",
            "is_full": True,
        }
        return publications.register_publication(given, department=self.clerk.department, by=self.clerk)  # type: ignore[arg-type]

    def _import(self, day: date) -> None:
        firms = list(Subject.objects.filter(kind="legal", code__isnull=False).order_by("-pk")[:12])
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(HEAD)
        for number, firm in enumerate(firms, 1):
            writer.writerow(_line(number, firm, day))
        options = Options(standard="filed-court", department=self.clerk.department)  # type: ignore[arg-type]
        run(receive([out.getvalue().encode()], "失信被执行人名单.csv", options, by=self.clerk).pk)

    def _judge(self) -> None:
        """One line waits for the second person, one was set aside, the others are left to the visitor."""
        until = self.today + timedelta(days=300)
        waiting = list(FiledRow.objects.filter(state=RowState.WAITING.value).order_by("pk")[:2])
        said = {
            Answer.NOBODY: "已查阅登记档案和分支机构登记，没有该主体。",
            Answer.SAME: "已查阅登记档案，名称、法定代表人一致。",
        }
        for row, answer in zip(waiting, (Answer.NOBODY, Answer.SAME), strict=False):
            subject = (
                None if answer is Answer.NOBODY else Subject.objects.filter(name=row.name, code__isnull=False).first()
            )
            if answer is Answer.NOBODY or subject is not None:
                judging.propose(row, answer, subject=subject, reason=said[answer], until=until, by=self.clerk)
        for row in waiting[:1]:
            judging.confirm(row, by=self.reviewer, why="同意，登记册中确无该主体。")

    # --- corrections

    def _corrections(self) -> int:
        department = self.clerk.department
        found = CreditRecord.objects.filter(
            source_department=department, kind="penalty", status="active", subject__code__isnull=False
        )
        records = list(found.order_by("-decided_on", "-pk")[: len(COURSES)])
        for record, verbs in zip(records, COURSES, strict=False):
            self._course(record, verbs)
        return len(records)

    def _course(self, record: CreditRecord, verbs: tuple[str, ...]) -> None:
        day = calendar().due_on(self.today - timedelta(days=75), 1)
        with clock.at(day, 9):
            facts, demands = "处罚决定履行后，同类问题仍未纠正。", "纠正违法行为，完善管理制度；到现场复查。"
            case = corrections.open_correction(record, facts=facts, demands=demands, by=self.clerk, on=day)
        for verb in verbs:
            day = calendar().due_on(_ready(case, day), 1)
            if day > self.today:
                return
            with clock.at(day, 14):
                self._step(case, verb, day)
            case = Case.objects.select_related("department", "subject", "hearing").get(pk=case.pk)

    def _step(self, case: Case, verb: str, on: date) -> None:
        clerk, reviewer = self.clerk, self.reviewer
        if verb == "order":
            text = "请在期限内纠正违法行为，并向本机关报告。逾期未整改到位的，依法约谈。"
            number = f"示市监改〔{on.year}〕{case.pk}号"
            corrections.order(case, notice=text, days=10, order_number=number, by=reviewer, on=on)
        elif verb == "serve":
            corrections.serve(case, how="直接送达", on=on, proof=[PROOF], by=clerk)
        elif verb == "pass":
            corrections.passed(case, recheck="现场复查，已经纠正。", by=clerk, on=on)
        elif verb == "fail":
            corrections.failed(case, recheck="现场复查，仍未纠正。", by=clerk, on=on)
        elif verb == "invite":
            number, place = f"示市监约〔{on.year}〕{case.pk}号", "市市场监管局一楼会议室"
            corrections.invite(
                case, document_number=number, talk_on=calendar().due_on(on, 2), talk_at=place, by=reviewer, on=on
            )
        else:
            minutes = "办案人员说明未整改到位的问题；当事人说明原因并承诺期限。"
            corrections.interview(
                case,
                attended="负责人某某",
                minutes=minutes,
                promise="按要求完成整改并报告。",
                days=10,
                on=on,
                by=clerk,
                attachments=[PROOF],
            )


def _ready(case: Case, day: date) -> date:
    """The day after which the next step may be: the last day to correct is over, the day of the talk has come."""
    hearing = getattr(case, "hearing", None)
    if case.state == "served" and hearing is not None and hearing.until:
        until: date = hearing.until
        return max(day, until)
    talk_on: date | None = case.own.talk_on if case.state == "invited" else None
    return max(day, talk_on or day)


def _line(number: int, firm: Subject, day: date) -> tuple[str, ...]:
    """Half of the lines have a code; of the others some have an organisation code, some only a name, one a name that is only alike."""
    code, organisation, name = firm.code or "", "", firm.name
    if number % 4 == 0:
        code = ""
    elif number % 4 == 1:
        code, organisation = "", code[8:17]
    if number == 4:
        name = f"{name}第一分公司"
    document = f"（{day.year}）示0102执{number}号"
    return (
        document,
        name,
        code,
        organisation,
        "有履行能力而拒不履行生效法律文书确定义务",
        "示例区人民法院",
        (day - timedelta(days=3)).isoformat(),
    )


def authority_code(pair: str, area: str, number: int) -> str:
    """A made-up credit code with right check signs."""
    body = f"{number:08d}"
    first = pair + area + body + orgcode.make_check_digit(body)
    return first + uscc.make_check_digit(first)
