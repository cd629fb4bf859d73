"""The window of the demonstration city: some days of visitors, an authorisation, what the review found of it; through the real actions."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.errors import Refused
from credit_platform.workdays.queries import calendar
from lookups.actions import Visit, ask, confirm_hold, hold_back, keep_authorisation, reviewing
from lookups.actions.asking import answered
from lookups.actions.enquiring import ask_why
from lookups.models import Authorisation, Finding, Purpose, Query
from lookups.queries.sheet import sheet_of
from lookups.queries.targets import target_of
from lookups.queries.visits import window_of
from lookups.retention.actions import confirm, propose
from lookups.rules.questions import Authority
from records.models import Subject

PAPER = AttachedFile("查询授权书.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
DAYS_BACK = (6, 5, 4, 3, 2, 1)
"""Working days before today."""
CASES = ("哈审批〔2026〕示例1号", "哈审批〔2026〕示例2号", "哈审批〔2026〕示例3号")


class Visits:
    """A week at the municipal window."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.clerk = User.objects.get(username="ckry")
        self.office, self.second = (User.objects.get(username=name) for name in ("xyb", "xyb2"))
        self.auditor, self.security = (User.objects.get(username=name) for name in ("sjy", "aqgl"))
        self.purposes = {each.code: each for each in Purpose.objects.in_force(today)}
        self.accounts = list(CompanyAccount.objects.active().select_related("subject").order_by("pk")[:3])
        self.firms = [account.subject for account in self.accounts]
        self.firms += Subject.objects.filter(kind="legal", code__isnull=False).order_by("-pk")[: 4 - len(self.firms)]

    def build(self) -> int:
        """The visits, oldest first, and their review; how many queries there are at the window."""
        for back in DAYS_BACK:
            day = self._workday(back)
            for hour, firm in enumerate(self.firms, 9):
                with clock.at(day, hour, 15 + back):
                    self._visit(firm, "own", Authority.OWN, identity_seen=True, visitor="示例来访人")
        for number, (firm, case) in enumerate(zip(self.firms, CASES, strict=False)):
            with clock.at(self._workday(3), 14, 10 + number):
                self._visit(firm, "approval", Authority.DUTY, case_number=case, matter="食品经营许可")
        self._unusual()
        self._review()
        return Query.objects.at_window().count()

    def _workday(self, back: int) -> date:
        day, days = self.today, calendar()
        while back or not days.is_workday(day):
            day -= timedelta(days=1)
            back -= days.is_workday(day)
        return day

    def _visit(self, firm: Subject, purpose: str, authority: Authority, **more: object) -> Query:
        visit = Visit(
            purpose=self.purposes[purpose],
            authority=authority,
            window=window_of(self.clerk),
            **more,  # type: ignore[arg-type]  # the words of a visit, as `Visit` names them
        )
        query = ask(target_of(firm.code or ""), visit, by=self.clerk)
        answered(query, sheet_of(query, firm, self.today).results)
        return query

    def _unusual(self) -> None:
        """In the evening, with a paper, one refused, one that finds nobody, one that is told later."""
        firm = self.firms[0]
        with clock.at(self._workday(2), 20, 40):
            self._visit(firm, "approval", Authority.DUTY, case_number=CASES[0], matter="食品经营许可")
        with clock.at(self._workday(2), 10, 5):
            paper = keep_authorisation(
                firm,
                purpose=self.purposes["authorised"],
                holder="示例采购代理机构",
                valid_from=self._workday(2),
                ends_on=self.today + timedelta(days=60),
                paper=[PAPER],
                by=self.clerk,
            )
            self._visit(firm, "authorised", Authority.AUTHORISED, authorisation=paper, visitor="示例受托人")
        with clock.at(self._workday(1), 11, 30):
            with suppress(Refused):  # the register says so, which is what its page must show
                self._visit(self.firms[1], "own", Authority.OWN)
            visit = Visit(purpose=self.purposes["own"], authority=Authority.OWN, identity_seen=True)
            ask(target_of("示例查无此单位"), visit, by=self.clerk)
            self._visit(firm, "supervision", Authority.DUTY, case_number="哈市监立〔2026〕示例5号")

    def _held(self) -> None:
        """An authorisation that a lawsuit needs."""
        paper = Authorisation.objects.order_by("pk").first()
        if paper is not None:
            words = {"reason": "民事诉讼需要作为证据。", "document": f"（{self.today.year}）示民初9号"}
            confirm(propose("authorisation", paper.number, **words, by=self.office), by=self.second)

    def _review(self) -> None:
        """The rules of the week, one finding in each state, a question of a company, a notice that is put off."""
        for back in DAYS_BACK:
            reviewing.sift(self._workday(back))
        approvals = list(Query.objects.filter(purpose__code="approval").order_by("pk"))
        with clock.at(self._workday(1), 15, 30):
            for account in self.accounts[:1]:
                query = next(each for each in approvals if each.subject_id == account.subject_id)
                ask_why(query, text="本单位近期没有办理食品经营许可，请说明查询理由。", by=account)
            hold = hold_back(
                approvals[-1], until=self.today + timedelta(days=30), reason="关联案件正在调查。", by=self.office
            )
            confirm_hold(hold, by=self.second)
            self._held()
            night = Finding.objects.open().filter(ground="at_night").order_by("pk").first()
            if night is not None:
                row = reviewing.warn(night, text="非工作时间查询未说明原因，请注意登记。", by=self.auditor)
                reviewing.confirm(row, by=self.security)
