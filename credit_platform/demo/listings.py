"""Lists of the demonstration city: cases of listing in every state, a person named with its firm, a reward, an early exit, a wrong listing, a ban.

Everything goes through the real actions on the settable clock; the firms are those of the city, the documents are made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from records.models import Subject
from sanctions.bans import actions as bans
from sanctions.bans.actions import Banned
from sanctions.designations import actions
from sanctions.designations.actions import Person
from sanctions.designations.queries import draft_decision, draft_notice, fitting
from sanctions.lists.actions import end_past_term
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.rules import Way
from sanctions.measures.models import MatterField
from sanctions.removals import actions as removals
from sanctions.removals.actions import Asked

PROOF = AttachedFile("送达回证.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
WHOLE = ("notify", "serve", "hear", "determine", "decide", "deliver")
FACTS = (
    "两年内三次因销售不符合食品安全标准的食品受到行政处罚，情节严重。",
    "提交虚假材料骗取食品经营许可，许可已被撤销。",
    "未经许可从事特种设备安装，造成安全事故隐患，受到较重行政处罚。",
    "侵犯商业秘密受到较重行政处罚，拒不履行。",
)
BASIS = "《市场监督管理严重违法失信名单管理办法》规定的列入情形；相关行政处罚决定书"
# The list, the department, how far the case has come, how many days ago it began.
COURSES = (
    ("SJ-YZWF", "scjgj", WHOLE, 430),
    ("SJ-YZWF", "scjgj", WHOLE, 120),
    ("SJ-YZWF", "scjgj", WHOLE, 75),
    ("SJ-YZWF", "scjgj", WHOLE[:5], 18),
    ("SJ-YZWF", "scjgj", WHOLE[:4], 14),
    ("SJ-YZWF", "scjgj", WHOLE[:3], 10),
    ("SJ-YZWF", "scjgj", WHOLE[:2], 6),
    ("SJ-YZWF", "scjgj", WHOLE[:1], 3),
    ("SJ-YZWF", "scjgj", ("dismiss",), 20),
    ("SJ-YZWF", "scjgj", (), 1),
    ("YC-JYYC", "scjgj", WHOLE, 60),
    ("RS-NMG", "rsj", WHOLE, 90),
    ("HB-DXQY", "yshjj", WHOLE, 200),
    ("HB-DXQY", "yshjj", WHOLE, 190),
    ("ZD-SY", "scjgj", WHOLE, 40),
)
EARLY, WRONG, WITH_PERSON, BANNED = 0, 1, 2, 2
"""Places in COURSES: who leaves early, who was listed wrongly, whose head is named, who is banned besides."""


@dataclass(slots=True)
class Listings:
    """The lists up to `today`."""

    today: date
    begun: int = 0

    def build(self) -> int:
        """Everything in the order in which it would come about; how many cases were begun."""
        firms = list(Subject.objects.filter(kind="legal", code__isnull=False).order_by("-pk")[: len(COURSES)])
        made = [self._course(place, firm) for place, firm in enumerate(firms)]
        if len(made) == len(COURSES):
            self._person(made[WITH_PERSON])
            self._ban(made[BANNED])
            self._leave(made[EARLY], Way.EARLY, "已缴清罚款、完成整改并作出信用承诺。")
            self._leave(made[WRONG], Way.WRONG, "据以列入的处罚决定已被复议机关撤销。")
        with clock.at(self.today, 6):
            end_past_term(self.today)
        return self.begun

    def _course(self, place: int, firm: Subject) -> Case:
        code, unit, verbs, back = COURSES[place]
        row = CreditList.objects.get(code=code)
        clerk = User.objects.select_related("department").get(username=f"{unit}_lr")
        day = self._workday(back)
        with clock.at(day, 9):
            case = actions.propose(
                row,
                firm,
                department=Department.objects.get(code=unit),
                facts=FACTS[place % len(FACTS)]
                if row.nature != "red"
                else "连续两年无失信记录，纳税信用良好，积极履行社会责任。",
                basis=BASIS if code == "SJ-YZWF" else row.basis,
                conduct_on=day - timedelta(days=60),
                by=clerk,
                on=day,
            )
        self.begun += 1
        return self._through(case, verbs, back)

    def _through(self, case: Case, verbs: tuple[str, ...], back: int) -> Case:
        for number, verb in enumerate(verbs, 1):
            when = min(self._workday(back - 2 * number), self.today)
            with clock.at(when, 9 + number):
                case = self._step(case, verb, when)
        return case

    def _step(self, case: Case, verb: str, on: date) -> Case:
        clerk, reviewer = self._people(case)
        if verb == "notify":
            codes = [each.measure.code for each in fitting(case, on)]
            return actions.notify(case, notice=draft_notice(case, on), intended=codes, by=clerk, on=on)
        if verb == "serve":
            return actions.serve(case, how="直接送达", on=on, proof=[PROOF], by=clerk)
        if verb == "hear":
            return actions.hear(case, statement="已着手整改，请求不予列入。", on=on, by=clerk)
        if verb == "determine":
            considered = "整改情况不改变列入情形的成立，不予采纳。"
            return actions.determine(
                case, reasons="事实清楚，证据确凿，符合列入情形。", considered=considered, by=reviewer, on=on
            )
        if verb == "decide":
            papers = draft_decision(case, on)
            return actions.decide(
                case,
                document_number=f"哈示列决〔{on.year}〕{case.pk}号",
                measures=case.hearing.intended,
                repair_number=f"哈示修告〔{on.year}〕{case.pk}号",
                by=reviewer,
                on=on,
                **{**papers, "exit_conditions": papers["exit_conditions"] or "期满自动移出。"},
            )
        if verb == "deliver":
            return actions.deliver(case, how="直接送达", on=on, proof=[PROOF], by=clerk)
        return actions.dismiss(case, reason="核实不符合列入情形。", by=reviewer, on=on)

    def _person(self, firm: Case) -> None:
        """The head of a firm at the time, named by a decision of its own."""
        clerk, _ = self._people(firm)
        conduct, day = firm.own.conduct_on, self._workday(50)
        who = Person(
            name="示某某",
            id_type="护照号",
            id_number="E00000017",
            post="head",
            since=conduct - timedelta(days=700),
            until=None,
            part="决定并组织实施上述行为，负有直接责任。",
        )
        with clock.at(day, 9):
            case = actions.name_person(firm, who, by=clerk, on=day)
        self.begun += 1
        self._through(case, WHOLE, 50)

    def _ban(self, case: Case) -> None:
        clerk, reviewer = self._people(case)
        entry, day = ListEntry.objects.get(pk=case.own.entry_id), self._workday(30)
        field = MatterField.objects.order_by("code").first()
        if field is None or clerk.department is None:
            return
        banned = Banned(
            scope="industry",
            fields=[field.code],
            words=f"一年内不得从事{field.name}相关活动。",
            basis="《食品安全法》第一百三十五条",
            document_number=f"哈示罚〔{day.year}〕{case.pk}号",
            decided_on=day,
            starts_on=day,
            until=day + timedelta(days=365),
        )
        with clock.at(day, 10):
            made = bans.register(
                entry.subject, banned, department=clerk.department, proof=[PROOF], by=clerk, entry=entry, on=day
            )
            bans.confirm(made, by=reviewer, on=day)

    def _leave(self, case: Case, way: Way, why: str) -> None:
        clerk, reviewer = self._people(case)
        entry, day = ListEntry.objects.get(pk=case.own.entry_id), self._workday(5)
        asked = Asked(
            way=way,
            document=f"哈示移决〔{day.year}〕{case.pk}号",
            why=why,
            performed_on=day - timedelta(days=30) if way is Way.EARLY else None,
            public_note="" if way is Way.EARLY else "据以列入的处罚决定已撤销，列入信息同时更正。",
        )
        with clock.at(day, 11):
            made = removals.ask(entry, asked, proof=[PROOF], by=clerk, on=day)
            removals.confirm(made, by=reviewer, on=day)

    def _people(self, case: Case) -> tuple[User, User]:
        code = case.department.code
        people = User.objects.select_related("department").in_bulk([f"{code}_lr", f"{code}_sh"], field_name="username")
        return people[f"{code}_lr"], people[f"{code}_sh"]

    def _workday(self, back: int) -> date:
        return calendar().roll_forward(self.today - timedelta(days=max(back, 0)))
