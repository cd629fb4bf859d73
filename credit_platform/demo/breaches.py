"""What became of the letters of the demonstration city: reviews done, due, overdue and supervised; a draw; cases of breach in every state.

Everything goes through the real actions on the settable clock, for the letters of the market bureau that are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from casework.actions import draws
from casework.actions import reminders as deadlines
from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.draws import Named
from commitments.breaches import actions as breaches
from commitments.breaches import sweep
from commitments.breaches.queries import draft_notice
from commitments.breaches.rules import Source
from commitments.lists.queries.measures import fitting
from commitments.models import CommitmentLetter, Review
from commitments.reviews import actions as reviews
from commitments.reviews.actions import escalating
from commitments.reviews.actions.sampling import SAMPLING
from commitments.rules.states import Fulfilment
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.errors import Refused
from credit_platform.workdays.queries import calendar

BUREAU, OFFICE = "scjgj", "xyb"
PROOF = AttachedFile("送达回证.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
FACTS = (
    "现场核查发现未按承诺配备与经营品种相适应的冷藏设备。",
    "承诺提交的经营场所使用证明与实际不符，承诺时该场所已另行出租。",
    "承诺在开业前完成从业人员健康检查，核查时仍未完成。",
)
# How far each case has come, the days since it was begun, and whether the commitment was false from the start.
COURSES = (
    (("notify", "serve", "hear", "determine", "decide"), 40, True),
    (("notify", "serve", "hear", "determine", "decide"), 33, False),
    (("notify", "serve", "hear", "determine", "decide", "annul"), 30, False),
    (("notify", "serve", "hear", "determine"), 20, False),
    (("notify", "serve", "hear"), 12, False),
    (("notify", "serve"), 6, False),
    (("notify",), 3, True),
    (("dismiss",), 9, False),
    ((), 1, False),
)
OVERDUE = 3
LOTTERY = "03 07 14 19 25 31 + 09"


@dataclass(slots=True)
class Aftermath:
    """The months up to `today`, seen from one department."""

    today: date
    clerk: User
    reviewer: User
    office: User

    @classmethod
    def of(cls, today: date) -> Aftermath:
        """For the market bureau, whose accounts the visitor tries first."""
        people = User.objects.select_related("department").in_bulk(
            [f"{BUREAU}_lr", f"{BUREAU}_sh", OFFICE], field_name="username"
        )
        return cls(today, people[f"{BUREAU}_lr"], people[f"{BUREAU}_sh"], people[OFFICE])

    def build(self) -> int:
        """Everything in the order in which it would come about; how many cases of breach were begun."""
        for back in range(300, 0, -30):
            self._month(self.today - timedelta(days=back))
        self._draw()
        with clock.at(self.today, 7):
            reviews.sweep(self.today)
        begun = self._cases()
        for back in (2, 1, 0):
            with clock.at(self.today - timedelta(days=back), 8):
                sweep.shortfall_candidates()
                escalating.escalate()
                deadlines.remind()
        return begun

    def _month(self, day: date) -> None:
        """A month's reviews are opened, and done but for a few that the department forgot."""
        with clock.at(day, 7):
            reviews.sweep(day)
        rows = Review.objects.open().filter(department=self.clerk.department_id, due_on__lte=day + timedelta(days=20))
        forgotten = OVERDUE if day > self.today - timedelta(days=100) else 0
        with clock.at(day, 15):
            for row in list(rows.select_related("letter").order_by("-due_on", "pk"))[forgotten:]:
                outcome = Fulfilment.PERFORMING if row.pk % 4 else Fulfilment.FULFILLED
                reviews.complete(row, outcome=outcome, method="现场核查", finding="核查情况与承诺一致。", by=self.clerk)

    def _draw(self) -> None:
        """A draw that was announced ten days ago, decided by a made-up number of the lottery, and revealed by two people."""
        if self.reviewer.department is None:
            return
        day = self.today - timedelta(days=10)
        at, fallback = (_evening(day + timedelta(days=days)) for days in (2, 4))
        named = Named("SSQ", f"{day.year}901", at, f"{day.year}902", fallback)
        title = f"{day.year}年{day.month}月{SAMPLING.label}"
        occasion, department = f"{day:%Y-%m}", self.reviewer.department
        try:
            with clock.at(day, 9):
                draw = draws.announce(
                    SAMPLING, department, occasion=occasion, title=title, named=named, by=self.reviewer
                )
        except Refused:
            return  # no matter of the department is drawn from, or all its letters are being looked at
        with clock.at(day + timedelta(days=3), 9):
            draw = draws.enter(draw, value=LOTTERY, by=self.reviewer)
            draws.confirm(draw, value=LOTTERY, by=self.office)

    def _cases(self) -> int:
        letters = CommitmentLetter.objects.active().filter(
            department=self.clerk.department_id, made_on__lt=self.today - timedelta(days=60)
        )
        free = letters.exclude(breaches__isnull=False).filter(shortfall_due_on__isnull=True)
        found = list(free.select_related("subject", "matter", "entry", "record").order_by("pk")[: len(COURSES)])
        for place, letter in enumerate(found):
            self._course(letter, place)
        return len(found)

    def _course(self, letter: CommitmentLetter, place: int) -> None:
        verbs, back, false = COURSES[place]
        day = self._workday(back)
        with clock.at(day, 9):
            case = breaches.open_candidate(
                letter,
                kind="false" if false else "unfulfilled",
                facts=FACTS[1 if false else 2 * (place % 2)],
                source=Source.DESK,
                by=self.clerk,
                on=day,
            )
        for number, verb in enumerate(verbs, 1):
            when = min(self._workday(back - 2 * number), self.today)
            with clock.at(when, 9 + number):
                case = self._step(case, verb, when)

    def _workday(self, back: int) -> date:
        return calendar().roll_forward(self.today - timedelta(days=max(back, 0)))

    def _step(self, case: Case, verb: str, on: date) -> Case:
        clerk, reviewer = self.clerk, self.reviewer
        if verb == "notify":
            codes = [each.code for each in fitting(case.own, on)]
            return breaches.notify(case, notice=draft_notice(case, on), intended=codes, by=clerk, on=on)
        if verb == "serve":
            return breaches.serve(case, how="直接送达", on=on, proof=[PROOF], by=clerk)
        if verb == "hear":
            return breaches.hear(case, statement="已着手整改，请求从轻处理。", on=on, by=clerk)
        if verb == "determine":
            considered = "整改不改变违背承诺的事实，在措施选择中予以考虑。"
            return breaches.determine(case, reasons="事实清楚，证据确凿。", considered=considered, by=reviewer, on=on)
        if verb == "decide":
            number = f"哈市监诺决〔{on.year}〕{case.pk}号"
            return breaches.decide(case, document_number=number, measures=case.hearing.intended, by=reviewer, on=on)
        if verb == "annul":
            note = "该违诺决定经行政复议依法撤销，相关信息同时撤回。"
            return breaches.annul(case, reason="行政复议决定撤销原决定。", public_note=note, by=reviewer, on=on)
        return breaches.dismiss(case, reason="核实为数据报送错误，不构成违诺。", by=reviewer, on=on)


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(21, 15)))
