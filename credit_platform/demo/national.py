"""Events of the national system in the demonstration city: two deliveries, and an event in every state with its answer and its receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from credit_platform.demo.subjects import DemoSubject
from credit_platform.workdays.queries import calendar
from sanctions.national.actions import answering, handling, receiving
from sanctions.national.models import NationalEvent

FORMAT = "HRB-NE-1"
PROOF = AttachedFile("核查证明.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
EVENTS = (
    ("punishment", "被列入失信被执行人名单，请核查其在本市的登记和经营情况。", "失信被执行人", "scjgj", "true"),
    ("punishment", "被列入重大税收违法失信主体，请核查是否已经停业。", "重大税收违法失信主体", "scjgj", "untrue"),
    ("punishment", "被列入拖欠农民工工资失信联合惩戒对象名单，请核查支付情况。", "拖欠农民工工资", "rsj", "repaired"),
    ("punishment", "被列入政府采购严重违法失信行为记录名单，请核查其参加采购活动的情况。", "政府采购", "czj", ""),
    ("reward", "获评海关高级认证企业，请核查其有无失信记录。", "海关高级认证企业", "swuj", "true"),
    ("punishment", "被列入安全生产严重失信主体名单，请核查整改情况。", "安全生产", "yjj", "true"),
    ("punishment", "被列入文化和旅游市场严重失信主体名单，请核查。", "文化和旅游市场", "", ""),
    ("punishment", "被列入市场监督管理严重违法失信名单，请核查是否为本市主体。", "市场监管", "", ""),
)
STATEMENTS = {
    "true": "经查询登记档案并实地核查，事件所述情况属实，已按措施清单办理。",
    "untrue": "经与认定单位核对，该主体已经撤出名单，事件所述情况不属实，证明附后。",
    "repaired": "经核查，所欠款项已经全部支付，认定单位已作出移出决定，证明附后。",
}
BACK, PAUSE = 24, 2


@dataclass(slots=True)
class NationalYear:
    """The last weeks up to `today`, about firms of the city."""

    today: date
    subjects: list[DemoSubject]

    def build(self) -> int:
        """Everything in the order in which it would come about; how many events."""
        office = User.objects.get(username="xyb")
        first, second = self._day(BACK), self._day(3)
        self._receive(EVENTS[:6], first, office, 1)
        for number in range(1, 5):
            self._handle(number, first, office)
        self._handle(5, first, office, approved=False)
        sent = self._later(first, 4 * PAUSE)
        with clock.at(sent, 16):
            feedback = answering.dispatch(by=office, on=sent)
        self._receipt(feedback.number, sent, office)
        self._handle(6, sent, office)
        self._receive(EVENTS[6:], second, office, 7)
        return len(EVENTS)

    def _receive(self, events: tuple[tuple[str, ...], ...], on: date, office: User, since: int) -> None:
        told = [
            {
                "number": _number(number),
                "kind": kind,
                "subject_name": self.subjects[number].name,
                "subject_code": self.subjects[number].code,
                "account": account,
                "list_name": listed,
                "occurred_on": on.isoformat(),
            }
            for number, (kind, account, listed, _, _) in enumerate(events, since)
        ]
        data = json.dumps({"format": FORMAT, "events": told}, ensure_ascii=False).encode()
        with clock.at(on, 9):
            receiving.receive(
                data, name=f"国家系统事件_{on:%Y%m%d}.json", format_code=FORMAT, channel="file", by=office
            )

    def _handle(self, number: int, since: date, office: User, *, approved: bool = True) -> None:
        code, result = EVENTS[number - 1][3:]
        case: Case = NationalEvent.objects.get(number=_number(number)).case
        days = [self._later(since, PAUSE * n) for n in (1, 2, 3)]
        clerk, reviewer = (User.objects.get(username=f"{code}_{end}") for end in ("lr", "sh"))
        with clock.at(days[0], 10):
            case = handling.assign(case, department=Department.objects.get(code=code), by=office, on=days[0])
        if not result:
            return
        settled = days[0] if result == "repaired" else None
        with clock.at(days[1], 11):
            evidence = [PROOF] if result != "true" else []
            case = handling.verify(
                case,
                result=result,
                statement=STATEMENTS[result],
                settled_on=settled,
                evidence=evidence,
                by=clerk,
                on=days[1],
            )
        if not approved:
            return
        with clock.at(days[2], 14):
            handling.approve(case, by=reviewer, on=days[2])

    def _receipt(self, feedback: str, sent: date, office: User) -> None:
        """The first two answers come back: one accepted, one refused."""
        results = [
            {"number": _number(1), "accepted": True},
            {"number": _number(2), "accepted": False, "reason": "证明材料不完整，请补充认定单位的决定。"},
        ]
        body = {"format": FORMAT, "feedback": feedback, "results": results}
        on = self._later(sent, 1)
        with clock.at(on, 10):
            answering.take_receipt(json.dumps(body, ensure_ascii=False).encode(), format_code=FORMAT, by=office, on=on)

    def _day(self, back: int) -> date:
        """So many working days ago."""
        days, day = calendar(), self.today
        while back > 0:
            day = day.fromordinal(day.toordinal() - 1)
            back -= days.is_workday(day)
        return day

    def _later(self, day: date, working_days: int) -> date:
        return min(calendar().due_on(day, working_days), self.today)


def _number(place: int) -> str:
    return f"GJLH-{place:06d}"
